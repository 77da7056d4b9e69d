namespace Elman.Onnx.Import.Values;

/// <summary>What a name in the graph stands for: a constant, something computed from the input, or another input.</summary>
internal abstract record Value;

/// <summary>An input of the graph that is no sequence, such as the lengths of the sequences.</summary>
/// <param name="Name">Its name.</param>
internal sealed record OtherInput(string Name) : Value;
