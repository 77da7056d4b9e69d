namespace Elman.Cells;

/// <summary>Gates that follow each other and go through the same function before the cell sees them.</summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Function">The function.</param>
public readonly record struct GateActivation(int FirstGate, int Count, Activation Function)
{
    /// <summary>σ: a number from 0 to 1 that says how far a gate is open.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">How many they are.</param>
    public static GateActivation Sigmoid(int firstGate, int count = 1) => new(firstGate, count, Activation.Sigmoid);

    /// <summary>tanh: a value.</summary>
    /// <param name="firstGate">The first of the gates.</param>
    /// <param name="count">How many they are.</param>
    public static GateActivation Tanh(int firstGate, int count = 1) => new(firstGate, count, Activation.Tanh);
}
