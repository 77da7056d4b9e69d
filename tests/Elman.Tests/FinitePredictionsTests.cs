using System.Numerics.Tensors;
using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>A prediction is finite or is refused, on whole sequences and on streams.</summary>
public class FinitePredictionsTests
{
    // The identity as activation makes outputs proportional to inputs, so that they stay finite where their units do not.
    private static readonly TrainingOptions _linear = Waves.Quick with
    {
        Cell = new RnnOptions { Activation = Activation.Identity },
        Epochs = 30,
        LearningRate = 0.01,
    };

    [Fact]
    public void A_prediction_that_is_infinite_in_the_units_of_the_targets_is_refused()
    {
        using var regressor = new SequenceRegressor(_linear);
        regressor.Fit(Proportional(1e38f, 1, 2, 3, 0.5f, 1.5f, 2.5f));
        SequenceDataset data = Proportional(1, 1, 100, 1);
        foreach (Action predict in (Action[])[() => regressor.Predict(data), () => regressor.Evaluate(data)])
            Assert.Contains("The prediction for sequence 2 of 'file.csv' is too large for a 32-bit number in the units",
                Assert.Throws<ArgumentException>("data", predict).Message, StringComparison.Ordinal);

        using SequenceSession session = regressor.OpenSession(), other = regressor.OpenSession();
        Assert.Throws<OverflowException>(() => session.Step([100f]));
        Assert.Throws<OverflowException>(() => session.Answer.Length);
        session.Reset();
        SameBits.Assert<float>(regressor.Predict(data[0]), session.Step([1f]));
        Assert.Contains("stream 2", Assert.Throws<OverflowException>(() => regressor.StepMany([session, other], [1, 100])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_forecast_that_is_infinite_in_the_units_of_the_channels_is_refused()
    {
        using var forecaster = new SequenceForecaster(_linear);
        var rising = new float[40];
        for (int t = 0; t < rising.Length; t++)
            rising[t] = (t % 8) * 1e36f;
        forecaster.Fit(new SequenceDataset(1, [], [new Sequence(rising, 1), new Sequence(rising, 1)], "series.csv"));
        float[] above = [3e38f, 3.4e38f, 3.4e38f, 3.4e38f, 3.4e38f];
        float[] below = [.. above.Select(value => -value)];
        bool IsRefused(float[] values)
        {
            try
            {
                return !TensorPrimitives.IsFiniteAll<float>(forecaster.Predict(new Sequence(values, 1)));
            }
            catch (ArgumentException e)
            {
                Assert.Contains("The prediction for sequence 1 of 'the sequence'", e.Message, StringComparison.Ordinal);
                return true;
            }
        }
        float[] growing = IsRefused(above) ? above : below;
        Assert.Throws<ArgumentException>("data", () => forecaster.Predict(new Sequence(growing, 1)));
    }

    [Fact]
    public void A_skipped_first_step_is_refused_too_where_the_bias_is_infinite_in_the_units_of_the_targets()
    {
        using var regressor = new SequenceRegressor(_linear with { Inputs = _linear.Inputs with { Missing = MissingValues.Mask } });
        regressor.Fit(Proportional(1e38f, 1, 2, 3, 0.5f, 1.5f, 2.5f));
        using SequenceRegressor large = ModelWith(regressor, "output.b", 1e38f);
        using SequenceSession session = large.OpenSession();
        Assert.Throws<OverflowException>(() => session.Step([float.NaN]));
    }

    [Fact]
    public void The_plain_classifier_refuses_what_it_can_not_compute()
    {
        using SimpleRnnClassifier<float> classifier = SmallRnn.Create<float>(Activation.Identity);
        Tensor<float> x = SmallRnn.X<float>();
        x[0, 0, 0] = 3e38f;
        x[0, 0, 1] = -3e38f;
        x[0, 1, 0] = float.PositiveInfinity;
        Assert.Throws<ArgumentException>("x", () => classifier.Forward(x.AsReadOnlyTensorSpan()));
        Assert.Throws<ArgumentException>("x", () => classifier.PredictProbabilities(x.AsReadOnlyTensorSpan()));
        Assert.Throws<ArgumentException>("x", () => classifier.Predict(x.AsReadOnlyTensorSpan()));
        Assert.Throws<ArgumentException>("x", () => classifier.LastState(x.AsReadOnlyTensorSpan()));
        Assert.Throws<ArgumentException>(
            "x", () => classifier.Score(x.AsReadOnlyTensorSpan(), SmallRnn.Y<float>().AsReadOnlyTensorSpan()));
    }

    /// <summary>Returns sequences of one step, each with a target proportional to it.</summary>
    private static SequenceDataset Proportional(float factor, params float[] values) => new(
        1, [], [.. values.Select(value => new Sequence(new[] { value }, 1).WithTargets(new[] { value * factor }))], "file.csv", ["size"]);

    /// <summary>Returns the model with a tensor of one value replaced.</summary>
    private static SequenceRegressor ModelWith(SequenceRegressor model, string tensor, float value)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.safetensors");
        model.Save(path);
        Safetensors content = SafetensorsReader.Read(path);
        SafetensorsWriter.Write(path, content with
        {
            Tensors = [.. content.Tensors.Select(one => one.Name == tensor ? one with { Bytes = BitConverter.GetBytes(value) } : one)],
            Metadata = content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary(),
        });
        return SequenceRegressor.Load(path);
    }
}
