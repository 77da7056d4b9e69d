namespace Elman.Cells;

/// <summary>The variant of an LSTM cell, known at compile time, so that the plain cell has no code of the others.</summary>
internal interface ILstmVariant
{
    /// <summary>Whether the gates have peepholes to the memory.</summary>
    static abstract bool Peepholes { get; }

    /// <summary>Whether the forget gate is 1 − the input gate.</summary>
    static abstract bool Coupled { get; }

    /// <summary>Whether the pre-activations are limited.</summary>
    static abstract bool Clipped { get; }
}

/// <summary>A variant, defined by three Boolean types.</summary>
internal readonly struct LstmVariant<TPeepholes, TCoupled, TClipped> : ILstmVariant
    where TPeepholes : struct, IAnswer
    where TCoupled : struct, IAnswer
    where TClipped : struct, IAnswer
{
    public static bool Peepholes => TPeepholes.IsYes;

    public static bool Coupled => TCoupled.IsYes;

    public static bool Clipped => TClipped.IsYes;
}

/// <summary>A Boolean as a type.</summary>
internal interface IAnswer
{
    static abstract bool IsYes { get; }
}

internal readonly struct Yes : IAnswer
{
    public static bool IsYes => true;
}

internal readonly struct No : IAnswer
{
    public static bool IsYes => false;
}
