using Elman.Files;

namespace Elman.Tests.Losses;

/// <summary>Custom losses: copies of built-in losses give the same results as these, others their expected results.</summary>
public sealed class CustomLossTests
{
    private static readonly TrainingOptions _options = Waves.Quick with { Epochs = 5 };

    [Fact]
    public void Cross_entropy_written_by_hand_learns_what_the_built_in_one_learns_class_weights_and_unknown_labels_included()
    {
        SequenceDataset waves = Waves.Create(24, seed: 1);
        var data = new SequenceDataset(1, waves.ClassLabels, waves.Select((s, i) => s.WithStepLabels(
            Enumerable.Range(0, s.Steps).Select(t => (t + i) % 5 == 0 ? -1 : s.Label).ToArray())));
        TrainingOptions weighted = _options with { ClassWeights = ClassWeights.Parse("sine=3") };
        using SequenceTagger builtIn = new(weighted), byHand = new(weighted with { Loss = Loss.Custom("mine", new HandMade()) });
        TrainingSummary expected = builtIn.Fit(data), actual = byHand.Fit(data);
        Assert.Equal(expected.TrainLoss, actual.TrainLoss, 1e-5);
        Assert.Equal(builtIn.History[^1].Accuracy, byHand.History[^1].Accuracy);
        Close(builtIn, byHand);
    }

    [Fact]
    public void Squared_errors_written_by_hand_learn_what_the_built_in_ones_learn()
    {
        SequenceDataset data = Waves.Create(24, seed: 1);
        data = new SequenceDataset(1, [], data.Select(s => s.WithLabel(-1).WithTargets(new float[] { 3 + s.Label })), targetNames: ["y"]);
        using SequenceRegressor builtIn = new(_options), byHand = new(_options with { Loss = Loss.Custom("mine", new Squares()) });
        Assert.Equal(builtIn.Fit(data).TrainLoss, byHand.Fit(data).TrainLoss, 1e-6);
        Close(builtIn, byHand);
    }

    [Fact]
    public void A_case_of_which_nothing_is_known_is_left_out_and_a_target_that_is_missing_is_seen_as_such()
    {
        SequenceDataset data = Waves.Create(24, seed: 1);
        data = new SequenceDataset(1, [], data.Select((s, i) => s.WithLabel(-1).WithTargets(
            new float[] { i % 3 == 0 ? float.NaN : i, i % 3 < 2 ? float.NaN : -i })), targetNames: ["a", "b"]);
        var loss = new Squares();
        using SequenceRegressor regressor = new(_options with { Epochs = 1, Loss = Loss.Custom("mine", loss) });
        regressor.Fit(data);
        Assert.Equal(16, loss.Calls); // 8 of 24 have no target
        Assert.Equal(8, loss.Missing);
    }

    [Fact]
    public void Names_of_built_in_losses_and_what_a_loss_of_ones_own_does_not_go_with_are_refused()
    {
        var loss = Loss.Custom("mine", new HandMade());
        Assert.Equal(loss, Loss.Custom("mine", new Squares()));
        Assert.Throws<ArgumentException>(() => Loss.Custom("MSE", new Squares()));
        Assert.Throws<ArgumentException>(() => Loss.Custom("focal(2)", new Squares()));
        Assert.Throws<ArgumentException>(() => Loss.Custom(" ", new Squares()));
        Assert.Throws<FormatException>(() => Loss.Parse("mine"));
        Assert.Contains("LabelSmoothing", Assert.Throws<ArgumentException>(
            () => new SequenceClassifier(_options with { Loss = loss, LabelSmoothing = 0.1 })).Message, StringComparison.Ordinal);
        Assert.Contains("least squares", Assert.Throws<ArgumentException>(
            () => new SequenceClassifier(new TrainingOptions { Cell = "esn", Loss = loss })).Message, StringComparison.Ordinal);
    }

    private static void Close(SequenceEstimator expected, SequenceEstimator actual)
    {
        float[] a = Numbers(expected), b = Numbers(actual);
        Assert.Equal(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++)
            Assert.Equal(a[i], b[i], 1e-3);

        static float[] Numbers(SequenceEstimator estimator) =>
            [.. SafetensorsReader.Read(new MemoryStream(estimator.ToBytes()), "m").Tensors
                .OrderBy(tensor => tensor.Name, StringComparer.Ordinal)
                .SelectMany(tensor => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray())];
    }

    /// <summary>−Σ t·ln p, with p by softmax.</summary>
    private sealed class HandMade : ILoss
    {
        public double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
        {
            double all = 0, loss = 0;
            foreach (double output in outputs)
                all += Math.Exp(output);
            for (int o = 0; o < outputs.Length; o++)
            {
                double p = Math.Exp(outputs[o]) / all;
                loss -= target[o] == 0 ? 0 : target[o] * Math.Log(p);
                gradient[o] = p - target[o];
            }
            return loss;
        }
    }

    /// <summary>Σ(y − t)² over the known targets.</summary>
    private sealed class Squares : ILoss
    {
        public int Calls { get; private set; }

        public int Missing { get; private set; }

        public double Evaluate(ReadOnlySpan<double> outputs, ReadOnlySpan<double> target, Span<double> gradient)
        {
            Calls++;
            double loss = 0;
            for (int o = 0; o < outputs.Length; o++)
            {
                if (double.IsNaN(target[o]))
                {
                    Missing++;
                    continue;
                }
                loss += (outputs[o] - target[o]) * (outputs[o] - target[o]);
                gradient[o] = 2 * (outputs[o] - target[o]);
            }
            return loss;
        }
    }
}
