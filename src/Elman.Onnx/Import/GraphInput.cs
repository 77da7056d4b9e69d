using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import;

/// <summary>The inputs of a graph: the sequences, and others such as their lengths.</summary>
internal static class GraphInput
{
    private const int MostAxes = 3;

    /// <summary>Returns the value of an input: of two or three axes, it is the sequences or takes part as if it were.</summary>
    public static Value Of(ValueInfoProto input, OpenLengths lengths)
    {
        if (input.Type?.TensorType?.Shape is not { } shape)
            throw new GraphException(
                $"The input {Quoted(input.Name)} has no shape. Export the model again, or run ONNX's shape inference.");
        if (shape.Dim.Count is < 2 or > MostAxes)
            return new OtherInput(input.Name);
        return new Flow(
            [new Piece(new InputSource(input.Name))],
            new Axes(shape.Dim.Select((dimension, axis) => AxisOf(input.Name, dimension, axis, lengths))));
    }

    /// <summary>Describes the lengths that a graph fixes, other than the number of channels.</summary>
    public static long? FixedLength(ValueInfoProto input, int axis) =>
        input.Type?.TensorType?.Shape?.Dim is { } dims && axis < dims.Count && dims[axis].DimValue > 0 ? dims[axis].DimValue : null;

    private static Atom[] AxisOf(string name, TensorShapeProto.Types.Dimension dimension, int axis, OpenLengths lengths) => dimension switch
    {
        { HasDimValue: true, DimValue: 1 } => [],
        { HasDimValue: true, DimValue: > 1 and <= int.MaxValue } => [new Atom(AtomKind.Input, axis, dimension.DimValue)],
        { HasDimValue: true, DimValue: not (0 or -1) } => throw new GraphException(
            $"The input {Quoted(name)} has the length {dimension.DimValue} in axis {axis}, which no tensor has."),
        // 0 and −1 are written for an open length by some exporters.
        _ => lengths[axis] == 1 ? [] : [new Atom(AtomKind.Input, axis, lengths[axis]) { IsAnyLength = true }],
    };
}
