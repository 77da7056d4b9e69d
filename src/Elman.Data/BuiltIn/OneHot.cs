namespace Elman.Data;

/// <summary>Converts strings of symbols to sequences of one-hot vectors.</summary>
internal static class OneHot
{
    /// <summary>Returns the vectors, <c>[T, symbols]</c>.</summary>
    public static float[] Encode(ReadOnlySpan<int> text, int symbols)
    {
        float[] values = new float[text.Length * symbols];
        for (int t = 0; t < text.Length; t++)
            values[(t * symbols) + text[t]] = 1;
        return values;
    }
}
