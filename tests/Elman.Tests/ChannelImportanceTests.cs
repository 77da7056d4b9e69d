namespace Elman.Tests;

public sealed class ChannelImportanceTests
{
    [Fact]
    public void The_channel_that_decides_is_important_and_noise_is_not()
    {
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 30 });
        classifier.Fit(Levels(80, 1));
        IReadOnlyList<ChannelImportance> channels = ChannelImportance.Measure(classifier, Levels(60, 2));
        Assert.Equal(["noise", "level"], channels.Select(channel => channel.Name));
        Assert.InRange(channels[1].Mean, 0.3, 0.7);
        Assert.InRange(channels[0].Mean, -0.1, 0.1);
        Assert.Equal(5, channels[0].Falls.Count);
        Assert.InRange(channels[1].Spread, 0, 0.2);
    }

    [Fact]
    public void No_sequence_keeps_its_own_values()
    {
        // With two sequences, each has those of the other one in every shuffle.
        using var classifier = new SequenceClassifier(Waves.Quick with { Epochs = 30 });
        classifier.Fit(Levels(80, 1));
        ChannelImportance level = ChannelImportance.Measure(classifier, Levels(2, 2), new ImportanceOptions { Repeats = 20 })[1];
        Assert.All(level.Falls, fall => Assert.Equal(1, fall));
    }

    [Fact]
    public void The_same_seed_gives_the_same_figures()
    {
        using var classifier = new SequenceClassifier(Waves.Quick);
        classifier.Fit(Levels(40, 1));
        Assert.Equal(Falls(1), Falls(1));
        Assert.NotEqual(Falls(1), Falls(2));

        double[] Falls(int seed) => [.. ChannelImportance
            .Measure(classifier, Levels(50, 2), new ImportanceOptions { Seed = seed, MostSequences = 30, Repeats = 2 })
            .SelectMany(one => one.Falls)];
    }

    [Fact]
    public void A_single_series_is_moved_in_time_and_compared_with_its_true_values()
    {
        float[] values = [.. Enumerable.Range(0, 400).Select(i => (float)(i % 2 == 0 ? Math.Sin(i * 0.15) : Math.Cos(i * 0.9)))];
        var data = new SequenceDataset(2, [], [new Sequence(values, 2)]);
        using var forecaster = new SequenceForecaster(new TrainingOptions { Cell = "esn", Threads = 1 });
        forecaster.Fit(data);
        IReadOnlyList<ChannelImportance> channels = ChannelImportance.Measure(forecaster, data);
        Assert.All(channels, channel => Assert.True(channel.Mean > 0.1));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using SequenceClassifier classifier = Waves.Fitted();
        Assert.Throws<ArgumentOutOfRangeException>(
            () => ChannelImportance.Measure(classifier, Waves.Create(4, 1), new ImportanceOptions { Repeats = 0 }));
    }

    private static SequenceDataset Levels(int count, int seed)
    {
        var random = new SeededRandom(seed);
        return new SequenceDataset(2, ["low", "high"], Enumerable.Range(0, count).Select(i => new Sequence(
            Enumerable.Range(0, 16).Select(v => (float)(random.NextNormal() + (v % 2 == 1 ? 3 * (i % 2) : 0))).ToArray(), 2, i % 2)))
        {
            ChannelNames = ["noise", "level"],
        };
    }
}
