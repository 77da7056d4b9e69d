using Elman.Fitted;
using Elman.Models;
using Elman.Onnx.Protocol;
using Elman.Packing;

namespace Elman.Onnx.Export;

/// <summary>What the parts of an export share while they write one member of a model into a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="member">The member.</param>
/// <param name="prefix">The prefix of the names of its weights; empty if there is one member.</param>
/// <param name="states">Its states, if the graph takes one step; <see langword="null"/> if it takes whole sequences.</param>
internal sealed class MemberWriter(Graph graph, Member member, string prefix, StreamStates? states)
{
    private readonly Dictionary<Value, (Value Mask, Value Steps)> _masks = [];

    /// <summary>The graph.</summary>
    public Graph Graph => graph;

    /// <summary>The member.</summary>
    public Member Member => member;

    /// <summary>Its specification.</summary>
    public ModelSpec Spec => member.Model.Spec;

    /// <summary>The prefix of the names of its weights.</summary>
    public string Prefix => prefix;

    /// <summary>Its states, if the graph takes one step.</summary>
    public StreamStates? States => states;

    /// <summary>Whether the graph takes one step.</summary>
    public bool IsStreaming => states is not null;

    /// <summary>On a stream, the number of steps of the data before this one that were not skipped, <c>[B, 1]</c> integers.</summary>
    public Value DataStepsTaken { get; set; } = Value.None;

    /// <summary>On a stream, the number of steps of the network before this one, <c>[B, 1]</c> integers: of patches, if there are
    /// any.</summary>
    public Value Taken { get; set; } = Value.None;

    /// <summary>On a stream, whether the model takes the step instead of skipping it, <c>[B, 1]</c>; not given if it takes all.</summary>
    public Value IsTaken { get; set; } = Value.None;

    /// <summary>Sets the part of the model that is written now.</summary>
    public void Begin(string part) => graph.Names.Scope = $"{prefix}{part}/";

    /// <summary>The weights with a name.</summary>
    public ReadOnlySpan<float> WeightsOf(string name) => member.Model.Values.Span(Slice(name));

    /// <summary>Whether there are weights with a name.</summary>
    public bool HasWeights(string name) => member.Model.Values.Layout.Slices.Any(slice => slice.Name == name);

    /// <summary>Adds weights to the graph as they are in the model file.</summary>
    public Value Weights(string name)
    {
        ParameterSlice slice = Slice(name);
        return graph.Weights(
            prefix + name, member.Model.Values.Span(slice), [.. slice.Shape.Select(length => (long)length)]);
    }

    /// <summary>For each step whether it is part of its sequence, <c>[T, B, 1]</c>.</summary>
    public Value MaskOf(StepsOfSequences steps)
    {
        if (_masks.TryGetValue(steps.Lengths, out (Value Mask, Value) known))
            return known.Mask;
        Value count = graph.Squeeze(graph.Length(steps.Values, 0), 0);
        Value index = graph.Unsqueeze(graph.Range(graph.Scalar(0L), count), 1); // [T, 1]
        Value mask = graph.Unsqueeze(graph.Less(index, graph.Unsqueeze(steps.Lengths, 0)), 2);
        _masks.Add(steps.Lengths, (mask, index));
        return mask;
    }

    /// <summary>The indices of steps, <c>[T, 1]</c>.</summary>
    public Value IndicesOf(StepsOfSequences steps)
    {
        _ = MaskOf(steps);
        return _masks[steps.Lengths].Steps;
    }

    /// <summary>The rows of the last steps, <c>[B, F]</c>; arbitrary for a sequence without steps.</summary>
    public Value Last(StepsOfSequences steps)
    {
        if (IsStreaming)
            return graph.Squeeze(steps.Values, 0);
        Value last = graph.Maximum(graph.Subtract(steps.Lengths, graph.Scalar(1L)), graph.Scalar(0L)); // [B]
        Value place = graph.Expand(
            graph.Reshape(last, 1, -1, 1), graph.Join(0, graph.List(1), graph.Length(steps.Values, 1), graph.List(steps.Width)));
        return graph.Squeeze(graph.GatherElements(steps.Values, place, 0), 0);
    }

    /// <summary>For each sequence whether it has steps, <c>[B, 1]</c>.</summary>
    public Value HasSteps(StepsOfSequences steps) => graph.Unsqueeze(graph.Greater(steps.Lengths, graph.Scalar(0L)), 1);

    /// <summary>The number of steps of each sequence up to this one, <c>[B, 1]</c>, at least 1.</summary>
    public Value CountOf(StepsOfSequences steps) => graph.ToFloat(IsStreaming
        ? graph.Add(Taken, graph.Scalar(1L))
        : graph.Maximum(graph.Unsqueeze(steps.Lengths, 1), graph.Scalar(1L)));

    /// <summary>
    /// Applies a recurrence step by step: by a <c>Scan</c> over whole sequences, or to the only step with the states of the stream.
    /// </summary>
    /// <param name="states">The names and widths of the states, zeros before the first step.</param>
    /// <param name="scanned">The values of the steps, <c>[T, B, …]</c> each.</param>
    /// <param name="body">Computes from the states, <c>[B, width]</c>, and the values of a step the new states and the results.</param>
    /// <param name="isReversed">Whether steps are taken from the last row to the first.</param>
    /// <returns>The results of all steps, <c>[T, B, …]</c>.</returns>
    public Value[] Recur(
        (string Name, int Width)[] states, Value[] scanned, Func<Graph, Value[], Value[], (Value[] States, Value[] Results)> body,
        bool isReversed = false)
    {
        if (States is not null)
            return Advance(states, scanned, body);
        Value batch = graph.Length(scanned[0], 1);
        Value[] initial = [.. states.Select(state => graph.Expand(graph.Scalar(0f), graph.Join(0, batch, graph.List(state.Width))))];
        Graph inner = graph.Inner();
        Value[] before = [.. states.Select(state => Argument($"{state.Name}.before"))];
        Value[] elements = [.. scanned.Select(_ => Argument("step"))];
        (Value[] after, Value[] results) = body(inner, before, elements);
        foreach (Value value in after.Concat(results))
            Result(value);
        Value[] outputs = graph.Node(
            "Scan", states.Length + results.Length, [.. initial, .. scanned],
            [OnnxFormat.Attribute("body", inner.Proto), OnnxFormat.Attribute("num_scan_inputs", scanned.Length),
                .. isReversed ? Directions("scan_input_directions", scanned.Length) : [],
                .. isReversed ? Directions("scan_output_directions", results.Length) : []]);
        return outputs[states.Length..];

        Value Argument(string name)
        {
            var value = new Value(graph.Names.Next(name));
            inner.Proto.Input.Add(new ValueInfoProto { Name = value.Name, Type = FloatType() });
            return value;
        }

        void Result(Value value)
        {
            string name = graph.Names.Next("result");
            inner.Proto.Node.Add(new NodeProto
            { OpType = "Identity", Name = name + "/Identity", Input = { value.Name }, Output = { name } });
            inner.Proto.Output.Add(new ValueInfoProto { Name = name, Type = FloatType() });
        }

        static AttributeProto[] Directions(string name, int count) => [OnnxFormat.Attribute(name, Enumerable.Repeat(1L, count))];

        static TypeProto FloatType() =>
            new() { TensorType = new TypeProto.Types.Tensor { ElemType = (int)TensorProto.Types.DataType.Float } };
    }

    private Value[] Advance(
        (string Name, int Width)[] states, Value[] scanned, Func<Graph, Value[], Value[], (Value[] States, Value[] Results)> body)
    {
        Value[] before = [.. states.Select(state => States!.Before(state.Name, state.Width))];
        (Value[] after, Value[] results) = body(graph, before, [.. scanned.Select(step => graph.Squeeze(step, 0))]);
        for (int s = 0; s < states.Length; s++)
            States!.After(states[s].Name, before[s], after[s], states[s].Width);
        return [.. results.Select(result => graph.Unsqueeze(result, 0))];
    }

    private ParameterSlice Slice(string name) => member.Model.Values.Layout.Slices.First(slice => slice.Name == name);
}
