using System.Runtime.InteropServices;
using Elman.Files;
using Elman.PyTorch.Tests.Mapping;
using Elman.PyTorch.Tests.Tensors;

namespace Elman.PyTorch.Tests.Writing;

/// <summary>What an imported model is written as after further training.</summary>
public sealed class FurtherTrainingTests
{
    /// <summary>Element by element: where the sum of both biases is still that of the model, both are as they were.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_bias_that_changed_is_written_alone_and_the_others_as_they_were(int gates)
    {
        const int Units = 3;
        var random = new Random(gates);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(random.NextDouble() - 0.5))];
        List<SafetensorsTensor> tensors = [.. StateMapTests.Layer("r.", "l0", gates, 2, Units).Select(tensor => Fixture.Tensor(
            tensor.Name, tensor.Shape, Draw(tensor.Bytes.Length / sizeof(float)))), Fixture.Tensor("o.weight", [2, Units])];
        using SequenceEstimator model = PyTorchFile.Load(
            Fixture.Bytes(tensors), FormTests.Options with { Activation = gates == 1 ? Activation.Tanh : null }).Estimator;
        Span<float> bias = Bias(model);
        bias[0] += 1;
        bias[^1] += 2;
        float[] changed = bias.ToArray();

        Dictionary<string, SafetensorsTensor> written = StackTests.Exported(model).ToDictionary(tensor => tensor.Name);
        float[] input = Floats(written["r.bias_ih_l0"]), recurrent = Floats(written["r.bias_hh_l0"]);
        float[] oldInput = Floats(tensors[2]), oldRecurrent = Floats(tensors[3]);
        for (int i = 0; i < gates * Units; i++)
        {
            bool isCandidate = gates == 3 && i >= 2 * Units, isChanged = i == 0 || (i == (gates * Units) - 1);
            if (isCandidate)
            {
                Assert.Equal(oldInput[i], input[i]);
                Assert.Equal(changed[i + Units], recurrent[i]);
            }
            else
            {
                Assert.Equal(isChanged ? changed[i] : oldInput[i], input[i]);
                Assert.Equal(isChanged ? 0 : oldRecurrent[i], recurrent[i]);
            }
        }
    }

    [Fact]
    public void The_names_stay_through_further_training_of_every_kind()
    {
        using var model = (SequenceRegressor)PyTorchFile.Load(Fixture.Form("plain.pt"), FormTests.Options).Estimator;
        SequenceDataset data = new(1, [], [.. Enumerable.Range(0, 6).Select(
            i => new Sequence(new float[] { i % 5, 1 }, 1).WithTargets(new float[] { i, 1, -i }))], "data", ["0", "1", "2"]);
        string[] names = [.. StackTests.Exported(model).Select(tensor => tensor.Name)];
        using var further = new SequenceRegressor(new TrainingOptions { Epochs = 1, Threads = 1 });
        further.FitFrom(model, data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(names, StackTests.Exported(further).Select(tensor => tensor.Name));
        using var loaded = SequenceRegressor.Load(further.ToBytes());
        loaded.PartialFit(data);
        Assert.Equal(names, StackTests.Exported(loaded).Select(tensor => tensor.Name));
        Assert.NotEqual(Floats(StackTests.Exported(model)[0]), Floats(StackTests.Exported(loaded)[0]));
        // Training from random weights makes another model.
        using var anew = new SequenceRegressor(new TrainingOptions { Cell = "gru", Epochs = 1, Threads = 1 });
        anew.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains("rnn.weight_ih_l0", StackTests.Exported(anew).Select(tensor => tensor.Name));
    }

    [Fact]
    public void A_module_without_biases_that_learned_some_is_written_with_them_and_a_warning()
    {
        List<SafetensorsTensor> tensors = [.. StateMapTests.Layer("r.", "l0", 4, 2, 3).Take(2), Fixture.Tensor("o.weight", [2, 3])];
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Bytes(tensors), FormTests.Options).Estimator;
        Fixture.AssertSame(tensors, StackTests.Exported(model));
        Bias(model)[5] = 0.25f;
        using var stream = new MemoryStream();
        PyTorchExport export = PyTorchFile.Save(model, stream);
        Assert.Contains("'r' was imported without biases", Assert.Single(export.Warnings), StringComparison.Ordinal);
        Assert.Equal("r = nn.LSTM(2, 3, batch_first=True)", export.Modules[0]);
        Assert.Equal(0.25f, Floats(Fixture.Tensors(stream.ToArray())["r.bias_ih_l0"])[5]);
    }

    [Fact]
    public void A_half_that_learned_more_digits_is_written_as_a_float_with_a_warning()
    {
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Form("half.pt"), FormTests.Options).Estimator;
        Elman.Models.SequenceModel<float> network = model.Fitted.Model;
        network.Values.Span(network.Output.Bias)[0] = 0.1f;
        using var stream = new MemoryStream();
        PyTorchExport export = PyTorchFile.Save(model, stream);
        Assert.Contains("'linear.bias' was imported as F16", Assert.Single(export.Warnings), StringComparison.Ordinal);
        Assert.Equal("F32", Fixture.Tensors(stream.ToArray())["linear.bias"].ElementType);
        Assert.Equal("F16", Fixture.Tensors(stream.ToArray())["linear.weight"].ElementType);
    }

    private static Span<float> Bias(SequenceEstimator model)
    {
        Elman.Models.SequenceModel<float> network = model.Fitted.Model;
        return network.Values.Span(network.Values.Layout.Slices.Single(slice => slice.Name == "rnn.0.b"));
    }

    private static float[] Floats(SafetensorsTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray();
}
