namespace Elman.Onnx.Export.Layers;

/// <summary>A layer of the stack that is written: its inputs and sizes.</summary>
/// <param name="Writer">The member.</param>
/// <param name="Index">The index of the layer, from 0.</param>
/// <param name="Steps">Its inputs.</param>
internal sealed record LayerWriter(MemberWriter Writer, int Index, StepsOfSequences Steps)
{
    /// <summary>The graph.</summary>
    public Graph Graph => Writer.Graph;

    /// <summary>H, the number of units of a direction.</summary>
    public int Units => Writer.Spec.Layers[Index];

    /// <summary>W, the number of outputs of a direction.</summary>
    public int Width => Writer.Spec.Cell.ProjectionSize > 0 ? Writer.Spec.Cell.ProjectionSize : Units;

    /// <summary>The names of the directions' weights, the forward one first.</summary>
    public IReadOnlyList<string> Directions
    {
        get
        {
            string name = FormattableString.Invariant($"rnn.{Index}");
            return Writer.Spec.Bidirectional ? [name, $"{name}.reverse"] : [name];
        }
    }
}

/// <summary>The outputs of one direction of a layer.</summary>
/// <param name="Steps">The outputs of all steps, in the order of time, <c>[T, B, W]</c>.</param>
/// <param name="Last">The output after the step that is read last, <c>[B, W]</c>.</param>
internal readonly record struct DirectionOutput(Value Steps, Value Last);
