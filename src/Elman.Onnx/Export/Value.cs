namespace Elman.Onnx.Export;

/// <summary>A value in a graph: a tensor that a node computes, an initializer, or an input.</summary>
/// <param name="Name">Its name, unique in the graph and the graphs inside it.</param>
internal readonly record struct Value(string Name)
{
    /// <summary>An optional input that is not given.</summary>
    public static Value None { get; } = new("");

    /// <summary>Whether it is given.</summary>
    public bool IsGiven => Name.Length > 0;
}
