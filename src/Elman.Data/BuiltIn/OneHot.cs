namespace Elman.Data;

/// <summary>Strings of symbols as sequences of vectors with a single 1.</summary>
internal static class OneHot
{
    /// <summary>The vectors, <c>[T, symbols]</c>.</summary>
    public static float[] Encode(ReadOnlySpan<int> text, int symbols)
    {
        float[] values = new float[text.Length * symbols];
        for (int t = 0; t < text.Length; t++)
            values[(t * symbols) + text[t]] = 1;
        return values;
    }
}
