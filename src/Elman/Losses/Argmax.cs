using System.Numerics;

namespace Elman.Losses;

/// <summary>Which score is the largest.</summary>
internal static class Argmax
{
    /// <summary>The index of the largest number; of equal ones the first.</summary>
    public static int Of<T>(ReadOnlySpan<T> scores)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int best = 0;
        for (int c = 1; c < scores.Length; c++)
            if (scores[c] > scores[best])
                best = c;
        return best;
    }
}
