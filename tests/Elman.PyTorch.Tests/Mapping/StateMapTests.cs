using Elman.Files;
using Elman.PyTorch.Tests.Tensors;

namespace Elman.PyTorch.Tests.Mapping;

/// <summary>Tensors are understood by their names and shapes, and refused by name if one is left over or missing.</summary>
public sealed class StateMapTests
{
    /// <summary>A GRU of two layers in both directions: 2 inputs, 3 units; 4 outputs.</summary>
    private static List<SafetensorsTensor> Gru(string prefix = "rnn.", string linear = "linear.") =>
    [
        .. Layer(prefix, "l0", 3, 2, 3), .. Layer(prefix, "l0_reverse", 3, 2, 3), .. Layer(prefix, "l1", 3, 6, 3),
        .. Layer(prefix, "l1_reverse", 3, 6, 3), Fixture.Tensor($"{linear}weight", [4, 6]), Fixture.Tensor($"{linear}bias", [4]),
    ];

    [Theory]
    [InlineData("rnn.", "linear.")]
    [InlineData("module.encoder.gru.", "module.head.2.")]
    [InlineData("", "out.")]
    [InlineData("a.weight_ih_l0.", "")]
    [InlineData("ü\u202E.", "\n.")]
    public void Names_may_have_any_prefix_and_come_back(string prefix, string linear)
    {
        List<SafetensorsTensor> tensors = Gru(prefix, linear);
        using SequenceEstimator model = PyTorchFile.Load(Fixture.Bytes(tensors), FormTests.Options).Estimator;
        Fixture.AssertSame(tensors, StackTests.Exported(model));
        using var loaded = SequenceEstimator.LoadAny(model.ToBytes());
        Fixture.AssertSame(tensors, StackTests.Exported(loaded));
    }

    [Fact]
    public void A_name_that_begins_with_a_dot_is_refused_instead_of_lost() => Assert.Contains(
        "'.weight'", Refused([.. Gru(linear: ""), Fixture.Tensor(".weight", [4, 6])]), StringComparison.Ordinal);

    [Fact]
    public void Every_missing_tensor_is_named()
    {
        // Without its bias, nn.Linear is one without bias; without its weight, the bias is left over.
        foreach (SafetensorsTensor missing in Gru().Where(tensor => tensor.Name != "linear.bias"))
        {
            string message = Refused(Gru().Where(tensor => tensor.Name != missing.Name));
            Assert.Contains(missing.Name.Replace("linear.weight", "linear.bias"), message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("norm.weight", 1)]
    [InlineData("norm.bias", 1)]
    [InlineData("conv.weight", 3)]
    [InlineData("linear.scale", 1)]
    [InlineData("rnn.weight_ih_l00", 2)]
    [InlineData("rnn.weight_ih_L0", 2)]
    [InlineData("attention.in_proj_weight", 2)]
    public void Every_tensor_that_is_left_over_is_named(string name, int rank)
    {
        string message = Refused([.. Gru(), Fixture.Tensor(name, [.. Enumerable.Repeat(5L, rank)])]);
        Assert.Contains($"'{name}' [5", message, StringComparison.Ordinal);
        Assert.Contains("no place in a model", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_shape_that_does_not_fit_is_named()
    {
        foreach (SafetensorsTensor tensor in Gru())
        {
            for (int d = 0; d < tensor.Shape.Length; d++)
            {
                if (tensor.Name == "linear.weight" && d == 0)
                    continue; // then the bias does not fit
                long[] shape = [.. tensor.Shape];
                shape[d]++;
                string message = Refused(Gru().Select(other => other.Name == tensor.Name ? Fixture.Tensor(other.Name, shape) : other));
                Assert.True(message.Contains("_l0", StringComparison.Ordinal) || message.Contains("linear", StringComparison.Ordinal)
                    || message.Contains(tensor.Name, StringComparison.Ordinal), message);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    [InlineData(999_999_999)]
    public void Layers_that_no_model_has_are_refused(int layer)
    {
        if (layer > 0)
            Assert.Contains("at most 64 layers", Refused([.. Gru(), Fixture.Tensor($"rnn.weight_ih_l{layer}", [1])]),
                StringComparison.Ordinal);
        else
            Assert.Contains("no layer that PyTorch has", Refused(Gru().Select(tensor => tensor.Name.StartsWith("rnn.")
                ? tensor with { Shape = [0, .. tensor.Shape[1..]], Bytes = [] } : tensor)), StringComparison.Ordinal);
    }

    [Fact]
    public void Several_linear_layers_are_refused_by_name()
    {
        string message = Refused([.. Gru(), Fixture.Tensor("head.weight", [2, 4]), Fixture.Tensor("head.bias", [2])]);
        Assert.Contains("'head' [2, 4], 'linear' [4, 6]", message, StringComparison.Ordinal);
        Assert.Contains("one nn.Linear", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_output_layer_or_recurrent_module_is_refused()
    {
        Assert.Contains("'weight' [outputs, 6]", Refused(Gru().Where(tensor => tensor.Name.StartsWith("rnn."))), StringComparison.Ordinal);
        Assert.Contains("no nn.RNN, nn.GRU or nn.LSTM", Refused(Gru().Where(tensor => tensor.Name.StartsWith("linear."))),
            StringComparison.Ordinal);
        Assert.Contains("nn.LSTMCell can't be imported", Refused([Fixture.Tensor("cell.weight_ih", [12, 2]),
            Fixture.Tensor("cell.weight_hh", [12, 3])]), StringComparison.Ordinal);
        Refused([]);
    }

    [Fact]
    public void Modules_of_different_sizes_are_a_stack_in_the_order_that_fits()
    {
        List<SafetensorsTensor> tensors = [.. Layer("b.", "l0", 4, 2, 3), .. Layer("a.", "l0", 4, 3, 5),
            Fixture.Tensor("o.weight", [2, 5])];
        PyTorchImport import = PyTorchFile.Load(Fixture.Bytes(tensors), FormTests.Options);
        using SequenceEstimator model = import.Estimator;
        Assert.Equal([3, 5], model.Options.Model.Layers!);
        Assert.Equal(["b = nn.LSTM(2, 3, batch_first=True)", "a = nn.LSTM(3, 5, batch_first=True)", "o = nn.Linear(5, 2, bias=False)"],
            import.Modules);
        Fixture.AssertSame(tensors, StackTests.Exported(model));
    }

    [Fact]
    public void Modules_that_fit_in_several_orders_must_be_named_in_theirs()
    {
        List<SafetensorsTensor> tensors = [.. Layer("a.", "l0", 4, 3, 3), .. Layer("b.", "l0", 4, 3, 3),
            Fixture.Tensor("o.weight", [2, 3])];
        Assert.Contains("several orders", Refused(tensors), StringComparison.Ordinal);
        PyTorchImport import = PyTorchFile.Load(Fixture.Bytes(tensors), FormTests.Options with { Modules = ["b", "a"] });
        import.Estimator.Dispose();
        Assert.StartsWith("b =", import.Modules[0], StringComparison.Ordinal);
        Assert.Contains("name each of them once", Refused(tensors, FormTests.Options with { Modules = ["b", "b"] }),
            StringComparison.Ordinal);
    }

    /// <summary>Sixty modules of the same sizes have more orders than could be searched.</summary>
    [Fact]
    public void Many_modules_are_refused_quickly()
    {
        IEnumerable<SafetensorsTensor> modules = Enumerable.Range(0, 60).SelectMany(i => Layer($"m{i}.", "l0", 4, 3, 3));
        Assert.Contains("several orders", Refused([.. modules, Fixture.Tensor("o.weight", [2, 3])]), StringComparison.Ordinal);
        IEnumerable<SafetensorsTensor> chain = modules.Concat(Layer("last.", "l0", 4, 9, 8));
        Refused([.. chain, Fixture.Tensor("o.weight", [2, 8])]);
    }

    [Fact]
    public void Mixed_modules_are_refused_by_name()
    {
        SafetensorsTensor linear = Fixture.Tensor("o.weight", [2, 5]);
        Assert.Contains("'a' (nn.LSTM", Refused([.. Layer("a.", "l0", 4, 2, 3), .. Layer("b.", "l0", 3, 3, 5), linear]),
            StringComparison.Ordinal);
        Assert.Contains("one is bidirectional", Refused([.. Layer("a.", "l0", 4, 2, 3), .. Layer("a.", "l0_reverse", 4, 2, 3),
            .. Layer("b.", "l0", 4, 6, 5), linear]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedding_that_shapes_do_not_tell_from_a_linear_layer_must_be_named()
    {
        List<SafetensorsTensor> tensors = [.. Layer("r.", "l0", 4, 3, 3), Fixture.Tensor("x.weight", [7, 3]),
            Fixture.Tensor("y.weight", [5, 3])];
        Assert.Contains("--embedding", Refused(tensors), StringComparison.Ordinal);
        PyTorchImport import = PyTorchFile.Load(Fixture.Bytes(tensors), FormTests.Options with { Embedding = "y" });
        import.Estimator.Dispose();
        Assert.Equal("y = nn.Embedding(5, 3)", import.Modules[0]);
        Assert.Contains("no such module", Refused(tensors, FormTests.Options with { Embedding = "z" }), StringComparison.Ordinal);
        List<SafetensorsTensor> square = [.. Layer("r.", "l0", 4, 3, 2), Fixture.Tensor("x.weight", [3, 3]),
            Fixture.Tensor("y.weight", [5, 2])];
        Assert.Contains("nn.Linear before", Refused(square), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Numbers_that_are_not_finite_are_refused_by_tensor_and_index(float number)
    {
        string message = Refused(Gru().Select(tensor => tensor.Name == "linear.bias"
            ? Fixture.Tensor(tensor.Name, tensor.Shape, 0, 0, number, 0) : tensor));
        Assert.Contains("'linear.bias' [4] has the value", message, StringComparison.Ordinal);
        Assert.Contains("at index 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_of_biases_that_overflows_is_refused()
    {
        float[] large = [.. Enumerable.Repeat(3e38f, 9)];
        Assert.Contains("overflows", Refused(Gru().Select(tensor => tensor.Name is "rnn.bias_ih_l0" or "rnn.bias_hh_l0"
            ? Fixture.Tensor(tensor.Name, tensor.Shape, large) : tensor)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whole_numbers_are_no_weights() => Assert.Contains("has type I64", Refused([.. Gru(),
        new SafetensorsTensor("norm.num_batches_tracked", "I64", [], new byte[8])]), StringComparison.Ordinal);

    internal static IEnumerable<SafetensorsTensor> Layer(string prefix, string layer, int gates, int inputs, int units) =>
    [
        Fixture.Tensor($"{prefix}weight_ih_{layer}", [gates * units, inputs]),
        Fixture.Tensor($"{prefix}weight_hh_{layer}", [gates * units, units]),
        Fixture.Tensor($"{prefix}bias_ih_{layer}", [gates * units]), Fixture.Tensor($"{prefix}bias_hh_{layer}", [gates * units]),
    ];

    private static string Refused(IEnumerable<SafetensorsTensor> tensors, PyTorchLoadOptions? options = null)
    {
        byte[] bytes = Fixture.Bytes(tensors);
        return Assert.Throws<ModelFileException>(() => PyTorchFile.Load(bytes, options ?? FormTests.Options)).Message;
    }
}
