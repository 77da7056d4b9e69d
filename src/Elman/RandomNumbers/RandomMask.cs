using System.Numerics;

namespace Elman.RandomNumbers;

/// <summary>Random masks and numbers that depend only on a key and their position, so threads may draw them in any order.</summary>
/// <remarks>
/// Number i comes from 16 bits of SplitMix64 (G. Steele, D. Lea and C. Flood, 2014), started at a key: from its (i/4)-th output. So a rate
/// is rounded to the nearest multiple of 2⁻¹⁶.
/// </remarks>
internal static class RandomMask
{
    private const int Levels = 1 << 16;

    /// <summary>
    /// Returns the problem of a rate, as the end of a sentence that names it; <see langword="null"/> if the rate can be used.
    /// </summary>
    /// <remarks>
    /// A rate above 0 that would be rounded to 0, or a rate below 1 that would be rounded to 1, is refused.
    /// </remarks>
    public static string? Problem(double rate) => rate switch
    {
        not (>= 0 and < 1) => "it must be at least 0 and below 1.",
        > 0 when Quantize(rate) == 0 =>
            "rates are rounded to multiples of 2⁻¹⁶, so this one would become 0. Write 0, or at least 0.000008.",
        _ when Quantize(rate) == 1 => "rates are rounded to multiples of 2⁻¹⁶, so this one would become 1. Write at most 0.99999.",
        _ => null,
    };

    /// <summary>Returns the rate that is actually used.</summary>
    public static double Quantize(double rate) => Math.Round(rate * Levels) / Levels;

    /// <summary>Draws a range of the mask.</summary>
    /// <param name="mask">Receives the numbers from <paramref name="first"/> on.</param>
    /// <param name="key">The key of the mask.</param>
    /// <param name="first">The position of the first number, a multiple of 4.</param>
    /// <param name="rate">The probability that a number is <paramref name="dropped"/>.</param>
    /// <param name="dropped">The value of a dropped number.</param>
    /// <param name="kept">The value of a kept number.</param>
    public static void Draw<T>(Span<T> mask, ulong key, long first, double rate, T dropped, T kept)
        where T : unmanaged, INumberBase<T>
    {
        uint threshold = (uint)Math.Round(rate * Levels);
        ulong block = (ulong)first / 4;
        for (int i = 0; i < mask.Length; block++)
        {
            ulong bits = SeededRandom.At(key, block);
            for (int end = Math.Min(i + 4, mask.Length); i < end; i++, bits >>= 16)
                mask[i] = (uint)(bits & (Levels - 1)) < threshold ? dropped : kept;
        }
    }
}
