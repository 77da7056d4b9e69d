using System.Globalization;
using System.Text;
using System.Text.Json;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>The files of a run that are written when its training has ended.</summary>
internal sealed class RunFiles(RunFolder run, TrainingPlan plan, TrainingResult result)
{
    /// <summary>Writes each file. The figures come last: with them, the run is complete.</summary>
    public IEnumerable<Action> All =>
        [WriteResults, WriteLeaderboard, WritePredictions, WriteEnvironment, WriteReport, WriteCard, WriteMetrics];

    private SequenceEstimator Model => result.Task.Estimator;

    /// <summary>The content of the report.</summary>
    private Report Report => field ??= ReportBuilder.Build(new ReportSource(result.Task, plan.Data.Name)
    {
        Test = plan.Test is { } test && Model.CanKeepCases(test) ? test : null,
        IsTooLarge = plan.Test is { } all && !Model.CanKeepCases(all),
        Training = plan.Fitted,
        Baselines = result.Baselines,
        Words = plan.Args.Again,
        ModelPath = File.Exists(run.Best) ? run.Best : null,
        HasTraining = true,
    });

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
            text.Append(CultureInfo.InvariantCulture, $"{CsvWriter.Quote(entry.Name)},{entry.Loss},{entry.Score},")
                .Append(CultureInfo.InvariantCulture, $"{leaderboard.PartOf(entry)},{entry.Models},{entry.Parameters},")
                .Append(CultureInfo.InvariantCulture, $"{entry.FitTime.TotalSeconds:0.######},")
                .Append(CultureInfo.InvariantCulture, $"{entry.PredictTime.TotalSeconds:0.#########},")
                .Append(entry.CanStream ? "true\n" : "false\n");
        Write("leaderboard.csv", text.ToString());
    }

    private void WritePredictions()
    {
        if (plan.Test is not { } test)
            return;
        if (Model is SequenceForecaster forecaster)
        {
            if (forecaster.CanKeepCases(test))
                Write("predictions.csv", ForecastTable.Of(forecaster, test));
            return;
        }
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        result.Task.Predict(test, new AnswerWriter(text, PredictionFormat.Csv) { TruthOf = result.Task.TruthOf });
        Write("predictions.csv", text.ToString());
    }

    private void WriteEnvironment() => Write("env.json", json => RunEnvironment.Write(json, result.Summary));

    private void WriteReport() => ReportFiles.Write(run, Report);

    private void WriteCard() => Write("README.md", ModelCard.Of(Report, run, plan));

    private void WriteMetrics() => OutputFile.Write(run.Metrics, MetricsJson.ToFile(Report));

    private void Write(string name, string text) => OutputFile.Write(run.File(name), Encoding.UTF8.GetBytes(text));

    private void Write(string name, Action<Utf8JsonWriter> members) => OutputFile.Write(run.File(name), JsonText.Document(members));
}
