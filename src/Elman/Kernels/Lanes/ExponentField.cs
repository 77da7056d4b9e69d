namespace Elman.Kernels;

/// <summary>Numbers that, added to an integer n, leave the biased exponent of 2ⁿ in the lowest bits of the sum.</summary>
/// <remarks>
/// 1.5·2ᵖ, for p fraction bits, makes the last fraction bit worth one; the bias of the format comes on top. A shift to the left by p
/// then gives 2ⁿ. One addition does what a conversion to integers would, for which AVX2 has no instruction in double.
/// </remarks>
internal static class ExponentField
{
    /// <summary>1.5·2²³ + 127.</summary>
    public const float Single = 12583039f;

    /// <summary>1.5·2⁵² + 1023.</summary>
    public const double Double = 6755399441056767.0;
}
