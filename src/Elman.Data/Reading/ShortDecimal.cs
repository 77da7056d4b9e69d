namespace Elman.Data;

/// <summary>The fast way to read the numbers that data files consist of: a sign, up to 19 digits, a decimal point, no exponent.</summary>
/// <remarks>
/// The result is the <see langword="float"/> nearest to the text, as from <see cref="float.Parse(string)"/>. Digits below 2⁵³ and powers of
/// ten up to 10²² are exact as <see langword="double"/>, so their quotient is correctly rounded (W. D. Clinger 1990). Rounding it again to
/// <see langword="float"/> goes wrong only if it lies halfway between two of them; such texts, one in 2²⁹, are left to the general parser.
/// </remarks>
internal static class ShortDecimal
{
    private const int MaxDigits = 19; // fit into 64 bits
    private const ulong MaxExact = 1UL << 53;

    // What a float's rounding cuts off from a double: 29 bits; halfway is the highest of them alone.
    private const ulong Cut = (1UL << 29) - 1, Halfway = 1UL << 28;

    private static readonly double[] _powersOf10 =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
    ];

    /// <summary>Reads a number of that kind; <see langword="false"/> says nothing about other texts.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The nearest float.</param>
    /// <param name="exact">The nearest double.</param>
    public static bool TryParse(ReadOnlySpan<byte> text, out float value, out double exact)
    {
        value = 0;
        exact = 0;
        bool negative = text is [(byte)'-', ..];
        int i = negative || text is [(byte)'+', ..] ? 1 : 0;
        ulong digits = 0;
        int count = 0, point = -1;
        for (; i < text.Length; i++)
        {
            uint digit = text[i] - (uint)'0';
            if (digit <= 9)
            {
                digits = (digits * 10) + digit;
                count++;
            }
            else if (text[i] == '.' && point < 0)
            {
                point = count;
            }
            else
            {
                return false;
            }
        }
        if (count is 0 or > MaxDigits || digits > MaxExact)
            return false;
        int decimals = point < 0 ? 0 : count - point;
        exact = digits / _powersOf10[decimals];
        if (decimals > 0 && (BitConverter.DoubleToUInt64Bits(exact) & Cut) == Halfway)
            return false;
        exact = negative ? -exact : exact;
        value = (float)exact;
        return true;
    }
}
