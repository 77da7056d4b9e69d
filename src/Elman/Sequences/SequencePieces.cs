namespace Elman.Sequences;

/// <summary>Cuts long sequences into overlapping pieces, so that gradients make many updates of them.</summary>
internal static class SequencePieces
{
    /// <summary>Steps of a piece at least.</summary>
    private const int LeastSteps = 96;

    /// <summary>Horizons of a piece.</summary>
    private const int Horizons = 4;

    /// <summary>The pieces: the first quarter of each but the first is context, and each begins in the middle of the one before.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="horizon">Steps ahead that are forecast.</param>
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

    /// <summary>About how many pieces sequences with so many steps become.</summary>
    public static int CountOf(long steps, int horizon) => (int)Math.Clamp(2 * steps / StepsOf(horizon), 1, int.MaxValue);

    /// <summary>Steps of a piece.</summary>
    private static int StepsOf(int horizon) => Math.Max(LeastSteps, Horizons * horizon);
}
