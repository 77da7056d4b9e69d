namespace Elman.Cells;

/// <summary>
/// Gates that follow each other and come from the same product: <c>a = x·Wx + b</c>, <c>a = h·Wh + b</c>, or both summed.
/// </summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">How many they are.</param>
/// <param name="InputGate">Which of the gates in Wx belongs to the first; <see cref="None"/> where the input has no part in them.</param>
/// <param name="RecurrentGate">Which of the gates in Wh belongs to the first;
/// <see cref="None"/> where the previous state has no part in them.</param>
/// <param name="Inner">Whether Wh is applied to the cell's inner vector instead of h.</param>
public readonly record struct GateProduct(int FirstGate, int Count, int InputGate, int RecurrentGate, bool Inner = false)
{
    /// <summary>No gate.</summary>
    public const int None = -1;

    /// <summary>Whether the input has a part in the gates.</summary>
    public bool HasInput => InputGate != None;

    /// <summary>Whether the previous output itself has a part in them.</summary>
    public bool HasOutput => RecurrentGate != None && !Inner;

    /// <summary>Gates that all come from the input and the previous output, in the order of the weights.</summary>
    /// <param name="count">How many they are.</param>
    public static IReadOnlyList<GateProduct> Plain(int count) => [new(0, count, 0, 0)];

    /// <summary>Gates that all come from the input alone, in the order of the weights.</summary>
    /// <param name="count">How many they are.</param>
    public static IReadOnlyList<GateProduct> OfInput(int count) => [new(0, count, 0, None)];
}
