namespace Elman.Kernels;

/// <summary>Constants that, added to an integer n, result in the biased exponent of 2ⁿ in the lowest bits of the sum.</summary>
/// <remarks>
/// 1.5·2ᵖ, for p fraction bits, sets the value of the last fraction bit to one; the bias of the format is added. A shift to the left by p
/// then results in 2ⁿ. One addition replaces a conversion to integers, for which AVX2 has no instruction in double.
/// </remarks>
internal static class ExponentField
{
    /// <summary>1.5·2²³ + 127.</summary>
    public const float Single = 12583039f;

    /// <summary>1.5·2⁵² + 1023.</summary>
    public const double Double = 6755399441056767.0;
}
