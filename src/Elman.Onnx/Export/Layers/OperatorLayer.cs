using Elman.Cells;
using Elman.Models;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export.Layers;

/// <summary>A layer that is one recurrent operator of ONNX: <c>RNN</c>, <c>GRU</c> or <c>LSTM</c>, both directions together.</summary>
internal static class OperatorLayer
{
    /// <summary>Returns the outputs of a layer that an operator computes exactly as the cell does.</summary>
    /// <param name="layer">The layer.</param>
    /// <returns>The outputs of each direction; <see langword="null"/> if there is no such operator.</returns>
    public static IReadOnlyList<DirectionOutput>? TryWrite(LayerWriter layer)
    {
        if (LayoutOf(layer.Writer.Spec, layer.Units) is not { } layout)
            return null;
        int directions = layer.Directions.Count;
        return layer.Writer.Spec.Cell switch
        {
            RnnOptions rnn => Write(
                layer, "RNN", layout, hasMemory: false,
                ActivationExport.Attributes(directions, Activations(rnn))),
            GruOptions gru => Write(
                layer, "GRU", layout, hasMemory: false,
                [.. ActivationExport.Attributes(directions, Activations(gru)),
                    OnnxFormat.Attribute("linear_before_reset", gru.GruReset == GruReset.After ? 1 : 0)]),
            CellOptions lstm => Write(
                layer, "LSTM", layout, hasMemory: true, ActivationExport.Attributes(directions, Activations(lstm))),
        };
    }

    /// <summary>Returns the layout of the weights in the operator that computes a cell exactly; <see langword="null"/> if there is no such
    /// operator.</summary>
    public static RecurrentWeights? LayoutOf(ModelSpec spec, int units) =>
        spec.Zoneout > 0 || spec.Cell.NormalizesGates || Activations(spec.Cell).Any(IsUnsafe)
            ? null
            : spec.Cell switch
            {
                RnnOptions => RecurrentWeights.OfRnn(units),
                GruOptions => RecurrentWeights.OfGru(units),
                LstmOptions { CoupledGates: false, Projection: 0, GateClip: double.PositiveInfinity } => RecurrentWeights.OfLstm(units),
                _ => null,
            };

    private static Activation[] Activations(CellOptions cell) => cell switch
    {
        RnnOptions rnn => [rnn.Activation],
        GruOptions gru => [gru.GateActivation, gru.CandidateActivation],
        LstmOptions lstm => [lstm.GateActivation, lstm.CandidateActivation, lstm.OutputActivation],
        _ => [],
    };

    /// <summary>ONNX Runtime's recurrent operators compute ln(1 + eᵃ) without care for large a, where eᵃ overflows.</summary>
    private static bool IsUnsafe(Activation activation) => activation.Function.Kind == FunctionKind.Softplus;

    private static DirectionOutput[] Write(
        LayerWriter layer, string operation, RecurrentWeights layout, bool hasMemory, IEnumerable<AttributeProto> attributes)
    {
        Graph graph = layer.Graph;
        MemberWriter writer = layer.Writer;
        int units = layer.Units, directions = layer.Directions.Count, gates = layout.Order.Length;
        string name = $"{writer.Prefix}{layer.Directions[0]}";
        Value w = Weights("W", "wx", layout.Transposed, gates * units, layer.Steps.Width);
        Value r = Weights("R", "wh", layout.Transposed, gates * units, units);
        Value b = Weights("B", "b", layout.Biases, 2 * gates * units);
        Value p = writer.HasWeights($"{layer.Directions[0]}.p") ? Weights("P", "p", layout.Peepholes, 3 * units) : Value.None;
        Value lengths = writer.IsStreaming ? Value.None : graph.Cast(layer.Steps.Lengths, TensorProto.Types.DataType.Int32);
        string[] states = hasMemory ? ["h", "c"] : ["h"];
        Value[] before = [.. states.Select(state =>
            writer.States?.Before($"{layer.Directions[0]}.{state}", units) ?? Value.None)];
        Value[] initial = [.. before.Select(state => state.IsGiven ? graph.Unsqueeze(state, 0) : state)];

        Value[] outputs = graph.Node(
            operation, 1 + states.Length, [layer.Steps.Values, w, r, b, lengths, .. initial, p],
            [OnnxFormat.Attribute("hidden_size", units), OnnxFormat.Attribute("direction", directions == 2 ? "bidirectional" : "forward"),
                .. attributes]);
        for (int s = 0; s < states.Length; s++)
            writer.States?.After($"{layer.Directions[0]}.{states[s]}", before[s], graph.Squeeze(outputs[1 + s], 0), units);
        Value[] steps = graph.Split(outputs[0], 1, directions, 1), last = graph.Split(outputs[1], 0, directions, 1);
        return [.. steps.Zip(last).Select(pair => new DirectionOutput(graph.Squeeze(pair.First, 1), graph.Squeeze(pair.Second, 0)))];

        Value Weights(string kind, string slice, Converter convert, params long[] shape) => graph.Weights(
            $"{name}.{kind}", layer.Directions.SelectMany(direction => convert(writer.WeightsOf($"{direction}.{slice}"))).ToArray(),
            [directions, .. shape]);
    }

    private delegate float[] Converter(ReadOnlySpan<float> weights);
}
