using System.Globalization;
using System.Text;
using Elman.Onnx.Protocol;
using Elman.Onnx.Tests.Models;
using Google.Protobuf;

namespace Elman.Onnx.Tests.Reading;

/// <summary>
/// Damaged models are imported, or refused with a sentence, and no other exception is thrown. The environment variable ELMAN_MUTATIONS
/// sets the number of files.
/// </summary>
public class MutationTests
{
    private static readonly int _cases = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture,
        out int cases) ? cases : 4_000;

    /// <summary>Memory that any file may take, however short, and how many times its length.</summary>
    private const long FreeBytes = 64 << 20, BytesPerByte = 10;

    private static readonly byte[][] _tokens =
    [
        [0x08], [0x0A, 0x00], [0x12, 0x00], [0x2A, 0x00], [0x3A, 0x00], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0x00, 0x00, 0x80, 0x7F],
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], [0x80, 0x94, 0xEB, 0xDC, 0x03], [0x08, 0x80, 0x94, 0xEB, 0xDC, 0x03],
        .. new[] { "LSTM", "GRU", "RNN", "Slice", "Gather", "Concat", "Split", "Reshape", "Loop", "Expand", "ConstantOfShape", "Transpose",
            "reverse", "bidirectional", "axes", "perm", "direction", "x", "y", "" }.Select(Encoding.UTF8.GetBytes),
    ];

    private static byte[][] Files => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures"), "*.onnx").Order()
        .Select(path => WithoutMetadata(File.ReadAllBytes(path)))];

    /// <summary>Bytes at random places: most of them damage the messages themselves.</summary>
    [Fact]
    public void A_damaged_file_is_imported_or_refused_and_nothing_else()
    {
        var mutator = new ByteMutator(new SeededRandom(1), Files, _tokens);
        for (int i = 0; i < _cases; i++)
            Check(mutator.Next());
    }

    /// <summary>Messages that stay valid: names, types, numbers and lists are exchanged, so that graphs are walked.</summary>
    [Fact]
    public void A_graph_with_exchanged_parts_is_imported_or_refused_and_nothing_else()
    {
        ModelProto[] models = [.. Files.Select(ModelProto.Parser.ParseFrom)];
        var mutator = new GraphMutator(new SeededRandom(2), models, GraphMutator.Any);
        for (int i = 0; i < _cases; i++)
            Check(mutator.Next().ToByteArray());
    }

    /// <summary>Files of Elman, whose metadata say what the model is. Without the checksum, damaged metadata are read.</summary>
    [Fact]
    public void A_damaged_file_of_Elman_is_read_or_refused_and_nothing_else()
    {
        byte[][] files = [.. Enumerable.Range(1, 11).Select(seed =>
        {
            using RandomModel random = RandomModel.Create(seed);
            ModelProto model = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(random.Model));
            model.MetadataProps.Remove(model.MetadataProps.First(entry => entry.Key == "elman.crc32c"));
            return model.ToByteArray();
        })];
        byte[][] texts = [.. new[]
        {
            "elman.", "\"layers\":[", "\"cell\":\"gru\"", "65536", "-1", "null", "1e999", "\"patch\"", "output.b", "rnn.0.W",
        }.Select(Encoding.UTF8.GetBytes)];
        var mutator = new ByteMutator(new SeededRandom(3), files, [.. _tokens, .. texts]);
        for (int i = 0; i < _cases; i++)
            Check(mutator.Next());
    }

    private static void Check(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            OnnxFile.Load(new MemoryStream(file)).Model.Dispose();
        }
        catch (ModelFileException e)
        {
            Assert.StartsWith("stream: ", e.Message, StringComparison.Ordinal);
        }
        catch (Exception e)
        {
            Assert.Fail($"{Convert.ToBase64String(file)}: {e}");
        }
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken <= FreeBytes + (BytesPerByte * file.Length), $"{taken} bytes for {Convert.ToBase64String(file)}");
    }

    private static byte[] WithoutMetadata(byte[] file)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(file);
        model.MetadataProps.Clear();
        return model.ToByteArray();
    }
}
