namespace Elman.Tests.Baselines;

public sealed class BaselineTests
{
    private static readonly SequenceDataset _train = Waves.Create(60, seed: 1, channels: 2), _test = Waves.Create(40, seed: 2, channels: 2);

    [Fact]
    public void Methods_of_classification_come_in_order_with_their_scores()
    {
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(_train, _test);
        Assert.Equal(["majority class", "1-NN DTW (window 10 %)", "ridge on statistics"], results.Select(result => result.Name));
        Assert.All(results, result =>
        {
            Assert.False(result.IsSkipped);
            Assert.Equal(("accuracy", true), (result.Measure, result.GreaterIsBetter));
            Assert.Equal(result.Evaluation!.Accuracy, result.Score);
            Assert.Equal(40, result.Evaluation.Cases);
            Assert.Empty(result.FoldScores);
        });
        Assert.Equal(0.5, results[0].Score);
        Assert.True(results[1].Score > 0.9, $"{results[1].Score}");
        Assert.True(results[2].Score > 0.9, $"{results[2].Score}");
        Assert.Null(results[1].LogLoss);
        Assert.InRange(results[2].LogLoss!.Value, 0, 0.3);
    }

    [Fact]
    public void The_log_loss_of_the_majority_class_is_the_entropy_of_the_classes()
    {
        int[] labels = [0, 1, 1, 1, 2, 2, 1, 1, 0, 1];
        SequenceDataset data = new(1, ["a", "b", "c"], labels.Select((label, i) => new Sequence(new float[] { i, 1 }, 1, label)));
        double entropy = labels.GroupBy(label => label).Sum(group => -group.Count() / 10.0 * Math.Log(group.Count() / 10.0));
        BaselineResult result = Baseline.Evaluate(data, data)[0];
        Assert.Equal(entropy, result.LogLoss!.Value, 1e-7);
        Assert.Equal(0.6, result.Score, 1e-12);

        SequenceDataset tagged = new(1, ["a", "b", "c"],
            [new Sequence(new float[10], 1).WithStepLabels(labels), new Sequence(new float[1], 1).WithStepLabels(new[] { -1 })]);
        result = Assert.Single(Baseline.Evaluate(tagged, tagged));
        Assert.Equal(("majority class", 0.6), (result.Name, result.TagEvaluation!.Steps.Accuracy));
        Assert.Equal(entropy, result.LogLoss!.Value, 1e-7);
    }

    [Fact]
    public void Classes_together_are_reported_by_shares_and_by_ridge()
    {
        SequenceDataset data = Side(_train), test = Side(_test);
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(data, test);
        Assert.Equal(["class shares", "ridge on statistics"], results.Select(result => result.Name));
        Assert.Equal((Math.Log(2) + (-0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25))) / 2, results[0].LogLoss!.Value, 1e-6);
        Assert.True(results[1].LogLoss < 0.5 * results[0].LogLoss, $"{results[1].LogLoss}");
        Assert.Equal(results[1].LabelEvaluation!.ExactMatch, results[1].Score);
        Assert.True(results[1].Score > 0.9, $"{results[1].Score}");

        // The second class applies to one sequence in four, whose wave is shifted up.
        static SequenceDataset Side(SequenceDataset waves) => new(2, ["sine", "high"], waves.Select((s, i) => new Sequence(
            s.Values.ToArray().Select(value => value + (i % 4 == 0 ? 3 : 0)).ToArray(), 2)
            .WithTargets(new float[] { s.Label, i % 4 == 0 ? 1 : 0 })));
    }

    [Fact]
    public void Numbers_are_reported_by_their_mean_and_by_ridge()
    {
        SequenceDataset train = Numbers(1), test = Numbers(2);
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(train, test);
        Assert.Equal(["training mean", "ridge on statistics"], results.Select(result => result.Name));
        Assert.All(results, result => Assert.Equal(("RMSE", false), (result.Measure, result.GreaterIsBetter)));
        Assert.All(results, result => Assert.Null(result.LogLoss));
        double mean = train.Select(s => (double)s.Targets.Span[0]).Where(double.IsFinite).Average();
        double[] target = [.. test.Select(s => (double)s.Targets.Span[0]).Where(double.IsFinite)];
        Assert.Equal(Math.Sqrt(target.Average(y => (y - mean) * (y - mean))), results[0].Score, 1e-5);
        Assert.True(results[1].Score < 0.1 * results[0].Score, $"{results[1].Score} {results[0].Score}");
        Assert.Equal(results[1].NumberEvaluation!.PerTarget[0].Rmse, results[1].Score, 1e-12);

        // 1000 + 3 times the mean − 2 times the maximum value; unknown for every seventh sequence.
        static SequenceDataset Numbers(int seed)
        {
            SequenceDataset waves = Waves.Create(70, seed, ragged: true);
            return new SequenceDataset(1, [], waves.Select((s, i) => new Sequence(s.Values, 1).WithTargets(new[] { i % 7 == 3
                ? float.NaN
                : 1000 + (3 * s.Values.ToArray().Average()) - (2 * s.Values.ToArray().Max()) })), "numbers", ["y"]);
        }
    }

    [Fact]
    public void Forecasts_repeat_the_last_value_or_the_last_period()
    {
        SequenceDataset train = Periodic(60), test = Periodic(40);
        BaselineOptions options = new() { Task = BaselineTask.Forecast, Horizon = 2 };
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(train, test, options);
        Assert.Equal(["last value", "seasonal naive (6)"], results.Select(result => result.Name));
        Assert.Equal(results[1].ForecastEvaluation!.Naive, results[0].ForecastEvaluation!.PerStepAhead);
        Assert.True(results[1].Score < results[0].Score);
        Assert.Equal("seasonal naive (4)", Baseline.Evaluate(train, test, options with { Season = 4 })[1].Name);

        static SequenceDataset Periodic(int steps) =>
            new(1, [], [new Sequence(Enumerable.Range(0, steps).Select(t => (float)(t * t % 6)).ToArray(), 1)], "periods");
    }

    [Theory]
    [InlineData(null, 100, "no period was found; set Season if you know it.")]
    [InlineData(30, 30, "The longest sequence of 'noise' has 30 steps, so no evaluated step has a value 30 steps before it; set Season "
        + "to a shorter period.")]
    public void A_season_that_is_not_found_or_does_not_fit_is_skipped_with_the_reason(int? season, int steps, string reason)
    {
        var random = new SeededRandom(1);
        SequenceDataset data = new(
            1, [], [new Sequence(Enumerable.Range(0, steps).Select(_ => (float)random.NextNormal()).ToArray(), 1)], "noise");
        BaselineResult result = Baseline.Evaluate(data, data, new() { Task = BaselineTask.Forecast, Season = season })[1];
        Assert.True(result.IsSkipped);
        Assert.EndsWith(reason, result.SkippedBecause, StringComparison.Ordinal);
        Assert.True(double.IsNaN(result.Score));
        Assert.Null(result.ForecastEvaluation);
    }

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        SequenceDataset train = Waves.Create(40, seed: 1, ragged: true), test = Waves.Create(31, seed: 2, ragged: true);
        double?[][] scores = [.. new[] { 1, 2, 3 }.Select(threads => Baseline.Evaluate(train, test, new() { Threads = threads })
            .Concat(Baseline.CrossValidate(train, new() { Threads = threads, Repeats = 2 })).SelectMany(Figures).ToArray())];
        Assert.Equal(scores[0], scores[1]);
        Assert.Equal(scores[0], scores[2]);

        static IEnumerable<double?> Figures(BaselineResult result) => [result.Score, result.LogLoss, .. result.FoldScores,
            .. result.Evaluation!.Confusion.SelectMany(cell => (double?[])[cell.True, cell.Predicted, cell.Cases])];
    }

    [Fact]
    public void Missing_values_are_no_obstacle()
    {
        var random = new SeededRandom(1);
        SequenceDataset train = Gapped(_train), test = Gapped(_test);
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(train, test);
        Assert.All(results,
            result => Assert.True(double.IsFinite(result.Score) && (result.LogLoss is null || double.IsFinite(result.LogLoss.Value))));
        Assert.True(results[1].Score > 0.8 && results[2].Score > 0.8, $"{results[1].Score} {results[2].Score}");

        SequenceDataset Gapped(SequenceDataset data) => new(2, data.ClassLabels, data.Select((s, i) => new Sequence(
            s.Values.ToArray().Select((value, v) => random.NextDouble() < 0.2 || (i == 5 && v % 2 == 1) || i == 7 ? float.NaN : value)
                .ToArray(), 2, s.Label)));
    }

    [Fact]
    public void Classes_are_matched_by_name()
    {
        SequenceDataset turned = new(2, ["sine", "noise"], _test.Select(s => s.WithLabel(1 - s.Label)));
        Assert.Equal(Baseline.Evaluate(_train, _test).Select(r => (r.Score, r.LogLoss)),
            Baseline.Evaluate(_train, turned).Select(r => (r.Score, r.LogLoss)));
        ArgumentException e = Assert.Throws<ArgumentException>(
            () => Baseline.Evaluate(_train, new(2, ["x"], _test.Select(s => s.WithLabel(0)))));
        Assert.Equal("test", e.ParamName);
    }
}
