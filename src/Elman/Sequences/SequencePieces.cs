namespace Elman.Sequences;

/// <summary>Cuts long sequences into overlapping pieces, so that an epoch has many updates.</summary>
internal static class SequencePieces
{
    /// <summary>The minimum number of steps of a piece.</summary>
    private const int LeastSteps = 96;

    /// <summary>The number of horizons in a piece.</summary>
    private const int Horizons = 4;

    /// <summary>Returns the pieces. Each begins in the middle of the previous one; except in the first, the first quarter is
    /// context.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="horizon">The number of steps ahead that are forecast.</param>
    public static SequenceDataset Of(SequenceDataset data, int horizon)
    {
        int length = StepsOf(horizon);
        var pieces = new List<Sequence>();
        foreach (Sequence sequence in data)
        {
            if (sequence.Steps <= 2 * length)
            {
                pieces.Add(sequence);
                continue;
            }
            for (int start = 0; start < sequence.Steps - (length / 2); start += length / 2)
            {
                int context = Math.Max(start == 0 ? 0 : length / 4, sequence.ContextSteps - start);
                int count = Math.Min(length, sequence.Steps - start);
                if (context < count - 1)
                    pieces.Add(sequence.Slice(start, count) with { ContextSteps = context });
            }
        }
        return data.With(data.ClassLabels, pieces, data.TargetNames);
    }

    /// <summary>Returns the approximate number of pieces for a number of steps.</summary>
    public static int CountOf(long steps, int horizon) => (int)Math.Clamp(2 * steps / StepsOf(horizon), 1, int.MaxValue);

    /// <summary>The number of steps of a piece.</summary>
    private static int StepsOf(int horizon) => Math.Max(LeastSteps, Horizons * horizon);
}
