namespace Elman.Recurrent;

/// <summary>The sizes of a recurrent layer, and the offsets in its rows of states and gates.</summary>
internal sealed record LayerShape
{
    /// <summary>I, the number of inputs of a step.</summary>
    public required int InputSize { get; init; }

    /// <summary>H, the number of units.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>W, the number of outputs of a step: in most layers H.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether it reads the sequences from their last step to their first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>
    /// The distance from one vector of a row to the next, on the tape and in a state: H rounded up to whole lanes, so that no loop over
    /// units has a remainder.
    /// </summary>
    /// <remarks>Padding units have no weights. Their values are never read by other units.</remarks>
    public required int UnitStride { get; init; }

    /// <summary>The size of a state row. <see cref="RecurrentLayer{T}.Read"/> computes the output from it.</summary>
    public required int StateSize { get; init; }

    /// <summary>The offset in a state row of the output that the gates of the next step read.</summary>
    public int OutputOffset { get; init; }

    /// <summary>The size of that output: <see cref="OutputSize"/> and padding of the last lane.</summary>
    public required int OutputStride { get; init; }

    /// <summary>The size of a row of gates: G vectors.</summary>
    public required int GateSize { get; init; }

    /// <summary>The approximate number of multiply-adds of a row, to decide whether to share the work.</summary>
    public required long WorkOfARow { get; init; }

    /// <summary>
    /// The minimum number of steps of an efficient window in inference, so that the fixed costs of a layer for a window are relatively
    /// small.
    /// </summary>
    public int StepsWorthAWindow { get; init; } = 1;

    /// <summary>Whether <see cref="RecurrentLayer{T}.Step"/> may use the same memory for the states before and after the step.</summary>
    public bool StepsInPlace { get; init; }
}
