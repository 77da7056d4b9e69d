namespace Elman.Cells;

/// <summary>Which part of a cell's bias makes it remember.</summary>
/// <param name="Index">The gate's place in the bias.</param>
/// <param name="Sign">1 where it remembers more the greater the bias is, −1 where the less.</param>
public readonly record struct ForgetGate(int Index, int Sign);
