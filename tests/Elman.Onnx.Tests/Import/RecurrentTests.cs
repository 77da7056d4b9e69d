namespace Elman.Onnx.Tests.Import;

/// <summary>RNN, GRU and LSTM nodes with random attributes, compared with ONNX Runtime.</summary>
public class RecurrentTests
{
    private static readonly string[] _functions =
        ["Tanh", "Sigmoid", "Relu", "Softsign", "Softplus", "Elu", "LeakyRelu", "HardSigmoid", "ThresholdedRelu", "Affine", "ScaledTanh"];

    /// <summary>Functions that keep gates in bounds, so that no state grows without limit.</summary>
    private static readonly string[] _bounded = ["Tanh", "Sigmoid", "Softsign", "HardSigmoid"];

    public static TheoryData<string, int> Cases =>
        [.. new[] { "RNN", "GRU", "LSTM" }.SelectMany(type =>
            Enumerable.Range(0, 40).Select(seed => (TheoryDataRow<string, int>)(type, seed)))];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_node_with_any_attributes_computes_the_same(string type, int seed)
    {
        var random = new SeededRandom(seed);
        bool isBoth = Below(2) == 1;
        int directions = isBoth ? 2 : 1, units = 1 + Below(9), channels = 1 + Below(5);
        int gates = type switch { "RNN" => 1, "GRU" => 3, _ => 4 };
        var graph = new TestGraph([-1, -1, channels], seed: seed);
        var attributes = new List<(string, object)> { ("hidden_size", units) };
        if (isBoth)
            attributes.Add(("direction", "bidirectional"));
        if (Below(2) == 1)
            attributes.AddRange(Functions(type switch { "RNN" => 1, "GRU" => 2, _ => 3 }, directions));
        if (type == "GRU" && Below(2) == 1)
            attributes.Add(("linear_before_reset", 1));
        if (type == "LSTM" && Below(3) == 0)
            attributes.Add(("clip", 0.3f + (float)random.NextDouble()));
        List<string> inputs = [graph.Node("Transpose", ["x"], ("perm", new long[] { 1, 0, 2 })), graph.Random(1, directions, gates * units,
            channels), graph.Random(0.4, directions, gates * units, units),
            Below(4) == 0 ? "" : graph.Random(1, directions, 2 * gates * units)];
        if (type == "LSTM" && Below(2) == 1)
            inputs.AddRange(["", "", "", graph.Random(1, directions, 3 * units)]);
        string[] outputs = graph.Nodes(type, [.. inputs], 2, [.. attributes]);
        string state = graph.Node("Transpose", [outputs[1]], ("perm", new long[] { 1, 0, 2 }));
        string flat = graph.Node("Reshape", [state, graph.Integers(0, directions * units)]);
        string scores = graph.Node("Gemm", [flat, graph.Random(1, 3, directions * units), graph.Random(1, 3)], ("transB", 1));
        Oracle.Agrees(graph.Bytes(graph.Node("Softmax", [scores])), channels);

        int Below(int bound) => (int)(random.NextDouble() * bound);

        (string, object)[] Functions(int count, int sides)
        {
            // Elman has the same activations in both directions.
            string[] own = [.. Enumerable.Range(0, count).Select(k => k == 0 && count > 1
                ? _bounded[Below(_bounded.Length)]
                : _functions[Below(_functions.Length)])];
            string[] names = [.. Enumerable.Repeat(own, sides).SelectMany(all => all)];
            float[] alphas = [.. names.Where(HasAlpha).Select(_ => 0.5f)], betas = [.. names.Where(HasBeta).Select(_ => 0.25f)];
            return [("activations", names), .. alphas.Length > 0 ? [("activation_alpha", alphas)] : Array.Empty<(string, object)>(),
                .. betas.Length > 0 ? [("activation_beta", betas)] : Array.Empty<(string, object)>()];
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coupled_gates_compute_the_same(bool hasPeepholes)
    {
        var graph = new TestGraph([-1, -1, 2]);
        string[] inputs = [graph.Node("Transpose", ["x"], ("perm", new long[] { 1, 0, 2 })), graph.Random(1, 1, 20, 2),
            graph.Random(1, 1, 20, 5), graph.Random(1, 1, 40), "", "", "", hasPeepholes ? graph.Random(1, 1, 15) : ""];
        string[] outputs = graph.Nodes("LSTM", inputs, 2, ("hidden_size", 5), ("input_forget", 1));
        string state = graph.Node("Squeeze", [outputs[1], graph.Integers(0)]);
        Oracle.Agrees(graph.Bytes(graph.Node("Softmax", [state])), 2);
    }

    private static bool HasAlpha(string name) =>
        name is "Elu" or "LeakyRelu" or "HardSigmoid" or "ThresholdedRelu" or "Affine" or "ScaledTanh";

    private static bool HasBeta(string name) => name is "HardSigmoid" or "Affine" or "ScaledTanh";
}
