using System.Text;
using System.Text.Json;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;
using Elman.Reports;

namespace Elman.Cli.Tests.Reports;

public sealed class ReportBuilderTests
{
    [Fact]
    public void A_report_of_a_training_has_baselines_epochs_and_a_verdict_about_both()
    {
        (TaskRun task, SequenceDataset train, SequenceDataset test) = Trained(spread: 0.5);
        using (task)
        {
            IReadOnlyList<BaselineResult> baselines = Baselines(train, test);
            Report report = ReportBuilder.Build(new ReportSource(task, "levels")
            {
                Training = train,
                Test = test,
                Baselines = baselines,
                HasTraining = true,
                Words = ["train", "a file.csv"],
            });
            Assert.Equal("levels: classification, 2 classes", report.Title);
            Assert.Equal(baselines.Count, report.Baselines.Count);
            Assert.All(report.Baselines, baseline => Assert.NotNull(baseline.Comparison));
            Assert.NotEmpty(report.History);
            Assert.Equal("elman train 'a file.csv'", report.Command);
            Assert.Contains("the best simple baseline", report.Verdict, StringComparison.Ordinal);
            Assert.Matches(@"^The model predicts \d+\.\d\u00a0% of the test cases correctly \(95\u00a0% interval .*\)", report.Verdict);
            Assert.Equal(12, report.WorstCases.Count);
            Assert.Equal(2, report.Saliencies.Count);
            Assert.Equal(3, report.Importance.Count);
        }
    }

    [Fact]
    public void The_data_are_looked_at()
    {
        (TaskRun task, SequenceDataset train, SequenceDataset test) = Trained(spread: 0.5);
        using (task)
        {
            var doubtful = new SequenceDataset(3, test.ClassLabels,
                [.. train.Take(2), .. test.Where(sequence => sequence.Label == 0).Select(sequence => Longer(sequence))], "test");
            IReadOnlyList<string> warnings = ReportBuilder.Build(
                new ReportSource(task, "levels") { Training = train, Test = doubtful }).DataWarnings;
            Assert.Contains(warnings, warning => warning.Contains("2 of 22 sequences of test are in train too", StringComparison.Ordinal));
            Assert.Contains(warnings, warning => warning.Contains("unbalanced", StringComparison.Ordinal));
            Assert.Contains(warnings, warning => warning.Contains("fewer than 10 cases ('high')", StringComparison.Ordinal));
            Assert.Contains(warnings, warning => warning.Contains("The parts differ in length", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Without_test_data_the_report_says_so()
    {
        (TaskRun task, SequenceDataset train, _) = Trained(spread: 0.5);
        using (task)
        {
            Report report = ReportBuilder.Build(new ReportSource(task, "levels") { Training = train, HasTraining = true });
            Assert.StartsWith("The model was not tested", report.Verdict, StringComparison.Ordinal);
            Assert.Empty(report.Figures);
            using var page = new MemoryStream();
            HtmlReport.Write(page, report);
            Assert.Contains("There are no test data", Encoding.UTF8.GetString(page.ToArray()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_difference_that_may_be_chance_is_said_to_be()
    {
        (TaskRun task, SequenceDataset train, SequenceDataset test) = Trained(spread: 50);
        using (task)
        {
            Report report = ReportBuilder.Build(
                new ReportSource(task, "noise") { Training = train, Test = test, Baselines = Baselines(train, test) });
            Assert.DoesNotContain("is significant", report.Verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_significant_difference_is_said_to_be()
    {
        (TaskRun task, SequenceDataset train, SequenceDataset test) = Trained(spread: 0.5);
        using (task)
        {
            IReadOnlyList<BaselineResult> guess = [.. Baselines(train, test).Where(baseline => baseline.Name == "majority class")];
            Report report = ReportBuilder.Build(new ReportSource(task, "levels") { Training = train, Test = test, Baselines = guess });
            Assert.EndsWith(". It has a better score than the best simple baseline, majority class with 50.0\u00a0%, and the difference is "
                + "significant (McNemar's exact test, p\u00a0<\u00a00.001).", report.Verdict, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_worst_forecasts_are_complete_ones()
    {
        // The last test steps are far off: an incomplete forecast of them alone has the largest error.
        float[] values = [.. Enumerable.Range(0, 240).Select(i => (float)(Math.Sin(i * 0.4) + (i > 237 ? 9 : 0)))];
        var series = new SequenceDataset(1, [], [new Sequence(values, 1) { ContextSteps = 160 }], "series");
        using TaskRun task = TaskRun.Create(
            TaskKind.Forecast, new TrainingOptions { Cell = "esn", Forecast = new() { Horizon = 6 } }, areMany: false);
        task.Estimator.Fit(series, cancellationToken: TestContext.Current.CancellationToken);
        Report report = ReportBuilder.Build(new ReportSource(task, "series") { Test = series });
        Assert.NotEmpty(report.WorstCases);
        Assert.All(report.WorstCases.Take(5), one => Assert.Equal(7, one.Series!.Values[1].Count(double.IsFinite)));
    }

    [Fact]
    public void An_automatic_training_shows_the_curves_of_the_candidates_that_are_trained_in_epochs()
    {
        EpochResult[] epochs = [.. Enumerable.Range(1, 3).Select(epoch => new EpochResult(epoch, 1.0 / epoch, 0.5))];
        LeaderboardEntry Entry(string name, params EpochResult[][] histories) =>
            new(name, 0.5, 0.9, 1, 1, 10, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), true) { Histories = histories };
        var board = new Leaderboard([Entry("gru", epochs, epochs), Entry("esn", epochs[..1])], 0.5, 0.9, 10, "it has the lowest loss")
        {
            NotTried = ["lstm: about 20 s, more than 0.2 of the budget."],
        };
        using var page = new MemoryStream();
        HtmlReport.Write(page, new Report { Title = "a", Verdict = "b", Leaderboard = board });
        string text = Encoding.UTF8.GetString(page.ToArray());
        Assert.Contains("<p>It has the lowest loss.</p>", text, StringComparison.Ordinal);
        Assert.Contains("Not tried: lstm: about 20 s, more than 0.2 of the budget.", text, StringComparison.Ordinal);
        string chart = text[text.IndexOf("Training loss of the candidates", StringComparison.Ordinal)..];
        chart = chart[..chart.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.Contains(">gru<", chart, StringComparison.Ordinal);
        Assert.DoesNotContain("esn", chart, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_have_every_figure_with_its_limits_and_the_baselines()
    {
        (TaskRun task, SequenceDataset train, SequenceDataset test) = Trained(spread: 0.5);
        using (task)
        {
            Report report = ReportBuilder.Build(
                new ReportSource(task, "levels") { Training = train, Test = test, Baselines = Baselines(train, test) });
            JsonElement json = JsonDocument.Parse(MetricsJson.ToFile(report)).RootElement;
            Assert.Equal(report.Figures.Count + report.PartFigures.Count, json.GetProperty("figures").GetArrayLength());
            JsonElement first = json.GetProperty("figures")[0];
            Assert.Equal("accuracy", first.GetProperty("figure").GetString());
            Assert.True(first.GetProperty("lower").GetDouble() <= first.GetProperty("estimate").GetDouble());
            Assert.Equal("McNemar's exact test",
                json.GetProperty("baselines")[0].GetProperty("comparison").GetProperty("test").GetString());
        }
    }

    private static (TaskRun Task, SequenceDataset Train, SequenceDataset Test) Trained(double spread)
    {
        SequenceDataset train = Levels(40, 1, spread, "train"), test = Levels(40, 2, spread, "test");
        var options = new TrainingOptions { Cell = "rnn", Model = new() { Layers = [4] }, Epochs = 8, Threads = 1 };
        TaskRun task = TaskRun.Create(TaskKind.Classify, options, areMany: false);
        task.Estimator.Fit(train);
        return (task, train, test);
    }

    private static IReadOnlyList<BaselineResult> Baselines(SequenceDataset train, SequenceDataset test) =>
        Baseline.Evaluate(train, test, null, TestContext.Current.CancellationToken);

    private static SequenceDataset Levels(int count, int seed, double spread, string name)
    {
        var random = new SeededRandom(seed);
        return new SequenceDataset(3, ["low", "high"], Enumerable.Range(0, count).Select(i => new Sequence(
            Enumerable.Range(0, 30).Select(_ => (float)((spread * random.NextNormal()) + (i % 2))).ToArray(), 3, i % 2)), name);
    }

    private static Sequence Longer(Sequence sequence) =>
        new(Enumerable.Repeat(sequence.Values.ToArray(), 2).SelectMany(values => values).ToArray(), 3, sequence.Label);
}
