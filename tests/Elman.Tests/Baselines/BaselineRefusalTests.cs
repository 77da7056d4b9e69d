namespace Elman.Tests.Baselines;

public sealed class BaselineRefusalTests
{
    private static readonly SequenceDataset _waves = Waves.Create(10, seed: 1);

    public static TheoryData<BaselineOptions, string> Options => new()
    {
        { new() { Task = (BaselineTask)9 }, "Task is 9, which is not a defined value." },
        { new() { Horizon = 0, Task = BaselineTask.Forecast }, "Horizon is 0; it must be at least 1." },
        { new() { Horizon = 2 }, "Horizon is 2, but Horizon is for forecasts; set Task to Forecast or leave Horizon at 1." },
        { new() { Season = 0, Task = BaselineTask.Forecast }, "Season is 0; it must be at least 1, or null to find it in the data." },
        { new() { Season = 12 }, "Season is 12, but Season is for forecasts; set Task to Forecast or leave Season at null." },
        { new() { DtwWindow = 1.5 }, "DtwWindow is 1.5; it may be 0 to 1." },
        { new() { DtwWindow = double.NaN }, "DtwWindow is NaN; it may be 0 to 1." },
        { new() { Folds = 1 }, "Folds is 1; it must be at least 2." },
        { new() { Repeats = 0 }, "Repeats is 0; it must be at least 1." },
        { new() { Threads = 1025 }, "Threads is 1025; it may be 0 to 1024." },
        { new() { TimeLimit = TimeSpan.Zero }, "TimeLimit is 00:00:00; it must be above 0, or null for no limit." },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_out_of_its_range_is_refused_by_name(BaselineOptions options, string message)
    {
        Assert.Equal([message], options.FindProblems());
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => Baseline.Evaluate(_waves, _waves, options)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => Baseline.CrossValidate(_waves, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_cannot_be_trained_on_or_evaluated_are_refused()
    {
        Refused("holds no sequence", _waves.Subset([]), _waves);
        Refused("holds no sequence", _waves, _waves.Subset([]));
        Refused("has neither labels nor targets. To forecast its values, set Task to Forecast.",
            new(1, [], [new Sequence(new float[3], 1)]), _waves);
        Refused("only the class 'noise'", _waves.Subset([0, 2]), _waves);
        Refused("have 2 channels", _waves, Waves.Create(4, seed: 1, channels: 2));
        Refused("value Infinity in step 2", _waves, new(1, Waves.Classes, [new Sequence(new[] { 0, float.PositiveInfinity }, 1, 0)]));
        Refused("only single steps", new(1, [], [new Sequence(new float[1], 1)]), _waves, new() { Task = BaselineTask.Forecast });

        static void Refused(string part, SequenceDataset train, SequenceDataset test, BaselineOptions? options = null) =>
            Assert.Contains(
                part, Assert.Throws<ArgumentException>(() => Baseline.Evaluate(train, test, options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_sequence_cannot_be_divided() =>
        Assert.Contains("cross-validation needs at least two. Split it in time and use Evaluate.",
            Assert.Throws<ArgumentException>(
                () => Baseline.CrossValidate(new(1, [], [new Sequence(new float[9], 1)]), new() { Task = BaselineTask.Forecast })).Message,
            StringComparison.Ordinal);

    [Fact]
    public void What_would_take_too_long_is_skipped_with_the_reason()
    {
        var random = new SeededRandom(1);
        SequenceDataset data = new(1, Waves.Classes, Enumerable.Range(0, 400).Select(i =>
            new Sequence(Enumerable.Range(0, 1000).Select(_ => (float)random.NextNormal()).ToArray(), 1, i % 2)));
        IReadOnlyList<BaselineResult> results = Baseline.Evaluate(data, data, new() { TimeLimit = TimeSpan.FromTicks(1), Threads = 1 });
        Assert.True(results[1].IsSkipped);
        Assert.Contains("TimeLimit", results[1].SkippedBecause, StringComparison.Ordinal);
        Assert.Null(results[1].Evaluation);

        BaselineCost cost = Baseline.PredictDtwCost(data, data);
        Assert.Equal(400 * 400 * ((1000 * 1000L) - (899 * 900)), cost.Cells);
        Assert.True(cost.Predicted > TimeSpan.Zero);
    }

    [Fact]
    public void A_generous_limit_changes_nothing_but_tells_the_cost()
    {
        IReadOnlyList<BaselineResult> free = Baseline.Evaluate(_waves, _waves),
            limited = Baseline.Evaluate(_waves, _waves, new() { TimeLimit = TimeSpan.MaxValue });
        Assert.Equal(free.Select(r => (r.Name, r.Score, r.LogLoss)), limited.Select(r => (r.Name, r.Score, r.LogLoss)));
        Assert.Equal([false, true, false], limited.Select(result => result.Cost is not null));
        Assert.All(free, result => Assert.Null(result.Cost));
    }

    [Fact]
    public void Cancellation_is_no_skipping()
    {
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => Baseline.Evaluate(_waves, _waves, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(
            () => Baseline.CrossValidate(_waves, new() { TimeLimit = TimeSpan.FromSeconds(9) }, cancelled));
    }
}
