using Elman.PyTorch.Tests.Tensors;

namespace Elman.PyTorch.Tests.Mapping;

/// <summary>What a state dictionary does not say must be said.</summary>
public sealed class LoadOptionsTests
{
    private static readonly byte[] _gru = File.ReadAllBytes(Fixture.Form("plain.safetensors"));

    private static byte[] Rnn(int outputs = 2) => Fixture.Bytes(
        [.. StateMapTests.Layer("r.", "l0", 1, 2, 3), Fixture.Tensor("o.weight", [outputs, 3])]);

    [Fact]
    public void The_readout_must_be_given() =>
        Assert.Contains("Readout", Refused(_gru, FormTests.Options with { Readout = null }), StringComparison.Ordinal);

    [Fact]
    public void A_tagger_has_no_readout() =>
        Assert.Contains("every step", Refused(_gru, FormTests.Options with { Task = PyTorchTask.Tag }), StringComparison.Ordinal);

    [Fact]
    public void Other_readouts_than_those_of_PyTorch_are_refused() =>
        Assert.Contains("attention", Refused(_gru, FormTests.Options with { Readout = Readout.Attention }), StringComparison.Ordinal);

    [Fact]
    public void The_activation_of_a_simple_network_must_be_given()
    {
        Assert.Contains("--activation", Refused(Rnn(), FormTests.Options), StringComparison.Ordinal);
        Assert.Contains("tanh or relu", Refused(Rnn(), FormTests.Options with { Activation = Activation.Sigmoid }),
            StringComparison.Ordinal);
        Assert.Contains("nn.GRU", Refused(_gru, FormTests.Options with { Activation = Activation.Tanh }), StringComparison.Ordinal);
    }

    [Fact]
    public void One_score_is_that_of_a_class_against_no_class()
    {
        PyTorchLoadOptions options = FormTests.Options with { Activation = Activation.Relu };
        Assert.Contains("--multi-label", Refused(Rnn(1), options with { Task = PyTorchTask.Classify }), StringComparison.Ordinal);
        using SequenceEstimator model = PyTorchFile.Load(Rnn(1), options with { Task = PyTorchTask.ClassifyMany }).Estimator;
        var classifier = (SequenceClassifier)model;
        Assert.True(classifier.IsMultiLabel);
        Assert.Equal(["1"], classifier.Classes);
        Assert.Equal([0.5f], classifier.PredictProbabilities(new Sequence(new float[] { 1, 2 }, 2)));
    }

    [Fact]
    public void Names_are_those_of_the_outputs()
    {
        PyTorchLoadOptions options = FormTests.Options with { Task = PyTorchTask.Classify };
        using SequenceEstimator numbered = PyTorchFile.Load(_gru, options).Estimator;
        Assert.Equal(["0", "1", "2"], ((SequenceClassifier)numbered).Classes);
        using SequenceEstimator named = PyTorchFile.Load(_gru, options with { Names = ["c", "a", "b"] }).Estimator;
        Assert.Equal(["c", "a", "b"], ((SequenceClassifier)named).Classes);
        Assert.Contains("2 names", Refused(_gru, options with { Names = ["a", "b"] }), StringComparison.Ordinal);
        Assert.Contains("2 of them different", Refused(_gru, options with { Names = ["a", "b", "a"] }), StringComparison.Ordinal);
    }

    private static string Refused(byte[] bytes, PyTorchLoadOptions options) =>
        Assert.Throws<ArgumentException>(() => PyTorchFile.Load(bytes, options)).Message;
}
