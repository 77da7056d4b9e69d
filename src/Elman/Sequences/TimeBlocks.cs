namespace Elman.Sequences;

/// <summary>
/// Holds out blocks of steps from the whole length of each sequence, so that a forecast is evaluated on every season, not only on the last
/// one (C. Bergmeir and others, "A note on the validity of cross-validation for evaluating autoregressive time series prediction",
/// 2018).
/// </summary>
internal static class TimeBlocks
{
    /// <summary>The number of blocks of a sequence that are held out together.</summary>
    private const int BlocksOfAPart = 5;

    /// <summary>The minimum length of a block in horizons.</summary>
    private const int LeastHorizons = 4;

    /// <summary>Divides each sequence into blocks, which are assigned to the parts in turn.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="horizon">The number of steps ahead.</param>
    /// <param name="least">The minimum number of blocks; a sequence with fewer is not divided. At least the number of parts; with more,
    /// each part holds out less of a sequence.</param>
    /// <returns>For each part the sequences with its blocks hidden, and the sequences with all other blocks hidden; parts without blocks
    /// are left out.</returns>
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
                    others.Add(sequence); // too short to divide
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
