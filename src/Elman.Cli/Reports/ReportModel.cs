using System.Diagnostics;
using Elman.Cli.Output;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>The size of a model, and the measured time of its predictions.</summary>
internal static class ReportModel
{
    /// <summary>The maximum number of measurements, and their maximum time.</summary>
    private const int MostRuns = 30;

    private static readonly TimeSpan _mostTime = TimeSpan.FromMilliseconds(150);

    /// <summary>Returns the facts.</summary>
    public static IEnumerable<ReportFact> Facts(ReportSource source)
    {
        SequenceEstimator model = source.Task.Estimator;
        yield return new ReportFact("Model", model.Members.Count == 1
            ? model.Options.IsAuto ? model.Members[0].Name : model.Options.Cell.Name
            : string.Join(", ", model.Members.GroupBy(member => member.Name)
                .Select(group => $"{group.Key} × {group.Count()} ({Figures.Percent(group.Sum(member => member.Weight))})")));
        yield return new ReportFact("Parameters", ModelReport.Parameters(model));
        if (source.ModelPath is { } path && File.Exists(path))
            yield return new ReportFact("Model file", Figures.Bytes(new FileInfo(path).Length));
        if (source.Test is not { Count: > 0 } test)
            yield break;
        int middle = Enumerable.Range(0, test.Count).OrderBy(i => test[i].Steps).ElementAt(test.Count / 2);
        SequenceDataset one = test.Subset([middle]);
        string time = Figures.ShortTime(Median(
            () => source.Task.Predict(one, new AnswerWriter(TextWriter.Null, PredictionFormat.Csv))));
        yield return new ReportFact("One sequence", $"{time} for "
            + $"{Figures.Count(one[0].Steps, "step")}, the median of some runs on this machine");
        yield return new ReportFact("Streams", model.CanStream
            ? "can predict step by step"
            : "needs whole sequences");
        yield return new ReportFact("Machine", $"{Figures.Count(Environment.ProcessorCount, "processor")}, "
            + $"{System.Runtime.InteropServices.RuntimeInformation.OSArchitecture}, .NET {Environment.Version}");
    }

    /// <summary>Returns the SHA-256 of a file.</summary>
    public static string HashOf(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Sha256.HexOf(stream);
    }

    private static TimeSpan Median(Action run)
    {
        var times = new List<TimeSpan>();
        var all = Stopwatch.StartNew();
        run(); // the first run compiles and allocates
        while (times.Count == 0 || (times.Count < MostRuns && all.Elapsed < _mostTime))
        {
            var watch = Stopwatch.StartNew();
            run();
            times.Add(watch.Elapsed);
        }
        times.Sort();
        return times[times.Count / 2];
    }
}
