using System.Globalization;
using System.Text;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>The files of a run that are written when its training has ended.</summary>
internal sealed class RunFiles(RunFolder run, TrainingPlan plan, TrainingResult result)
{
    /// <summary>Writes each file.</summary>
    public IEnumerable<Action> All => [WriteResults, WriteLeaderboard, WritePredictions, WriteData, WriteEnvironment, WriteMetrics];

    private SequenceEstimator Model => result.Task.Estimator;

    private void WriteResults()
    {
        if (Model.Leaderboard is { } leaderboard)
            ResultsTable.Write(run.Results, leaderboard);
        else
            ResultsTable.Write(run.Results, Model.History.Select(ResultsTable.Row));
    }

    private void WriteLeaderboard()
    {
        if (Model.Leaderboard is not { } leaderboard)
            return;
        var text = new StringBuilder("name,loss,score,part,models,parameters,fit_seconds,predict_seconds,can_stream\n");
        foreach (LeaderboardEntry entry in leaderboard.Entries)
            text.Append(CultureInfo.InvariantCulture, $"{CsvWriter.Quote(entry.Name)},{entry.Loss},{entry.Score},{leaderboard.PartOf(entry)},")
                .Append(CultureInfo.InvariantCulture, $"{entry.Models},{entry.Parameters},{entry.FitTime.TotalSeconds:0.######},")
                .Append(CultureInfo.InvariantCulture, $"{entry.PredictTime.TotalSeconds:0.#########},{(entry.CanStream ? "true" : "false")}\n");
        Write("leaderboard.csv", text.ToString());
    }

    private void WritePredictions()
    {
        if (plan.Test is not { } test || plan.Kind == TaskKind.Forecast)
            return;
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        result.Task.Predict(test, new AnswerWriter(text, PredictionFormat.Csv) { TruthOf = result.Task.TruthOf });
        Write("predictions.csv", text.ToString());
    }

    private void WriteData() => Write("data.json", json => RunData.Write(json, plan));

    private void WriteEnvironment() => Write("env.json", json => RunEnvironment.Write(json, result.Summary));

    private void WriteMetrics() => Write("metrics.json", json =>
    {
        if (result.Test is not { } test)
            return;
        json.WriteStartObject("test");
        test.WriteMembers(json);
        json.WriteEndObject();
        BaselineReport.WriteJson(json, result.Baselines, test, withTimes: false);
    });

    private void Write(string name, string text) => OutputFile.Write(run.File(name), Encoding.UTF8.GetBytes(text));

    private void Write(string name, Action<System.Text.Json.Utf8JsonWriter> members) =>
        OutputFile.Write(run.File(name), JsonText.Document(members));
}
