using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;
using Google.Protobuf;

namespace Elman.Onnx.Tests.Import;

/// <summary>What is refused, with the node named.</summary>
public class RefusalTests
{
    private static readonly Dictionary<string, (Func<TestGraph, string> Build, string[] Said)> _cases = new(StringComparer.Ordinal)
    {
        ["the last step of both directions"] = (
            g => g.Classes(g.Node("Reshape", [g.TimeFirst(g.Node("Gather", [g.Layer("GRU", X(g), 2, 4, "bidirectional")[0],
                g.Integer(-1)])), g.Integers(0, 8)]), 8), ["the last step of both directions"]),
        ["the last step of joined directions"] = (
            g => g.Classes(g.Node("Gather", [g.Node("Reshape", [g.Node("Transpose", [g.Layer("LSTM", X(g), 2, 4, "bidirectional")[0]],
                ("perm", new long[] { 0, 2, 1, 3 })), g.Integers(0, 0, -1)]), g.Integer(-1)], ("axis", 0)), 8),
            ["the last step of both directions", "h_n"]),
        ["a layer that only reads backwards"] = (
            g => g.Classes(g.Squeeze(g.Layer("RNN", X(g), 2, 4, "reverse")[1], 0), 4), ["RNN_", "from the last step to the first"]),
        ["the first step"] = (
            g => g.Classes(g.Node("Gather", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), g.Integer(0)]), 4), ["the first step"]),
        ["a step in the middle"] = (
            g => g.Classes(g.Node("Gather", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), g.Integer(3)]), 4), ["Gather_", "step 3"]),
        ["a step that happens to be the last of a walk"] = (
            g => g.Classes(g.Node("Gather", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), g.Integer(102)]), 4), ["Gather_"]),
        ["the first 512 steps"] = (
            g => g.Classes(g.Squeeze(
                g.Layer("RNN", g.Node("Slice", [X(g), g.Integers(0), g.Integers(512), g.Integers(0)]), 2, 4)[1], 0), 4),
            ["Slice_", "512 steps"]),
        ["the last 512 steps"] = (
            g => g.Classes(g.Squeeze(
                g.Layer("RNN", g.Node("Slice", [X(g), g.Integers(-512), g.Integers(long.MaxValue), g.Integers(0)]), 2, 4)[1], 0), 4),
            ["Slice_", "512 steps"]),
        ["values rounded to integers"] = (
            g => g.Classes(g.Squeeze(
                g.Layer("RNN", g.Node("Cast", [g.Node("Cast", [X(g)], ("to", 7))], ("to", 1)), 2, 4)[1], 0), 4),
            ["Cast_", "rounded to integers"]),
        ["an initial state"] = (
            g => g.Classes(g.Squeeze(g.Layer("GRU", X(g), 2, 4, "forward", "", g.Random(1, 1, 1, 4))[1], 0), 4),
            ["GRU_", "initial_h", "not 0"]),
        ["an initial state as an input"] = (
            g => g.Classes(g.Squeeze(g.Layer("GRU", X(g), 2, 4, "forward", "", g.AddInput("h0", 1, [1, -1, 4]))[1], 0), 4),
            ["GRU_", "'h0'", "starts every sequence at 0"]),
        ["the cell state"] = (
            g => g.Classes(g.Squeeze(g.Nodes("LSTM", [X(g), g.Random(1, 1, 16, 2), g.Random(1, 1, 16, 4)], 3,
                ("hidden_size", 4))[2], 0), 4),
            ["the cell state"]),
        ["a clip of a GRU"] = (
            g => g.Classes(g.Squeeze(g.Nodes("GRU", [X(g), g.Random(1, 1, 12, 2), g.Random(1, 1, 12, 4)], 2, ("hidden_size", 4),
                ("clip", 1f))[1], 0), 4), ["GRU_", "clip 1"]),
        ["an unknown activation"] = (
            g => g.Classes(g.Squeeze(g.Nodes("RNN", [X(g), g.Random(1, 1, 4, 2), g.Random(1, 1, 4, 4)], 2, ("hidden_size", 4),
                ("activations", new[] { "Swish" }))[1], 0), 4), ["RNN_", "'Swish'"]),
        ["an unknown attribute"] = (
            g => g.Classes(g.Squeeze(g.Nodes("RNN", [X(g), g.Random(1, 1, 4, 2), g.Random(1, 1, 4, 4)], 2, ("hidden_size", 4),
                ("zoneout", 0.5f))[1], 0), 4), ["RNN_", "'zoneout'"]),
        ["weights of another shape"] = (
            g => g.Classes(g.Squeeze(g.Nodes("RNN", [X(g), g.Random(1, 1, 5, 2), g.Random(1, 1, 4, 4)], 2, ("hidden_size", 4))[1], 0), 4),
            ["RNN_", "W [1, 5, 2]", "[1, 4, 2]"]),
        ["layers of two kinds"] = (
            g => g.Classes(g.Squeeze(g.Layer("GRU", g.Squeeze(g.Layer("LSTM", X(g), 2, 4)[0], 1), 4, 4)[1], 0), 4),
            ["GRU_", "LSTM_", "another cell"]),
        ["a hidden dense layer"] = (
            g => g.Classes(g.Node("Relu", [g.Scores(g.Squeeze(g.Layer("GRU", X(g), 2, 4)[1], 0), 4, 6)]), 6),
            ["Relu_", "hidden dense layer"]),
        ["an unknown node"] = (
            g => g.Classes(g.Node("Erf", [g.Squeeze(g.Layer("GRU", X(g), 2, 4)[1], 0)]), 4), ["Erf_", "no operator"]),
        ["a quantised node"] = (
            g => g.Classes(g.Node("DynamicQuantizeLinear", [g.Squeeze(g.Layer("GRU", X(g), 2, 4)[1], 0)]), 4), ["quantised"]),
        ["control flow"] = (
            g => g.Classes(g.Node("If", [g.Squeeze(g.Layer("GRU", X(g), 2, 4)[1], 0)], ("then_branch", new GraphProto())), 4),
            ["If_", "control flow"]),
        ["a mean over the sequences"] = (
            g => g.Classes(g.Node("ReduceMean", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1)], ("axes", new long[] { 1 })), 4),
            ["ReduceMean_", "axis 1"]),
        ["steps and sequences exchanged"] = (
            g => g.Classes(g.Squeeze(g.Layer("RNN", g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 2), 4, 4)[1], 0), 4), ["Squeeze_"]),
        ["a softmax over the steps"] = (
            g => g.Node("Softmax", [g.Scores(g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), 4)], ("axis", 0)), ["Softmax_", "axis 0"]),
        ["a part of the units"] = (
            g => g.Classes(g.Node("Slice", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[1], 0), g.Integers(0), g.Integers(2), g.Integers(1)]), 2),
            ["Slice_", "part of the units"]),
        ["a sum of layers"] = (
            g => g.Classes(g.Squeeze(g.Node("Add", [g.Layer("RNN", X(g), 2, 4)[1], g.Layer("RNN", X(g), 2, 4)[1]]), 0), 4),
            ["Add_", "directions"]),
        ["no recurrent layer"] = (g => g.Classes("x", 2), ["Softmax_"]),
        ["steps in reverse order"] = (
            g => g.Classes(g.Node("Slice", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), g.Integers(-1), g.Integers(long.MinValue + 1),
                g.Integers(0), g.Integers(-1)]), 4), ["reverse order"]),
        ["a dropout in training"] = (
            g => g.Classes(g.Node("Dropout", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[1], 0), "", g.Integer(1)]), 4),
            ["Dropout_", "training"]),
        ["scores at every step"] = (g => g.Scores(g.Squeeze(g.Layer("RNN", X(g), 2, 4)[0], 1), 4), ["Task = Tag"]),
        ["a name of nothing"] = (g => g.Node("Softmax", ["nothing"]), ["'nothing'"]),
        ["a number that is not finite"] = (
            g => g.Classes(g.Node("Add", [g.Squeeze(g.Layer("RNN", X(g), 2, 4)[1], 0), g.Floats([1, float.NaN, 2, 3], 4)]), 4),
            ["Tensor 'tensor_", "NaN"]),
    };

    public static TheoryData<string> Cases => [.. _cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_Elman_can_not_express_is_refused_by_name(string what)
    {
        (Func<TestGraph, string> build, string[] said) = _cases[what];
        var graph = new TestGraph([-1, -1, 2]);
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OnnxFile.Load(new MemoryStream(graph.Bytes(build(graph)))));
        Assert.StartsWith("stream: ", refused.Message, StringComparison.Ordinal);
        Assert.All(said, part => Assert.Contains(part, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cycle_is_refused_by_name()
    {
        var graph = new TestGraph([-1, -1, 2]);
        string state = graph.Layer("RNN", X(graph), 2, 4)[1];
        string sum = graph.Node("Add", [state, "later"]);
        string output = graph.Classes(graph.Squeeze(sum, 0), 4);
        NodeProto identity = new() { OpType = "Identity", Name = "back" };
        identity.Input.Add(sum);
        identity.Output.Add("later");
        graph.Model.Graph.Node.Add(identity);
        Refused(graph.Bytes(output), "cycle", "'Add_");
    }

    [Theory]
    [InlineData(6)]
    [InlineData(26)]
    [InlineData(1_000_000)]
    public void An_unknown_opset_is_refused_by_number(int opset)
    {
        var graph = new TestGraph([-1, -1, 2], opset);
        Refused(graph.Bytes(graph.Classes(graph.Squeeze(graph.Layer("RNN", X(graph), 2, 4)[1], 0), 4)), $"opset {opset}");
    }

    [Fact]
    public void Other_operators_functions_and_doubled_names_are_refused()
    {
        var graph = new TestGraph([-1, -1, 2]);
        string output = graph.Classes(graph.Squeeze(graph.Layer("RNN", X(graph), 2, 4)[1], 0), 4);
        ModelProto doubled = graph.Model.Clone();
        doubled.Graph.Node.Add(doubled.Graph.Node[0].Clone());
        Refused(doubled.ToByteArray(), "which another value has");
        ModelProto function = ModelProto.Parser.ParseFrom(graph.Bytes(output));
        function.Functions.Add(new FunctionProto { Name = "gelu" });
        Refused(function.ToByteArray(), "'gelu'");
        graph.Model.Graph.Node[1].Domain = "com.example";
        Refused(graph.Bytes(output), "'com.example'");
    }

    [Fact]
    public void Tensors_whose_shape_does_not_match_their_bytes_are_refused_by_name()
    {
        var graph = new TestGraph([-1, -1, 2]);
        string output = graph.Classes(graph.Squeeze(graph.Layer("RNN", X(graph), 2, 4)[1], 0), 4);
        TensorProto tensor = graph.Model.Graph.Initializer[0];
        foreach (long[] shape in new[] { [1, 4, 3], [1, 4, 1_000_000_000], [1 << 30, 1 << 30, 1 << 30], new long[] { 1, -4, 2 } })
        {
            tensor.Dims.Clear();
            tensor.Dims.AddRange(shape);
            Refused(graph.Bytes(output), "tensor");
        }
        tensor.Dims.Clear();
        tensor.Dims.AddRange([1, 4, 2]);
        tensor.DataType = 17; // an 8-bit float
        Refused(graph.Bytes(output), "type 17", $"'{tensor.Name}'");
    }

    [Fact]
    public void Enormous_states_and_shapes_cost_nothing()
    {
        var graph = new TestGraph([-1, -1, 2]);
        string zeros = graph.Node("ConstantOfShape", [graph.Integers(1_000_000_000, 1_000_000, 4)]);
        string output = graph.Classes(graph.Squeeze(graph.Layer("RNN", X(graph), 2, 4, "forward", "", zeros)[1], 0), 4);
        Refused(graph.Bytes(output), "RNN_", "initial_h", "1000000000");
        string ones = graph.Node("ConstantOfShape", [graph.Integers(1, 1_000_000_000, 4)], ("value", new TensorProto
        {
            DataType = 1,
            Dims = { 1 },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>([1f])),
        }));
        graph.Model.Graph.Node.Single(node => node.OpType == "RNN").Input[1] = ones;
        Refused(graph.Bytes(output), "RNN_");
    }

    private static void Refused(byte[] bytes, params string[] said)
    {
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OnnxFile.Load(new MemoryStream(bytes)));
        Assert.All(said, part => Assert.Contains(part, refused.Message, StringComparison.OrdinalIgnoreCase));
    }

    private static string X(TestGraph graph) => graph.TimeFirst("x");
}
