namespace Elman.Sequences;

/// <summary>
/// Holds out blocks of steps at all times of each sequence, so that a forecast is evaluated on every season, not only on that at the
/// end (C. Bergmeir and others, "A note on the validity of cross-validation for evaluating autoregressive time series prediction",
/// 2018).
/// </summary>
internal static class TimeBlocks
{
    /// <summary>Blocks of a sequence that are left out together.</summary>
    private const int BlocksOfAPart = 5;

    /// <summary>Horizons of a block at least.</summary>
    private const int LeastHorizons = 4;

    /// <summary>Divides each sequence into blocks, of which every few belong to the same part.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="horizon">Steps ahead.</param>
    /// <param name="least">Blocks of a sequence at least, or it is not divided: as many as parts, or more, so that less of it is hidden at
    /// once.</param>
    /// <returns>Of each part the sequences with its blocks hidden, and those with all but its blocks hidden; parts without blocks are left
    /// out.</returns>
    public static IEnumerable<(SequenceDataset Others, SequenceDataset Blocks)> Of(SequenceDataset data, int parts, int horizon, int least)
    {
        for (int part = 0; part < parts; part++)
        {
            var others = new List<Sequence>();
            var blocks = new List<Sequence>();
            foreach (Sequence sequence in data)
            {
                int count = Math.Min(BlocksOfAPart * parts, sequence.Steps / Math.Max(4, LeastHorizons * horizon));
                if (count < least)
                {
                    others.Add(sequence); // too short to be divided
                    continue;
                }
                bool[] isInBlock = [.. Enumerable.Range(0, sequence.Steps).Select(t => (long)t * count / sequence.Steps % parts == part)];
                others.Add(sequence with { HiddenSteps = isInBlock });
                blocks.Add(sequence with { HiddenSteps = Array.ConvertAll(isInBlock, isIn => !isIn) });
            }
            if (blocks.Count > 0)
                yield return (data.With(data.ClassLabels, others, data.TargetNames), data.With(data.ClassLabels, blocks, data.TargetNames));
        }
    }
}
