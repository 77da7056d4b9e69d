using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Oscillators and counts in the public classes.</summary>
public sealed class SequenceEstimatorCountsTests : IDisposable
{
    private static readonly TrainingOptions _options = new()
    {
        Cell = "oscillator",
        Model = new() { Layers = [60], Readout = Readout.Counts },
        Threads = 1,
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Readout, bool> Variants => new(
        from cell in (string[])["oscillator", "delays", "esn"]
        from readout in (Readout[])[Readout.Counts, Readout.CountsHalves, Readout.CountsFull]
        from bidirectional in (bool[])[false, true]
        select (cell, readout, bidirectional));

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_classifier_learns_and_its_file_says_the_same(string cell, Readout readout, bool bidirectional)
    {
        TrainingOptions options = _options with
        {
            Cell = cell,
            Model = _options.Model with { Readout = readout, Bidirectional = bidirectional },
        };
        using SequenceClassifier classifier = new(options), threaded = new(options with { Threads = 3 });
        classifier.Fit(Waves.Create(80, seed: 1, ragged: true));
        threaded.Fit(Waves.Create(80, seed: 1, ragged: true));
        SequenceDataset data = Waves.Create(60, seed: 2, ragged: true);
        Assert.InRange(classifier.Evaluate(data).Accuracy, 0.9, 1);
        classifier.Save(_folder.File("one"));
        threaded.Save(_folder.File("three"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("three")));
        using SequenceClassifier loaded = SequenceClassifier.Load(_folder.File("one"));
        Assert.Equal(readout, loaded.Options.Model.Readout);
        Assert.Equal([60], loaded.Options.ResolvedLayers);
        foreach (Sequence sequence in data)
            SameBits.Assert<float>(classifier.PredictProbabilities(sequence), loaded.PredictProbabilities(sequence));
        int width = bidirectional ? 120 : 60, features = width * (readout.Name switch
        {
            "counts" => 6,
            "counts-halves" => 16,
            _ => 15,
        }), thresholds = readout == Readout.CountsFull ? 3 : 5;
        Assert.Equal((features + 1) * 2, loaded.LearnedParameterCount);
        Assert.Equal(
            (thresholds * width, width, features), (loaded.Layers[1].Parameters, loaded.Layers[1].Inputs, loaded.Layers[1].Outputs));
    }

    [Theory]
    [InlineData("oscillator", "counts")]
    [InlineData("oscillator", "counts-full")]
    [InlineData("delays", "counts")]
    [InlineData("delays", "counts-full")]
    [InlineData("esn", "counts")]
    [InlineData("esn", "counts-full")]
    public void Sessions_give_at_every_step_the_prediction_for_the_sequence_so_far_and_can_be_copied_and_kept(string cell, string readout)
    {
        using SequenceClassifier classifier = Waves.Fitted(_options with
        {
            Cell = cell,
            Model = _options.Model with { Readout = Readout.Parse(readout) },
        });
        Sequence sequence = Waves.Create(2, seed: 9)[1];
        using SequenceSession session = classifier.OpenSession();
        for (int t = 0; t < sequence.Steps; t++)
        {
            byte[] kept = session.Save();
            using SequenceSession copy = session.Copy(), restored = classifier.OpenSession();
            restored.Restore(kept);
            foreach (SequenceSession one in (SequenceSession[])[session, copy, restored])
            {
                one.Step([sequence.Values.Span[t]]);
                SameBits.Assert<float>(classifier.PredictProbabilities(new Sequence(sequence.Values[..(t + 1)], 1)), one.Answer);
            }
        }
    }

    [Theory]
    [InlineData("counts", false)]
    [InlineData("counts-full", false)]
    [InlineData("counts-full", true)]
    [InlineData("last", false)]
    public void Mixed_units_learn_and_the_file_and_a_stream_say_the_same(string readout, bool twoLayers)
    {
        TrainingOptions options = _options with
        {
            Cell = new OscillatorOptions { Mix = true },
            Model = _options.Model with { Readout = Readout.Parse(readout), Layers = twoLayers ? [20, 60] : [60] },
        };
        using SequenceClassifier classifier = Waves.Fitted(options), threaded = Waves.Fitted(options with { Threads = 3 });
        SequenceDataset data = Waves.Create(40, seed: 2, ragged: true);
        // The last output contains little information about waves.
        Assert.InRange(classifier.Evaluate(data).Accuracy, readout == "last" ? 0.6 : 0.9, 1);
        classifier.Save(_folder.File("one"));
        threaded.Save(_folder.File("three"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("three")));
        using SequenceClassifier loaded = SequenceClassifier.Load(_folder.File("one"));
        Assert.Equal(new OscillatorOptions { Mix = true }, loaded.Options.Cell);
        foreach (Sequence sequence in data)
        {
            using SequenceSession session = loaded.OpenSession();
            foreach (float value in sequence.Values.Span)
                session.Step([value]);
            SameBits.Assert<float>(classifier.PredictProbabilities(sequence), session.Answer);
        }
    }

    [Fact]
    public void Halves_are_refused_on_a_stream()
    {
        using SequenceClassifier classifier = Waves.Fitted(
            _options with { Model = _options.Model with { Readout = Readout.CountsHalves } });
        Assert.Contains("counts both halves", Assert.Throws<ArgumentException>(classifier.OpenSession).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oscillator")]
    [InlineData("delays")]
    public void Readouts_that_count_also_predict_at_every_step_and_forecast(string cell)
    {
        using var tagger = new SequenceTagger(_options with { Cell = cell, Model = _options.Model with { Readout = Readout.Last } });
        tagger.Fit(Melodies.Tagged(100, seed: 1));
        Assert.InRange(tagger.Evaluate(Melodies.Tagged(50, seed: 2)).Steps.Accuracy, 0.8, 1);
        using var forecaster = new SequenceForecaster(_options with
        {
            Cell = cell,
            Model = _options.Model with { Readout = Readout.Last },
        });
        forecaster.Fit(Melodies.Sines(60, seed: 1));
        ForecastEvaluation evaluation = forecaster.Evaluate(Melodies.Sines(20, seed: 2));
        Assert.True(evaluation.PerStepAhead[0].Rmse < 0.3 * evaluation.Naive[0].Rmse);
    }

    [Fact]
    public void Many_streams_of_delays_step_as_each_does_alone()
    {
        using SequenceClassifier classifier = Waves.Fitted(_options with { Cell = "delays" });
        float[] x = Waves.Create(2, seed: 9)[1].Values.ToArray();
        SequenceSession[] many = [.. Enumerable.Range(0, 5).Select(_ => classifier.OpenSession())],
            alone = [.. Enumerable.Range(0, 5).Select(_ => classifier.OpenSession())];
        for (int t = 0; t < x.Length; t++)
        {
            int[] some = [.. Enumerable.Range(0, 5).Where(i => (t + i) % 3 != 0)]; // so that they have come unequally far
            float[] steps = [.. some.Select(i => x[t] * (i + 1))];
            classifier.StepMany([.. some.Select(i => many[i])], steps);
            for (int k = 0; k < some.Length; k++)
            {
                alone[some[k]].Step([steps[k]]);
                SameBits.Assert<float>(alone[some[k]].Answer, many[some[k]].Answer);
            }
        }
        foreach (SequenceSession session in many.Concat(alone))
            session.Dispose();
    }

    public void Dispose() => _folder.Dispose();
}
