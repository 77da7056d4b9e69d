using System.Globalization;
using System.Text;
using Elman.Cli.Output;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>
/// The figures of the epochs, <c>results.csv</c>: epoch, time in seconds, losses, accuracies and learning rate. If the model is chosen
/// automatically, two columns before them name the candidate and its model.
/// </summary>
internal static class ResultsTable
{
    private const string Header = "epoch,time,train/loss,train/accuracy,val/loss,val/accuracy,lr";

    /// <summary>Writes the rows of one model.</summary>
    public static void Write(string path, IEnumerable<string> rows)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (string row in rows)
            text.Append(row).Append('\n');
        OutputFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Returns the rows of a file of one model, each with its epoch; none if there is no such file.</summary>
    public static List<(int Epoch, string Row)> Rows(string path) => !File.Exists(path)
        ? []
        : [.. File.ReadLines(path).Skip(1)
            .Select(row => (int.TryParse(row.Split(',')[0], CultureInfo.InvariantCulture, out int epoch) ? epoch : 0, row))];

    /// <summary>Writes the figures of the models of all candidates.</summary>
    public static void Write(string path, Leaderboard leaderboard)
    {
        var text = new StringBuilder("candidate,model,").Append(Header).Append('\n');
        foreach (LeaderboardEntry entry in leaderboard.Entries)
            for (int model = 0; model < entry.Histories.Count; model++)
                foreach (EpochResult epoch in entry.Histories[model])
                    text.Append(CultureInfo.InvariantCulture, $"{CsvWriter.Quote(entry.Name)},{model + 1},{Row(epoch)}\n");
        OutputFile.Write(path, Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Returns the row of an epoch.</summary>
    public static string Row(EpochResult epoch) => FormattableString.Invariant(
        $"{epoch.Epoch},{epoch.Elapsed.TotalSeconds:0.###},{epoch.Loss},{epoch.Accuracy},{epoch.ValidationLoss},")
        + FormattableString.Invariant($"{epoch.ValidationAccuracy},{epoch.LearningRate}");
}
