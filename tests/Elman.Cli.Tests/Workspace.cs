using System.Globalization;
using System.Text;

namespace Elman.Cli.Tests;

/// <summary>A temporary folder for one test, with small data in it.</summary>
public sealed class Workspace : IDisposable
{
    // Few and short: the suite trains dozens of models, without optimised kernels.
    private static readonly string[] _quick = ["--cell", "rnn", "--layers", "4", "--epochs", "2", "--batch", "4", "--threads", "1"];

    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("elman-tool-").FullName;
        Train = Write("train.csv", Csv(["down", "up"], cases: 12));
        Test = Write("test.csv", Csv(["down", "up"], cases: 6, level: 0.05));
    }

    public string Folder { get; }

    public string Train { get; }

    public string Test { get; }

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(Path(name), content);
        return Path(name);
    }

    /// <summary>Trains a small model and returns its path.</summary>
    public string Model(string name = "m.safetensors", string? data = null)
    {
        ToolRun run = Tool.Run(TrainArgs([data ?? Train, "--out", Path(name), "--json"]));
        Assert.True(run.Status == 0, run.Error);
        return Path(name);
    }

    /// <summary>Returns the arguments of a short training.</summary>
    internal static string[] TrainArgs(params string[] words) =>
        ["train", .. words, .. _quick.Chunk(2).Where(pair => !words.Contains(pair[0])).SelectMany(pair => pair)];

    /// <summary>Returns the files and folders that a command left next to the data.</summary>
    public string[] Leftovers() =>
        [.. Directory.GetFileSystemEntries(Folder).Select(System.IO.Path.GetFileName).OfType<string>().Except(["train.csv", "test.csv"])
            .Order(StringComparer.Ordinal)];

    /// <summary>Returns lines that depend on the class: class c increases with slope c.</summary>
    public static string Csv(string[] labels, int cases, int steps = 5, double level = 0)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', Enumerable.Range(1, steps).Select(t => $"x{t}")).Append(",label\n");
        for (int i = 0; i < cases; i++)
        {
            int label = i % labels.Length;
            double slope = label - ((labels.Length - 1) / 2.0);
            text.AppendJoin(
                ',',
                Enumerable.Range(1, steps).Select(t => ((slope * t) + (0.1 * i) + level).ToString("0.0##", CultureInfo.InvariantCulture)));
            text.Append(',').Append(labels[label]).Append('\n');
        }
        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
