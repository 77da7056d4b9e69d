namespace Elman.Cells;

/// <summary>Consecutive gates with the same activation function, applied before the cell.</summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">Their number.</param>
/// <param name="Function">The function.</param>
internal readonly record struct GateActivation(int FirstGate, int Count, Activation Function)
{
    /// <summary>σ: from 0 for a closed gate to 1 for an open one.</summary>
    public static GateActivation Sigmoid(int firstGate, int count = 1) => new(firstGate, count, Activation.Sigmoid);

    /// <summary>tanh: a value.</summary>
    public static GateActivation Tanh(int firstGate, int count = 1) => new(firstGate, count, Activation.Tanh);
}
