namespace Elman.Tests;

public sealed class SequenceClassifierDeterminismTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Large enough that every step is shared among the threads.</summary>
    private static readonly TrainingOptions _options = new()
    {
        Model = new() { Layers = [40] },
        Epochs = 2,
        Batch = 32,
        Validation = 0.2,
        Threads = 1,
    };

    private static readonly SequenceDataset _data = Waves.Create(80, seed: 1, ragged: true, channels: 3);

    private readonly byte[] _alone;

    public SequenceClassifierDeterminismTests() => _alone = FileOf(_options);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_same_seed_gives_the_same_file_whatever_the_number_of_threads(int threads) =>
        Assert.Equal(_alone, FileOf(_options with { Threads = threads }));

    [Fact]
    public void So_does_a_deep_one_that_reads_both_ways_with_all_that_is_random()
    {
        TrainingOptions deep = _options with
        {
            Cell = "lstm",
            Model = _options.Model with
            {
                Layers = [24, 24],
                Bidirectional = true,
                Residual = true,
                Zoneout = 0.1,
                Readout = Readout.Attention,
            },
            Dropout = 0.2,
            RecurrentDropout = 0.3,
        };
        byte[] alone = FileOf(deep);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, FileOf(deep with { Threads = threads }));
        Assert.NotEqual(alone, FileOf(deep with { Dropout = 0.3 }));
        Assert.NotEqual(alone, FileOf(deep with { RecurrentDropout = 0.2 }));
        Assert.NotEqual(alone, FileOf(deep with { Model = deep.Model with { Zoneout = 0.2 } }));
    }

    [Fact]
    public void Another_seed_gives_another_model() => Assert.NotEqual(_alone, FileOf(_options with { Seed = 2 }));

    [Fact]
    public void A_second_fit_forgets_the_first()
    {
        using var classifier = new SequenceClassifier(_options);
        classifier.Fit(Waves.Create(40, seed: 2, channels: 2));
        classifier.Fit(_data);
        Assert.Equal(_alone, FileOf(classifier));
    }

    [Fact]
    public void Progress_changes_nothing()
    {
        using var classifier = new SequenceClassifier(_options);
        classifier.Fit(_data, progress: new Heard<TrainingProgress>());
        Assert.Equal(_alone, FileOf(classifier));
    }

    public void Dispose() => _folder.Dispose();

    private byte[] FileOf(TrainingOptions options)
    {
        using var classifier = new SequenceClassifier(options);
        classifier.Fit(_data);
        return FileOf(classifier);
    }

    private byte[] FileOf(SequenceClassifier classifier)
    {
        classifier.Save(_folder.File("m"));
        return File.ReadAllBytes(_folder.File("m"));
    }
}
