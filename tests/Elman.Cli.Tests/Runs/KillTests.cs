using System.Diagnostics;
using System.Globalization;

namespace Elman.Cli.Tests.Runs;

/// <summary>
/// Runs whose process is killed at random moments, within a save included, and resumed each time. The environment variable ELMAN_KILLS sets
/// the number of kills of each run.
/// </summary>
public sealed class KillTests : IDisposable
{
    private static readonly int _kills = int.TryParse(
        Environment.GetEnvironmentVariable("ELMAN_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 2;

    /// <summary>With more kills than that, a run may make no progress between them.</summary>
    private const int MostOfARun = 12;

    private readonly Workspace _work = new();

    public void Dispose() => _work.Dispose();

    [Theory]
    [InlineData("--cell", "gru", "--layers", "8", "--dropout", "0.25", "--validation", "0.25", "--patience", "0", "--epochs", "200")]
    [InlineData("--cell", "lstm", "--layers", "8", "--truncate", "2", "--epochs", "150", "--task", "forecast", "--horizon", "2",
        "--validation", "0.2")]
    [InlineData("--budget", "2s")]
    [InlineData("--budget", "2s", "--task", "forecast", "--horizon", "2")]
    public void A_run_that_is_killed_and_resumed_has_the_files_of_one_that_was_not(params string[] words)
    {
        string data = words.Contains("forecast") ? _work.Write("series.csv", Series())
            : _work.Write("cases.csv", Workspace.Csv(["down", "up"], cases: 60));
        if (!words.Contains("forecast"))
            words = [.. words, "--test", _work.Test];
        string[] all = [data, .. words, "--threads", "1", "--json", "--baselines"];
        Assert.Equal(0, Tool.Run(["train", .. all, "--run", _work.Path("whole"), "--save-every", "0"]).Status);

        var random = new SeededRandom(words.Length);
        int killed = 0, longest = 2500; // milliseconds until a kill
        while (killed < _kills)
        {
            int ofRun = RunWithKills(all, Math.Min(MostOfARun, _kills - killed), () => 100 + random.NextInt32(longest));
            longest = ofRun == 0 ? Math.Max(1, longest / 2) : longest; // a fast machine: the next one is killed earlier
            killed += ofRun;
            Assert.Equal(Names("whole"), Names("cut"));
            string[] withTimes = ["env.json", "args.json", "log.jsonl", "report.html", "README.md"];
            foreach (string name in Names("whole").Except(withTimes))
                Assert.True(Content("whole", name).SequenceEqual(Content("cut", name)), $"{name} differs after {killed} kills.");
            Directory.Delete(_work.Path("cut"), recursive: true);
        }
    }

    /// <summary>Trains in the folder <c>cut</c>, and resumes after each kill.</summary>
    /// <returns>The number of kills before the run ended.</returns>
    private int RunWithKills(string[] all, int most, Func<int> milliseconds)
    {
        for (int killed = 0; ; killed++)
        {
            using Process process = Start(Directory.Exists(_work.Path("cut"))
                ? ["train", "--resume", _work.Path("cut")]
                : ["train", .. all, "--run", _work.Path("cut"), "--save-every", "20ms"]);
            if (process.WaitForExit(killed < most ? milliseconds() : 300_000))
            {
                Assert.True(process.ExitCode == 0, process.StandardError.ReadToEnd());
                return killed;
            }
            process.Kill();
            process.WaitForExit();
            Assert.True(killed < most, "The run does not end.");
            if (!File.Exists(_work.Path("cut/args.json")) && Directory.Exists(_work.Path("cut")))
                Directory.Delete(_work.Path("cut"), recursive: true); // killed before there was a run
        }
    }

    private static Process Start(string[] words)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["exec", typeof(CommandLine).Assembly.Location, .. words])
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    /// <summary>The content of a file, without the columns with times.</summary>
    private byte[] Content(string run, string name)
    {
        byte[] bytes = File.ReadAllBytes(_work.Path($"{run}/{name}"));
        if (!name.EndsWith(".csv", StringComparison.Ordinal))
            return bytes;
        string[][] rows = [.. System.Text.Encoding.UTF8.GetString(bytes).Split('\n').Select(row => row.Split(','))];
        int[] times = [.. rows[0].Select((heading, i) => heading is "time" or "fit_seconds" or "predict_seconds" ? i : -1)];
        return System.Text.Encoding.UTF8.GetBytes(string.Join('\n',
            rows.Select(row => string.Join(',', row.Where((_, i) => !times.Contains(i))))));
    }

    private string[] Names(string run) =>
        [.. Directory.GetFiles(_work.Path(run), "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_work.Path(run), path)).Order(StringComparer.Ordinal)];

    private static string Series()
    {
        var random = new SeededRandom(5);
        return "value\n" + string.Concat(Enumerable.Range(0, 300).Select(t => string.Create(CultureInfo.InvariantCulture,
            $"{Math.Round(Math.Sin(t * 0.5) + (0.1 * random.NextNormal()), 3)}\n")));
    }
}
