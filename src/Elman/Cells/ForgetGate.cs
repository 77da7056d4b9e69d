namespace Elman.Cells;

/// <summary>The gate whose bias sets a cell's initial memory.</summary>
/// <param name="Index">The index of the gate in the bias.</param>
/// <param name="Sign">1 if a larger bias means longer memory, −1 if it means shorter memory.</param>
public readonly record struct ForgetGate(int Index, int Sign);
