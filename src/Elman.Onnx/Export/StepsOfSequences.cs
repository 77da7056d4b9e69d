namespace Elman.Onnx.Export;

/// <summary>The steps of all sequences, as they are between two parts of a model.</summary>
/// <param name="Values">The values, <c>[T, B, F]</c>; those after the end of a sequence are arbitrary: what is made of zeros.</param>
/// <param name="Lengths">The number of steps of each sequence, <c>[B]</c>.</param>
/// <param name="Width">F, the number of values of a step.</param>
internal readonly record struct StepsOfSequences(Value Values, Value Lengths, int Width)
{
    /// <summary>The same steps with other values.</summary>
    public StepsOfSequences With(Value values, int width) => this with { Values = values, Width = width };
}
