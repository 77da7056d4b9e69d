namespace Elman.Onnx.Reading;

/// <summary>The exception for an ONNX model that can't be imported, without the name of its file.</summary>
/// <param name="problem">What is wrong, where, and what to do: whole sentences.</param>
internal sealed class GraphException(string problem) : Exception(problem)
{
    /// <summary>What is wrong, where, and what to do.</summary>
    public string Problem { get; } = problem;
}
