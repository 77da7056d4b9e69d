namespace Elman.Kernels;

/// <summary>What every matrix product has in common, whatever its lane.</summary>
internal static class Gemm
{
    /// <summary>
    /// How many steps of k are summed in registers before the sum joins C. A panel of that many steps is 16 KiB at 256 bits
    /// and stays in the first-level cache; the number is part of the arithmetic, see <see cref="Panels{V, T}"/>.
    /// </summary>
    public const int BlockSteps = 256;

    /// <summary>Rows of A that pass under a panel before the next panel comes: with <see cref="BlockSteps"/> they fit the second-level cache.</summary>
    public const int BlockRows = 96;
}
