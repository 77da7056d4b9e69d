namespace Elman.Tests;

/// <summary>The sums of least squares add up: training on parts gives the same result as training on all data together.</summary>
public sealed class PartialFitReservoirTests
{
    private static readonly TrainingOptions _esn = new()
    {
        Cell = "esn",
        Model = new() { Layers = [30] },
        Inputs = new() { Standardize = false },
        Threads = 1,
    };

    [Fact]
    public void Pieces_give_the_classifier_that_all_data_give_at_once()
    {
        SequenceDataset all = Scaled(Waves.Create(150, seed: 1, ragged: true)), test = Scaled(Waves.Create(40, seed: 2, ragged: true));
        using SequenceClassifier whole = new(_esn), pieces = new(_esn), further = new(_esn);
        whole.Fit(all);
        foreach (int[] piece in Enumerable.Range(0, 150).Chunk(40))
            pieces.PartialFit(all.Subset(piece));
        further.Fit(all.Subset(Enumerable.Range(0, 90)));
        further.PartialFit(all.Subset(Enumerable.Range(90, 60)));
        float[] expected = [.. whole.PredictProbabilities(test)];
        Assert.Equal(expected, [.. pieces.PredictProbabilities(test)], (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(expected, [.. further.PredictProbabilities(test)], (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.InRange(expected.Max(), 0.9f, 1);
    }

    [Fact]
    public void Pieces_give_the_forecaster_that_all_data_give_at_once()
    {
        SequenceDataset all = Scaled(Waves.Create(60, seed: 1, ragged: true)), test = Scaled(Waves.Create(5, seed: 2));
        using SequenceForecaster whole = new(_esn with { Forecast = _esn.Forecast with { Horizon = 4 } }),
            pieces = new(_esn with { Forecast = _esn.Forecast with { Horizon = 4 } });
        whole.Fit(all);
        double loss = 0;
        foreach (int[] piece in Enumerable.Range(0, 60).Chunk(17))
            loss = pieces.PartialFit(all.Subset(piece));
        Assert.InRange(loss, 1e-6, 1);
        Assert.Equal(whole.Predict(test), pieces.Predict(test), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void What_comes_from_a_file_can_not_continue_and_explains_why()
    {
        using var folder = new TemporaryFolder();
        using SequenceClassifier fitted = Waves.Fitted(_esn);
        fitted.Save(folder.File("m"));
        using var loaded = SequenceClassifier.Load(folder.File("m"));
        SequenceDataset data = Waves.Create(20, seed: 3);
        string[] before = loaded.Predict(data);
        Assert.Contains(
            "not the sums", Assert.Throws<InvalidOperationException>(() => loaded.PartialFit(data)).Message, StringComparison.Ordinal);
        Assert.Equal(before, loaded.Predict(data));
        loaded.Fit(data);
        loaded.PartialFit(data);
    }

    [Fact]
    public void A_piece_that_diverges_leaves_what_was_learned_and_others_can_follow()
    {
        TrainingOptions linear = _esn with
        {
            Cell = new EsnOptions
            {
                Activation = Activation.Identity,
                LeakRate = 1,
                SpectralRadius = 1.5,
            }
        };
        SequenceDataset first = Waves.Create(32, seed: 1), second = Waves.Create(32, seed: 2);
        var huge = new SequenceDataset(1, Waves.Classes,
            first.Select((s, i) => i < 30 ? s : new Sequence(s.Values.ToArray().Select(x => x * 3e37f).ToArray(), 1, s.Label)));
        using SequenceClassifier disturbed = new(linear), calm = new(linear);
        disturbed.PartialFit(first);
        float[] before = disturbed.PredictProbabilities(second[0]);
        Assert.Throws<TrainingDivergedException>(() => disturbed.PartialFit(huge));
        Assert.Equal(before, disturbed.PredictProbabilities(second[0]));
        disturbed.PartialFit(second);
        calm.PartialFit(first);
        calm.PartialFit(second);
        Assert.Equal(calm.PredictProbabilities(second), disturbed.PredictProbabilities(second));
    }

    [Fact]
    public void Where_the_first_piece_diverges_nothing_was_learned()
    {
        using var classifier = new SequenceClassifier(_esn with
        {
            Cell = new EsnOptions
            {
                Activation = Activation.Identity,
                SpectralRadius = 1e6,
            }
        });
        Assert.Throws<TrainingDivergedException>(() => classifier.PartialFit(Waves.Create(8, seed: 1)));
        Assert.False(classifier.IsFitted);
    }

    /// <summary>Centred on 0, since nothing is standardised.</summary>
    private static SequenceDataset Scaled(SequenceDataset data) =>
        new(1, data.ClassLabels, data.Select(s => new Sequence(s.Values.ToArray().Select(x => x - 5).ToArray(), 1, s.Label)));
}
