namespace Elman.Cells;

/// <summary>Consecutive gates with the same activation function, applied before the cell.</summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">Their number.</param>
/// <param name="Function">The function.</param>
public readonly record struct GateActivation(int FirstGate, int Count, Activation Function)
{
    /// <summary>σ: from 0 for a closed gate to 1 for an open one.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">How many they are.</param>
    public static GateActivation Sigmoid(int firstGate, int count = 1) => new(firstGate, count, Activation.Sigmoid);

    /// <summary>tanh: a value.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">How many they are.</param>
    public static GateActivation Tanh(int firstGate, int count = 1) => new(firstGate, count, Activation.Tanh);
}
