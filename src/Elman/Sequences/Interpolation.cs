namespace Elman.Sequences;

/// <summary>Linear interpolation of missing values.</summary>
internal static class Interpolation
{
    /// <summary>
    /// Fills the gaps (NaN) of every channel: between two values, at steps p and n, by <c>v_p + (v_n − v_p)·(t − p)/(n − p)</c>, at either
    /// end by the nearest value. A channel without values is not changed.
    /// </summary>
    /// <param name="values">The values of a sequence, <c>[steps, channels]</c>.</param>
    /// <param name="channels">The number of channels.</param>
    /// <param name="filled">Receives the values with the gaps filled, of the same size.</param>
    public static void Fill(ReadOnlySpan<float> values, int channels, Span<float> filled)
    {
        values.CopyTo(filled);
        int steps = values.Length / channels;
        for (int c = 0; c < channels; c++)
        {
            int previous = -1;
            for (int next = 0; next <= steps; next++)
            {
                if (next < steps && float.IsNaN(values[(next * channels) + c]))
                    continue;
                bool isBefore = previous >= 0, isBehind = next < steps;
                double from = isBefore ? values[(previous * channels) + c] : isBehind ? values[(next * channels) + c] : double.NaN;
                double to = isBehind ? values[(next * channels) + c] : from;
                for (int t = previous + 1; t < next; t++)
                    filled[(t * channels) + c] = (float)(from + ((to - from) * (t - previous) / (next - previous)));
                previous = next;
            }
        }
    }
}
