namespace Elman.Recurrent;

/// <summary>The sizes of a recurrent layer, and where things are in its rows of states and gates.</summary>
internal sealed record LayerShape
{
    /// <summary>I, the number of inputs of a step.</summary>
    public required int InputSize { get; init; }

    /// <summary>Units, H.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Values that go out a step, W: in most layers H.</summary>
    public required int OutputSize { get; init; }

    /// <summary>Whether it reads the sequences from their last step to their first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>
    /// From one vector of a row to the next, on the tape and in a state: H rounded up to whole lanes,
    /// so that no loop over units has a rest.
    /// </summary>
    /// <remarks>The units that fill up have no weights. What is computed for them is never read by others.</remarks>
    public required int UnitStride { get; init; }

    /// <summary>Numbers in a state row. <see cref="RecurrentLayer{T}.Read"/> takes the output out of it.</summary>
    public required int StateSize { get; init; }

    /// <summary>Where in a state row the output is that the next step's gates see.</summary>
    public int OutputOffset { get; init; }

    /// <summary>Numbers that it takes there: <see cref="OutputSize"/>, and what fills the last lane.</summary>
    public required int OutputStride { get; init; }

    /// <summary>Numbers in a row of gates: G vectors.</summary>
    public required int GateSize { get; init; }

    /// <summary>Multiply-adds of a row, as far as they matter for whether to share the work.</summary>
    public required long WorkOfARow { get; init; }

    /// <summary>
    /// Steps that a window of an inference should have, so that what a layer does once for a window costs little beside them.
    /// </summary>
    public int StepsWorthAWindow { get; init; } = 1;

    /// <summary>Whether <see cref="RecurrentLayer{T}.Step"/> may be given the same memory for the state before and after.</summary>
    public bool StepsInPlace { get; init; }
}
