namespace Elman.Cells;

/// <summary>Consecutive gates with the same activation function, applied before the cell.</summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">The number of gates.</param>
/// <param name="Function">The function.</param>
public readonly record struct GateActivation(int FirstGate, int Count, Activation Function)
{
    /// <summary>Returns σ for gates: from 0 for a closed gate to 1 for an open one.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">The number of gates.</param>
    public static GateActivation Sigmoid(int firstGate, int count = 1) => new(firstGate, count, Activation.Sigmoid);

    /// <summary>Returns tanh for candidate values.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">The number of gates.</param>
    public static GateActivation Tanh(int firstGate, int count = 1) => new(firstGate, count, Activation.Tanh);
}
