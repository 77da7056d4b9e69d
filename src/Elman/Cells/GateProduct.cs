namespace Elman.Cells;

/// <summary>
/// Consecutive gates from the same product: <c>a = x·Wx + b</c>, <c>a = h·Wh + b</c>, or the sum of both.
/// </summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">The number of gates.</param>
/// <param name="InputGate">The index in Wx of the first gate; <see cref="None"/> if the input is not used.</param>
/// <param name="RecurrentGate">The index in Wh of the first gate; <see cref="None"/> if the previous state is not used.</param>
/// <param name="Inner">Whether Wh is applied to the cell's inner vector instead of h.</param>
public readonly record struct GateProduct(int FirstGate, int Count, int InputGate, int RecurrentGate, bool Inner = false)
{
    /// <summary>No gate.</summary>
    public const int None = -1;

    /// <summary>Whether the gates use the input.</summary>
    public bool HasInput => InputGate != None;

    /// <summary>Whether the gates use the previous output directly.</summary>
    public bool HasOutput => RecurrentGate != None && !Inner;

    /// <summary>Gates that all use the input and the previous output, in the order of the weights.</summary>
    /// <param name="count">Number of gates.</param>
    public static IReadOnlyList<GateProduct> Plain(int count) => [new(0, count, 0, 0)];

    /// <summary>Gates that all use only the input, in the order of the weights.</summary>
    /// <param name="count">Number of gates.</param>
    public static IReadOnlyList<GateProduct> OfInput(int count) => [new(0, count, 0, None)];
}
