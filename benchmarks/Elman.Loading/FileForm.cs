using System.Globalization;
using System.Text;
using Elman.Data;

namespace Elman.Loading;

/// <summary>A measured file format, and the code that creates such a file.</summary>
/// <param name="Name">The name of the format.</param>
/// <param name="Extension">The extension of its files.</param>
/// <param name="What">The content.</param>
/// <param name="Options">The options for reading.</param>
/// <param name="Write">Writes rows with about the given number of bytes.</param>
internal sealed record FileForm(
    string Name, string Extension, string What, DataFileOptions Options, Action<StreamWriter, long, Numbers> Write)
{
    private static readonly DataFileOptions _classes = new(), _numbers = new() { Labels = LabelKind.None };

    /// <summary>All formats.</summary>
    public static IReadOnlyList<FileForm> All { get; } =
    [
        new("wide", ".csv", "rows of 500 values and a class", _classes, (w, bytes, n) => Rows(w, bytes, () => Row(w, n, 500))),
        new("wide-short", ".csv", "rows of 10 values and a class", _classes, (w, bytes, n) => Rows(w, bytes, () => Row(w, n, 10))),
        new("wide-long", ".csv", "two rows", _classes, (w, bytes, n) => { Row(w, n, bytes / 18); Row(w, n, bytes / 18); }),
        new("long", ".csv", "id, time, class and 6 channels, 100 steps a sequence", _classes, (w, bytes, n) => Long(w, bytes, n, 6, 100)),
        new("long-narrow", ".csv", "id, time, class and 1 channel, 100 steps a sequence", _classes,
            (w, bytes, n) => Long(w, bytes, n, 1, 100)),
        new("ones", ".csv", "id, x, class, one step a sequence", _classes with { Format = DelimitedForm.Long }, Ones),
        new("one-series", ".csv", "time and 3 channels, a single series", _numbers, Series),
        new("channels", ".csv", "id, class and 50,000 channels", _classes, Channels),
        new("classes", ".csv", "a class of its own in each of 100,000 rows", _classes, Classes),
        new("arff", ".arff", "rows of 100 values and a class", _classes, Arff),
        new("ts", ".ts", "rows of 3 channels of 100 values and a class", _classes, Ts),
        new("arff-ones", ".arff", "rows of 1 value and a class", _classes, ArffOnes),
        new("ts-ones", ".ts", "rows of 1 value and a class", _classes, TsOnes),
        new("jsonl-ones", ".jsonl", "a line with an id, a class and 1 value", _classes, JsonOnes),
        new("jsonl", ".jsonl", "a line with 3 channels of 100 values and a class", _classes, JsonLines),
    ];

    private static void Rows(StreamWriter writer, long bytes, Action row)
    {
        while (writer.BaseStream.Position < bytes)
            row();
    }

    private static void Row(StreamWriter writer, Numbers numbers, long values)
    {
        for (long i = 0; i < values; i++)
        {
            numbers.Write(writer);
            writer.Write(',');
        }
        writer.Write(numbers.Class());
        writer.Write('\n');
    }

    private static void Long(StreamWriter writer, long bytes, Numbers numbers, int channels, int steps)
    {
        writer.Write("id,time,label" + string.Concat(Enumerable.Range(1, channels).Select(c => $",x{c}")) + "\n");
        int id = 0;
        Rows(writer, bytes, () =>
        {
            id++;
            string label = numbers.Class();
            for (int t = 0; t < steps; t++)
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{id},{t},{label}"));
                for (int c = 0; c < channels; c++)
                {
                    writer.Write(',');
                    numbers.Write(writer);
                }
                writer.Write('\n');
            }
        });
    }

    private static void Ones(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("id,x,label\n");
        for (int id = 0; id < 1_000_000; id++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{id},{numbers.Digit()},{numbers.Class()}\n"));
    }

    private static void Series(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("time,x,y,z\n");
        int t = 0;
        Rows(writer, bytes, () =>
        {
            writer.Write((t++).ToString(CultureInfo.InvariantCulture));
            for (int c = 0; c < 3; c++)
            {
                writer.Write(',');
                numbers.Write(writer);
            }
            writer.Write('\n');
        });
    }

    private static void Channels(StreamWriter writer, long bytes, Numbers numbers)
    {
        const int Count = 50_000;
        writer.Write("id,label" + string.Concat(Enumerable.Range(1, Count).Select(c => $",x{c}")) + "\n");
        for (int row = 0; row < 20; row++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row / 2},{row / 2 % 2},"));
            for (int c = 0; c < Count; c++)
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{numbers.Digit()}{(c < Count - 1 ? "," : "\n")}"));
        }
    }

    private static void Classes(StreamWriter writer, long bytes, Numbers numbers)
    {
        for (int row = 0; row < 100_000; row++)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{numbers.Digit()},{numbers.Digit()},name{row}\n"));
    }

    private static void Arff(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("@relation a\n" + string.Concat(Enumerable.Range(1, 100).Select(i => $"@attribute x{i} numeric\n"))
            + "@attribute target {0,1,2,3,4,5,6,7,8,9}\n@data\n");
        Rows(writer, bytes, () => Row(writer, numbers, 100));
    }

    private static void ArffOnes(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("@relation a\n@attribute x numeric\n@attribute target {0,1,2,3,4,5,6,7,8,9}\n@data\n");
        for (int row = 0; row < 1_000_000; row++)
            writer.Write($"{numbers.Digit()},{numbers.Class()}\n");
    }

    private static void TsOnes(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("@problemName a\n@timestamps false\n@univariate true\n@classLabel true 0 1 2 3 4 5 6 7 8 9\n@data\n");
        for (int row = 0; row < 1_000_000; row++)
            writer.Write($"{numbers.Digit()}:{numbers.Class()}\n");
    }

    private static void JsonOnes(StreamWriter writer, long bytes, Numbers numbers)
    {
        for (int row = 0; row < 1_000_000; row++)
            writer.Write(string.Create(
                CultureInfo.InvariantCulture, $"{{\"id\":\"{row}\",\"label\":\"{numbers.Class()}\",\"x\":[{numbers.Digit()}]}}\n"));
    }

    private static void Ts(StreamWriter writer, long bytes, Numbers numbers)
    {
        writer.Write("@problemName a\n@timestamps false\n@univariate false\n@dimensions 3\n@equalLength true\n@seriesLength 100\n"
            + "@classLabel true 0 1 2 3 4 5 6 7 8 9\n@data\n");
        Rows(writer, bytes, () =>
        {
            for (int c = 0; c < 3; c++)
                for (int t = 0; t < 100; t++)
                {
                    numbers.Write(writer);
                    writer.Write(t < 99 ? ',' : ':');
                }
            writer.Write(numbers.Class() + "\n");
        });
    }

    private static void JsonLines(StreamWriter writer, long bytes, Numbers numbers) => Rows(writer, bytes, () =>
    {
        writer.Write("{\"label\":\"" + numbers.Class() + "\",\"x\":[");
        for (int t = 0; t < 100; t++)
        {
            writer.Write(t > 0 ? ",[" : "[");
            for (int c = 0; c < 3; c++)
            {
                if (c > 0)
                    writer.Write(',');
                numbers.Write(writer);
            }
            writer.Write(']');
        }
        writer.Write("]}\n");
    });

    /// <summary>Creates a file.</summary>
    public void Make(string path, long bytes)
    {
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), bufferSize: 1 << 16);
        Write(writer, bytes, new Numbers());
    }
}
