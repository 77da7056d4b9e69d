namespace Elman.Onnx.Import;

/// <summary>
/// Lengths for the axes that a graph leaves open. The graph is walked twice with different ones, so that a constant that happens to equal
/// one is not taken for it. Those of the second walk are longer than the sequences of any graph that takes a fixed part of an axis.
/// </summary>
/// <param name="chosen">The length of each axis.</param>
internal sealed class OpenLengths(params long[] chosen)
{
    private readonly Dictionary<int, long> _needed = [];

    /// <summary>The lengths of the two walks: prime numbers, so that no product equals another.</summary>
    public static OpenLengths[] Both => [new(101, 103, 107), new(1_000_003, 1_000_033, 227)];

    /// <summary>The length of an axis.</summary>
    public long this[int axis] => _needed.TryGetValue(axis, out long needed) ? needed : chosen[axis];

    /// <summary>Sets a length that an operation needs.</summary>
    /// <returns>False if it was set before.</returns>
    public bool TryNeed(int axis, long length) => _needed.TryAdd(axis, length);
}
