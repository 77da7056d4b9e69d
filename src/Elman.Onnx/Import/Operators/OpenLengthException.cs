namespace Elman.Onnx.Import.Operators;

/// <summary>The exception for a length that the graph leaves open, and that an operation needs otherwise than it was chosen.</summary>
/// <param name="axis">The axis of the graph's input.</param>
/// <param name="size">The length that is needed.</param>
internal sealed class OpenLengthException(int axis, long size) : Exception
{
    public int Axis => axis;

    public long Size => size;
}
