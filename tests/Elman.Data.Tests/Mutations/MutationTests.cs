using System.Globalization;
using System.IO.Compression;
using System.Text;
using Elman.Data.Tests.Numpy;

namespace Elman.Data.Tests.Mutations;

/// <summary>
/// Damaged files of every text format are read, or refused with a sentence, within a short time; no other exception is thrown. The
/// environment variable ELMAN_MUTATIONS sets the number of files per format.
/// </summary>
public class MutationTests
{
    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 4_000;

    private static readonly string[] _common =
    [
        ",", ";", ":", "\t", " ", "\n", "\r", "\r\n", "\"", "'", "\\", "?", "NaN", "-", "0", "1e999", "1e-999", "-0", "1.5", ".", "+",
            "%", "#",
        "{", "}", "[", "]", "(", ")", "@", "|", "\uFEFF", "ü", "😀", "99999999999999999999", "0x1", "inf", "NA", "none", "\0", "\u2028",
    ];

    private static readonly string[] _tables =
    [
        "1,2,3,a\n4,5,6,b\n7,8,,a\n", "id,time,x,y,label\n1,0,.1,?,u\n1,1,.2,3,u\n2,0,5,6,v\n",
            "label,x1,x2\na,1,2\n\"b, \"\"c\"\"\",3,4\n",
        "# note\nsep=;\n1;2;a\n3;4;b\n", "time,load\n2024-01-01,5\n2024-01-02T03:04:05Z,6\n2024-01-05,7\n", "1 2  3 a\n4 5 6\tb\n",
        "subject\ttime\tax\tlabel\n1\t0\t.5\ta\n1\t1\t.6\ta\n2\t0\t.7\tb\n",
    ];

    private static readonly Dictionary<string, (string[] Files, string[] Tokens)> _formats = new(StringComparer.Ordinal)
    {
        [".csv"] = (_tables, ["id", "label", "time", "class", "sep=", "Unnamed: 0", "\"\"", "2024-01-01"]),
        [".tsv"] = ([.. _tables.Select(text => text.Replace(',', '\t'))], ["id", "label", "time", "class", "y"]),
        [".txt"] = ([.. _tables.Select(text => text.Replace(',', ' '))], ["id", "label", "time", "class", "  "]),
        [".ts"] = (
        [
            "@problemName p\n@timeStamps false\n@univariate false\n@dimensions 2\n@equalLength true\n@seriesLength 3\n@classLabel true a "
                + "b\n@data\n1,2,3:4,5,6:a\n7,?,9:1,2,3:b\n",
            "# c\n@classLabel false\n@data\n1,2\n3\n", "@targetLabel true\n@data\n1,2:3.5\n",
            "@timeStamps true\n@classLabel true a\n@data\n(0,1),(1,2),(5,3):(0,1),(1,2),(5,?):a\n(2020-01-01 00:00:00,1):a\n",
        ], ["@data", "@classLabel", "@dimension", "true", "false", "(0,", "),(", "@timeStamps true\n"]),
        [".arff"] = (
        [
            "% c\n@relation r\n@attribute id string\n@attribute att0 numeric\n@attribute att1 numeric\n@attribute class {a,'b c'}\n@data\n"
                + "p,1,2,a\nq,?,4,'b c'\n",
            "@relation r\n@attribute rel relational\n@attribute t0 real\n@attribute t1 real\n@end rel\n@attribute class {a,b}\n@data\n"
                + "'1,2\\n3,4',a\n\"5,?\\n7,8\",b\n",
            "@attribute x1 integer\n@attribute target numeric\n@data\n1 2\n",
        ], ["@attribute", "@end", "@data", "relational", "numeric", "string", "date", "\\n", "\\", "'?'", "{0 1}",
            "@attribute z numeric\n"]),
        [".jsonl"] = (
        [
            "{\"id\":\"a\",\"group\":1,\"label\":\"u\",\"x\":[[1,2],[3,null]]}\n{\"x\":[[5,6]],\"label\":\"v\"}\n",
            "{\"channels\":{\"ax\":[1,2],\"ay\":[3,4]},\"label\":[\"u\",null]}\n{\"label\":[\"v\"],\"channels\":{\"ay\":[1],\"ax\":[2]}}\n",
            "{\"x\":[1,2.5e0],\"targets\":{\"s\":1,\"t\":null}}\n{\"targets\":[1,2],\"x\":[3]}\n{\"label\":[\"a\",\"b\"],\"x\":[0]}\n",
            "{\"text\":\"a😀b\",\"label\":\"u\"}\n{\"x\":\"cé\",\"label\":\"v\"}\n",
            "{\"channels\":{\"event\":[\"a\",null],\"v\":[1,2]}}\n{\"channels\":{\"v\":[3],\"event\":[\"b\"]}}\n",
        ], ["null", "\"text\":", "\"a\"", "[\"b\"]", "true", "\"x\":", "\"label\":", "\"targets\":", "\"channels\":{",
            "\\ud800", "\\u0000", "[[", "]]", "{}", "[]",
            "\"id\":{}"]),
    };

    public static TheoryData<string, bool> Formats =>
        [.. _formats.Keys.SelectMany(format => new[] { (format, false), (format, true) }).Select(
            pair => (TheoryDataRow<string, bool>)pair)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string format, bool isCompressed)
    {
        (string[] texts, string[] tokens) = _formats[format];
        var random = new SeededRandom(isCompressed ? 2 : 1);
        var text = new Mutator(random, [.. texts.Select(Encoding.UTF8.GetBytes)], [.. _common, .. tokens]);
        var packed = new Mutator(random, [.. texts.Select(file => Pack(Encoding.UTF8.GetBytes(file)))], _common);
        // Damage in compressed files is detected by their checksum, so most files are damaged before compression.
        for (int i = 0; i < _cases; i++)
        {
            byte[] file = !isCompressed ? text.Next() : i % 4 == 0 ? packed.Next() : Pack(text.Next());
            Try(file, isCompressed ? format + ".gz" : format, new DataFileOptions
            {
                Labels = (LabelKind)(i % 6),
                Channels = i % 50 == 7 ? "2" : null,
                GroupColumn = i % 50 == 8 ? "1" : null,
                Format = i % 50 == 9 ? DelimitedForm.Long : DelimitedForm.Auto,
                KnownChannels = i % 50 == 10 ? ["ay"] : [],
                HasHeader = i % 50 == 11 ? false : i % 50 == 12 ? true : null,
                Text = i % 50 is 12 or 13 ? "2" : i % 50 == 14 ? "time" : null,
                Tokens = i % 50 is 13 or 15 ? TextTokens.Words : null,
            });
        }
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".npz")]
    public void A_damaged_array_of_NumPy_is_read_or_refused_and_nothing_else(string format)
    {
        string[] tokens =
        [
            "'descr': '<f4'", "'fortran_order': True", "'shape': (2, 3)", "(", ")", "(0,)", "9999999999", ", 1", "<U4", "|O", "|S0", ">i8",
            "'",
            "\0\0\0\0", "\u0080", "?", "1", "PK\u0001\u0002", "ntc", "tc", "n",
        ];
        byte[][] files = [.. NumpyFiles.Names.Where(name => Path.GetExtension(name) == format).Select(NumpyFiles.Content)];
        var random = new SeededRandom(3);
        var any = new Mutator(random, files, tokens);
        // Damage in archives is detected by their checksums, so most files are damaged before they are packed.
        var packed = new Mutator(random, [.. files.Take(format == ".npz" ? files.Length : 0).SelectMany(Arrays)], tokens);
        for (int i = 0; i < _cases; i++)
            Try(format == ".npy" || i % 4 == 0 ? any.Next() : Archive(random, packed), format, new DataFileOptions
            {
                Labels = (LabelKind)(i % 6),
                Axes = i % 5 == 1 ? "ntc" : i % 50 == 2 ? "tc" : null,
                KnownChannels = i % 50 == 10 ? ["a", "b", "c"] : [],
            });
    }

    private static IEnumerable<byte[]> Arrays(byte[] file)
    {
        using var archive = new ZipArchive(new MemoryStream(file));
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            using Stream content = entry.Open();
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            yield return copy.ToArray();
        }
    }

    private static byte[] Archive(SeededRandom random, Mutator arrays)
    {
        string[] names = ["X", "y", "lengths", "ids", "groups", "channels", "target_names", "axes", "else"];
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
            foreach (string name in names.Where(name => name is "X" or "y" || random.NextDouble() < 0.2))
            {
                using Stream entry = archive.CreateEntry(name + ".npy", CompressionLevel.Fastest).Open();
                entry.Write(arrays.Next());
            }
        return packed.ToArray();
    }

    private static void Try(byte[] file, string format, DataFileOptions options)
    {
        try
        {
            using var stream = new MemoryStream(file);
            SequenceDataset data = DataFile.Read(stream, format, "file", options, cancellationToken: TestContext.Current.CancellationToken);
            Assert.True(data.Count > 0);
            Assert.All(data, sequence => Assert.DoesNotContain(sequence.Values.ToArray(), float.IsInfinity));
        }
        catch (DataFileException e)
        {
            Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e)
        {
            Assert.Fail($"{format}, {options.Labels}, {Convert.ToBase64String(file)}: {Encoding.UTF8.GetString(file)}\n{e}");
        }
    }

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var writer = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            writer.Write(text);
        return packed.ToArray();
    }
}
