namespace Elman.Tests.Training;

/// <summary>Training that is cancelled after a number of batches of an epoch.</summary>
public sealed class CancellationWithinAnEpochTests
{
    private static readonly TrainingOptions _options = new()
    {
        Model = new() { Layers = [5] },
        Epochs = 10,
        Batch = 1,
        Schedule = LearningRateSchedule.Constant,
        Inputs = new() { Standardize = false },
        Threads = 1,
    };

    // All sequences are the same, so that some batches of an epoch are an epoch of their sequences, in any order.
    private static readonly Sequence _melody = Melodies.Tagged(1, seed: 4)[0];

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void The_weights_are_those_of_the_batches_that_were_learned(int batches)
    {
        using var cancelled = new SequenceTagger(_options);
        using var shorter = new SequenceTagger(_options with { Epochs = 1 });
        TrainingSummary summary = FitUntil(cancelled, Copies(6), epochs: 0, batches);
        shorter.Fit(Data(Copies(batches)));
        Assert.Equal((0, true), (summary.Epochs, summary.Cancelled));
        Assert.Equal(Answers(shorter), Answers(cancelled));
    }

    [Fact]
    public void With_validation_data_the_weights_are_those_of_the_best_epoch_that_ended()
    {
        SequenceDataset validation = Melodies.Tagged(8, seed: 2);
        TrainingOptions options = _options with { Calibrate = false };
        using var cancelled = new SequenceTagger(options);
        using var shorter = new SequenceTagger(options with { Epochs = 3 });
        TrainingSummary summary = FitUntil(cancelled, Copies(6), epochs: 3, batches: 2, validation);
        TrainingSummary whole = shorter.Fit(Data(Copies(6)), validation);
        Assert.Equal((3, true), (summary.Epochs, summary.Cancelled));
        Assert.Equal((whole.BestEpoch, whole.ValidationLoss), (summary.BestEpoch, summary.ValidationLoss));
        Assert.Equal(Answers(shorter), Answers(cancelled));
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        // The loss of the first batch is finite. Its update makes the weights infinite, and then training is cancelled.
        using var tagger = new SequenceTagger(
            _options with { Optimizer = OptimizerKind.Sgd, LearningRate = 1e300, Clip = double.PositiveInfinity });
        var e = Assert.Throws<TrainingDivergedException>(() => FitUntil(tagger, Copies(6), epochs: 0, batches: 1));
        Assert.Equal(1, e.Epoch);
        Assert.Contains("A weight became infinite or NaN in epoch 1", e.Message, StringComparison.Ordinal);
        Assert.False(tagger.IsFitted);
    }

    private static IReadOnlyList<Sequence> Copies(int count) => [.. Enumerable.Repeat(_melody, count)];

    private static SequenceDataset Data(IReadOnlyList<Sequence> sequences) => SequenceDataset.Over(1, ["0", "1"], sequences);

    /// <summary>Cancels training while the last of some batches of the epoch after <paramref name="epochs"/> is read.</summary>
    private static TrainingSummary FitUntil(
        SequenceTagger tagger, IReadOnlyList<Sequence> sequences, int epochs, int batches, SequenceDataset? validation = null)
    {
        // The number of reads before the first epoch begins, and in a batch.
        var rehearsed = new CountedReads(sequences);
        var ends = new List<int>();
        using (var rehearsal = new SequenceTagger(_options with { Epochs = 2 }))
            rehearsal.Fit(Data(rehearsed), validation, new Heard<TrainingProgress>(report =>
            {
                if (report.EpochEnded)
                    ends.Add(rehearsed.Reads.Count);
            }));
        int readsOfABatch = (ends[1] - ends[0]) / sequences.Count;
        int last = ends[0] + (((epochs - 1) * sequences.Count) + batches) * readsOfABatch;

        using var source = new CancellationTokenSource();
        var counted = new CountedReads(sequences)
        {
            AfterRead = reads =>
            {
                if (reads == last)
                    source.Cancel();
            },
        };
        return tagger.Fit(Data(counted), validation, progress: null, source.Token);
    }

    private static float[] Answers(SequenceTagger tagger)
    {
        var answers = tagger.PredictProbabilities(_melody);
        float[] values = new float[answers.FlattenedLength];
        answers.FlattenTo(values);
        return values;
    }
}
