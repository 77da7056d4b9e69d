namespace Elman.Cells;

/// <summary>Which variant of the LSTM a cell is, known when it is compiled, so that the plain one carries nothing of the others.</summary>
internal interface ILstmVariant
{
    /// <summary>Whether the gates look at the memory.</summary>
    static abstract bool Peepholes { get; }

    /// <summary>Whether the forget gate is 1 − the input gate.</summary>
    static abstract bool Coupled { get; }

    /// <summary>Whether the pre-activations are limited.</summary>
    static abstract bool Clipped { get; }
}

/// <summary>The variants, put together of yes and no.</summary>
internal readonly struct LstmVariant<TPeepholes, TCoupled, TClipped> : ILstmVariant
    where TPeepholes : struct, IAnswer
    where TCoupled : struct, IAnswer
    where TClipped : struct, IAnswer
{
    public static bool Peepholes => TPeepholes.IsYes;

    public static bool Coupled => TCoupled.IsYes;

    public static bool Clipped => TClipped.IsYes;
}

/// <summary>Yes or no as a type.</summary>
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
