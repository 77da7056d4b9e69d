using Elman.Onnx.Export;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Check;

/// <summary>Runs an exported graph on sequences, as a program would: whole, or step by step.</summary>
/// <param name="session">The graph in the runtime.</param>
/// <param name="graph">Its description.</param>
/// <param name="offsets">What was subtracted from the values of the data, which the graph subtracts itself.</param>
internal sealed class GraphRun(RuntimeSession session, GraphProto graph, ValueOffsets offsets)
{
    /// <summary>Whether the graph takes single steps.</summary>
    public bool IsStreaming => graph.Input.All(input => input.Name != OnnxNames.Lengths);

    private TensorProto.Types.DataType ValueType => TypeOf(graph.Input.First(input => input.Name == OnnxNames.Values));

    /// <summary>Returns the first output for a sequence: for every step, if the graph has an output at every step or takes single
    /// steps.</summary>
    public double[] Answer(Sequence sequence) => IsStreaming ? Stream(sequence) : Whole(sequence);

    private double[] Whole(Sequence sequence) => session.Run(
    [
        new(OnnxNames.Values, Values(sequence.Values.Span, sequence.Channels, 1, sequence.Steps, sequence.Channels)),
        new(OnnxNames.Lengths, RuntimeTensor.Of<long>(TensorProto.Types.DataType.Int64, [sequence.Steps], 1)),
    ], [graph.Output[0].Name])[0].Numbers();

    private double[] Stream(Sequence sequence)
    {
        string[] names = [.. graph.Output.Select(output => output.Name)];
        var states = new Dictionary<string, RuntimeTensor>(StringComparer.Ordinal);
        foreach (ValueInfoProto input in graph.Input.Where(input => input.Name != OnnxNames.Values))
            states[input.Name] = RuntimeTensor.Zeros(TypeOf(input), 1, input.Type.TensorType.Shape.Dim[1].DimValue);
        var answers = new List<double>();
        for (int t = 0; t < sequence.Steps; t++)
        {
            ReadOnlySpan<float> step = sequence.Values.Span.Slice(t * sequence.Channels, sequence.Channels);
            RuntimeTensor[] outputs = session.Run(
                [new(OnnxNames.Values, Values(step, sequence.Channels, 1, sequence.Channels)), .. states], names);
            answers.AddRange(outputs[0].Numbers());
            for (int i = 0; i < names.Length; i++)
                if (names[i].EndsWith(StreamStates.Next, StringComparison.Ordinal))
                    states[names[i][..^StreamStates.Next.Length]] = outputs[i];
        }
        return [.. answers];
    }

    private RuntimeTensor Values(ReadOnlySpan<float> values, int channels, params long[] shape)
    {
        if (ValueType == TensorProto.Types.DataType.Float)
            return RuntimeTensor.Of(TensorProto.Types.DataType.Float, values, shape);
        double[] original = new double[values.Length];
        for (int i = 0; i < original.Length; i++)
            original[i] = values[i] + offsets.OfChannel(i % channels);
        return RuntimeTensor.Of<double>(TensorProto.Types.DataType.Double, original, shape);
    }

    private static TensorProto.Types.DataType TypeOf(ValueInfoProto input) => (TensorProto.Types.DataType)input.Type.TensorType.ElemType;
}
