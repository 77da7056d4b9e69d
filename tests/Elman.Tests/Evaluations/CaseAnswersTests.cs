using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

public sealed class CaseAnswersTests
{
    private static readonly float[] _value = [0];

    [Fact]
    public void The_estimates_of_intervals_are_the_figures_of_the_evaluation()
    {
        ClassAnswers answers = new SimulatedCases(4, 1, 1.5).Draw(90, 0, new(3));
        Evaluation evaluation = answers.Evaluation;
        Assert.Equal(
            [evaluation.Accuracy, evaluation.BalancedAccuracy, evaluation.MacroF1, evaluation.LogLoss, evaluation.CalibrationError],
            Estimates(answers, null, "accuracy", "balancedAccuracy", "macroF1", "logLoss", "calibrationError"));
        foreach (ClassScore score in evaluation.PerClass)
            Assert.Equal(
                [score.Recall, score.Precision, score.F1, score.RocAuc, score.AveragePrecision],
                Estimates(answers, score.Label, "recall", "precision", "f1", "rocAuc", "averagePrecision"),
                (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.All(answers.Intervals(), figure =>
        {
            Assert.InRange(figure.Interval.Lower, 0, figure.Interval.Estimate + 1e-12);
            Assert.True(figure.Interval.Upper >= figure.Interval.Estimate - 1e-12);
        });
    }

    [Fact]
    public void Intervals_do_not_depend_on_when_they_are_computed()
    {
        ClassAnswers answers = new SimulatedCases(3, 1, 1).Draw(50, 10, new(4));
        Assert.Equal(answers.Intervals(), answers.Intervals());
        Assert.NotEqual(answers.Intervals(), answers.Intervals(new IntervalOptions { Seed = 2 }));
    }

    [Fact]
    public void A_perfect_classifier_has_an_interval_below_one()
    {
        float[][] rows = [.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? new float[] { 0.9f, 0.1f } : [0.1f, 0.9f])];
        ClassAnswers answers = Classes([.. Enumerable.Range(0, 20).Select(i => (i % 2, (string?)null))], rows);
        foreach (string figure in (string[])["accuracy", "balancedAccuracy", "macroF1"])
        {
            ConfidenceInterval interval = answers.Intervals().Single(one => one.Figure == figure).Interval;
            Assert.Equal(1, interval.Upper);
            Assert.InRange(interval.Lower, 0.7, 0.9);
        }
    }

    [Fact]
    public void Cases_of_a_group_widen_the_interval()
    {
        (int, string?)[] alone = [.. Enumerable.Range(0, 40).Select(i => (i % 2, (string?)null))];
        (int, string?)[] together = [.. alone.Select((one, i) => (one.Item1, (string?)$"g{i / 8}"))];
        float[][] rows = [.. Enumerable.Range(0, 40).Select(i => (i % 2 == 0) == (i < 32) ? new float[] { 0.8f, 0.2f } : [0.2f, 0.8f])];
        ClassAnswers first = Classes(alone, rows), second = Classes(together, rows);
        Assert.Equal(("sequence", 40, "group", 5), (first.UnitName, first.Units, second.UnitName, second.Units));
        Assert.True(Width(second) > 2 * Width(first));
    }

    [Fact]
    public void One_group_alone_has_no_interval()
    {
        ClassAnswers answers = Classes(
            [.. Enumerable.Range(0, 20).Select(i => (i % 2, (string?)"g"))],
            [.. Enumerable.Range(0, 20).Select(_ => new float[] { 0.8f, 0.2f })]);
        Assert.All(answers.Intervals(), figure => Assert.False(figure.Interval.HasLimits));
    }

    [Fact]
    public void A_comparison_counts_the_cases_in_which_one_method_alone_is_right()
    {
        (int, string?)[] labels = [.. Enumerable.Range(0, 30).Select(_ => (0, (string?)null))];
        ClassAnswers first = Classes(labels, Rows(i => i < 27)), second = Classes(labels, Rows(i => i is < 15 or > 28));
        PairedComparison comparison = first.CompareWith(second)!;
        Assert.Equal(("accuracy", "McNemar's exact test"), (comparison.Figure, comparison.Test));
        Assert.Equal((12, 1), (comparison.Better, comparison.Worse));
        Assert.Equal(11 / 30.0, comparison.Difference.Estimate, 1e-12);
        Assert.InRange(comparison.Difference.Lower, 0.1, 0.25);
        Assert.Equal(PairedComparison.McNemar(12, 1), comparison.PValue);
        Assert.Equal(1, first.CompareWith(first)!.PValue);
        Assert.Null(first.CompareWith(Classes(labels[..5], Rows(_ => true)[..5])));
    }

    [Fact]
    public void The_paired_bootstrap_of_equal_errors_finds_no_difference_and_of_halved_ones_a_difference()
    {
        NumberAnswers full = Numbers(1), half = Numbers(0.5), other = Numbers(-1);
        Assert.True(half.CompareWith(full)!.PValue < 0.01);
        Assert.True(half.CompareWith(full)!.Difference.Upper < 0);
        Assert.Equal(40, half.CompareWith(full)!.Better);
        Assert.False(full.CompareWith(other)!.PValue < 0.05);
    }

    [Theory]
    [InlineData(40, 1)]
    [InlineData(40, 3)]
    [InlineData(12, 2)]
    public void A_difference_in_few_of_many_groups_is_not_significant(int groups, int differing)
    {
        (int, string?)[] labels = [.. Enumerable.Range(0, 5 * groups).Select(i => (0, (string?)$"g{i / 5}"))];
        ClassAnswers first = Classes(labels, Rows(_ => true, labels.Length));
        PairedComparison comparison = first.CompareWith(Classes(labels, Rows(i => i >= 5 * differing, labels.Length)))!;
        Assert.Equal((groups <= 16 ? "sign-flip test" : "paired bootstrap", 5 * differing, 0),
            (comparison.Test, comparison.Better, comparison.Worse));
        Assert.InRange(comparison.PValue, 0.05, 1);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(8)]
    public void A_difference_in_nearly_all_groups_is_significant(int groups)
    {
        (int, string?)[] labels = [.. Enumerable.Range(0, 5 * groups).Select(i => (0, (string?)$"g{i / 5}"))];
        ClassAnswers first = Classes(labels, Rows(_ => true, labels.Length));
        ClassAnswers second = Classes(labels, Rows(i => i % 5 > (i / 5 % 3), labels.Length));
        Assert.InRange(first.CompareWith(second)!.PValue, 0, 0.01);
        Assert.Equal(1, first.CompareWith(first)!.PValue);
    }

    [Fact]
    public void An_interval_that_would_be_infinite_has_no_limits()
    {
        // All errors are in one of twelve sequences: a third of the resamples lack it.
        NumberAnswers answers = NumberAnswers.OfTargets(
            ["y"],
            new SequenceDataset(
                1, [], Enumerable.Range(0, 12).Select(i => new Sequence(_value, 1).WithTargets(new float[] { i })), "data", ["y"]),
            Enumerable.Range(0, 12).Select(i => new float[] { i == 3 ? 4 : i }));
        Assert.All(answers.Intervals(), figure => Assert.False(figure.Interval.HasLimits));
    }

    [Fact]
    public void A_class_that_is_never_predicted_has_the_precision_of_the_evaluation()
    {
        (int, string?)[] labels = [.. Enumerable.Range(0, 30).Select(i => (i % 2, (string?)null))];
        ClassAnswers answers = Classes(labels, Rows(_ => true));
        FigureInterval precision = answers.Intervals().Single(figure => figure is { Figure: "precision", Of: "b" });
        Assert.Equal((answers.Evaluation.PerClass[1].Precision, false), (precision.Interval.Estimate, precision.Interval.HasLimits));
    }

    [Fact]
    public void Very_many_errors_do_not_overflow()
    {
        // Two classes with 50,000 confusions: the product of the numbers of errors exceeds 32 bits, and would be negative.
        float[][] rows = [[0.9f, 0.1f], [0.1f, 0.9f]];
        (int, string?)[] labels = [.. Enumerable.Range(0, 150_000).Select(i => (i % 2, (string?)null))];
        ClassAnswers answers = Classes(labels, [.. labels.Select((one, i) => rows[i < 50_000 ? 1 - one.Item1 : one.Item1])]);
        FigureInterval macro = answers.Intervals(new IntervalOptions { Resamples = 200 }).Single(figure => figure.Figure == "macroF1");
        Assert.InRange(macro.Interval.Lower, 0.66, 0.6667);
        Assert.InRange(macro.Interval.Upper, 0.6666, 0.673);
    }

    [Fact]
    public void The_area_of_a_class_with_a_few_cases_has_a_wide_interval()
    {
        var random = new SeededRandom(4);
        float[][] rows = [.. Enumerable.Range(0, 203).Select(_ => (float)random.NextDouble()).Select(p => new[] { 1 - p, p })];
        ClassAnswers answers = Classes([.. Enumerable.Range(0, 203).Select(i => (i < 3 ? 1 : 0, (string?)null))], rows);
        ConfidenceInterval area = answers.Intervals().Single(figure => figure is { Figure: "rocAuc", Of: "b" }).Interval;
        Assert.Equal(AreaInterval.Of(area.Estimate, 3, 200, NormalDistribution.Limit(0.95), 0.95), area);
        Assert.True(area.Upper - area.Lower > 0.35);
    }

    [Fact]
    public void Resamples_without_a_case_that_counts_are_left_out()
    {
        // Only two of twelve units have targets that vary and errors: many resamples have neither.
        double[] squares = [2, 6, .. new double[10]], spreads = [1, 2, .. new double[10]];
        ConfidenceInterval interval = new RatioBootstrap(squares, spreads, new IntervalOptions()).Positive(ratio => 1 - ratio);
        Assert.Equal(1 - (8 / 3.0), interval.Estimate, 1e-12);
    }

    [Fact]
    public void A_difference_that_is_the_same_in_all_of_many_groups_is_significant()
    {
        (int, string?)[] labels = [.. Enumerable.Range(0, 100).Select(i => (0, (string?)$"g{i / 5}"))];
        ClassAnswers right = Classes(labels, Rows(_ => true, 100)), wrong = Classes(labels, Rows(_ => false, 100));
        Assert.Equal(Math.Pow(2, -19), right.CompareWith(wrong)!.PValue);
    }

    [Fact]
    public void The_main_interval_is_the_first_of_all()
    {
        Assert.Equal(Numbers(1).Intervals()[0], Numbers(1).MainInterval());
        ClassAnswers answers = new SimulatedCases(3, 1, 1).Draw(50, 10, new(4));
        Assert.Equal(answers.Intervals()[0], answers.MainInterval());
    }

    [Fact]
    public void Unknown_labels_count_neither_as_right_nor_as_wrong()
    {
        float[][] targets = [[1, 0], [float.NaN, 1], [0, float.NaN]];
        var data = new SequenceDataset(
            1, ["a", "b"], targets.Select(row => new Sequence(_value, 1).WithTargets(row)), "data", ["a", "b"]);
        LabelAnswers answers = LabelAnswers.Of(["a", "b"], data, [[0.9f, 0.2f], [0.1f, 0.8f], [0.3f, 0.7f]]);
        Assert.Equal([true, true, true], Enumerable.Range(0, 3).Select(answers.IsExact));
        Assert.Equal(-Math.Log(0.9f) - Math.Log(1 - (double)0.2f), answers.LossOf(0), 1e-12);
        Assert.Equal(-Math.Log(0.8f), answers.LossOf(1), 1e-12);
        Assert.Equal(answers.Evaluation.LogLoss, Enumerable.Range(0, 3).Sum(answers.LossOf) / 4, 1e-12);
    }

    [Theory]
    [InlineData(3, null, "block of 15 steps", 18)]
    [InlineData(3, 1, "block of 5 steps of a group", 17)]
    [InlineData(25, null, "series", 25)]
    [InlineData(44, 2, "group", 22)]
    [InlineData(44, 44, "block of 5 steps of a group", 17)]
    public void Series_of_a_group_are_of_one_unit(int count, int? ofGroup, string name, int units)
    {
        var series = new SequenceDataset(1, [], Enumerable.Range(0, count).Select(i => new Sequence(new float[82], 1)
        {
            ContextSteps = 1,
            Group = ofGroup is { } size ? $"g{i / (size == 1 ? 3 : size)}" : null,
        }));
        NumberAnswers answers = NumberAnswers.OfForecasts(series, 1, [.. Enumerable.Repeat(new float[82], count)]);
        Assert.Equal((name, units), (answers.UnitName, answers.Units));
    }

    [Fact]
    public void Few_series_are_divided_into_blocks_of_steps()
    {
        var series = new SequenceDataset(1, [], [new Sequence(new float[100], 1) { ContextSteps = 10 }]);
        var answers = NumberAnswers.OfForecasts(series, 3, [new float[300]]);
        Assert.Equal(("block of 6 steps", 15), (answers.UnitName, answers.Units));
        Assert.Equal(90 * 3, answers.Cases);
        Assert.Equal((1, 10), (answers[0].Ahead, answers[0].Step));
    }

    private static ClassAnswers Classes((int Label, string? Group)[] cases, float[][] rows) => ClassAnswers.OfSequences(
        ["a", "b"], new SequenceDataset(
            1, ["a", "b"], cases.Select(one => new Sequence(_value, 1, one.Label) { Group = one.Group })), rows);

    private static float[][] Rows(Func<int, bool> isRight, int count = 30) =>
        [.. Enumerable.Range(0, count).Select(i => isRight(i) ? new float[] { 0.8f, 0.2f } : [0.3f, 0.7f])];

    private static NumberAnswers Numbers(double factor) => NumberAnswers.OfTargets(
        ["y"],
        new SequenceDataset(
            1, [], Enumerable.Range(0, 40).Select(i => new Sequence(_value, 1).WithTargets(new float[] { i })), "data", ["y"]),
        Enumerable.Range(0, 40).Select(i => new float[] { i + (float)(factor * Math.Sin(1 + (i * i))) }));

    private static IEnumerable<double> Estimates(CaseAnswers answers, string? of, params string[] figures)
    {
        IReadOnlyList<FigureInterval> all = answers.Intervals();
        return figures.Select(figure => all.Single(one => one.Figure == figure && one.Of == of).Interval.Estimate);
    }

    private static double Width(CaseAnswers answers)
    {
        ConfidenceInterval interval = answers.Intervals()[0].Interval;
        return interval.Upper - interval.Lower;
    }
}
