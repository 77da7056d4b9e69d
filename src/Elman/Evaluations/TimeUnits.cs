namespace Elman.Evaluations;

/// <summary>
/// The independent units of forecasts: series, or where they are few blocks of consecutive steps, since errors of neighbouring steps are
/// alike (the block bootstrap: H. Künsch, 1989).
/// </summary>
internal static class TimeUnits
{
    /// <summary>From so many series on, each is a unit.</summary>
    private const int ManySeries = 20;

    /// <summary>The number of blocks that are made if they are then longer than the horizon.</summary>
    private const int Blocks = 15;

    /// <summary>Returns the unit of each case, and what a unit is.</summary>
    public static (int[] Units, string Name) Of(SequenceDataset data, int horizon, IReadOnlyList<NumberCase> cases)
    {
        bool areSeries = data.Count >= ManySeries;
        long judged = data.Sum(sequence => (long)sequence.Steps - sequence.ContextSteps);
        int length = areSeries ? int.MaxValue : (int)Math.Clamp(judged / Blocks, Math.Min(horizon + 1, int.MaxValue - 1), 4L * horizon);
        var numbers = new Dictionary<(int, int), int>();
        int[] units = new int[cases.Count];
        for (int i = 0; i < units.Length; i++)
        {
            // Blocks are counted from the last step of the context.
            (int, int) key = (cases[i].Sequence, (cases[i].Step - data[cases[i].Sequence].ContextSteps) / length);
            if (!numbers.TryGetValue(key, out units[i]))
                numbers[key] = units[i] = numbers.Count;
        }
        return (units, areSeries ? "series" : FormattableString.Invariant($"block of {length} steps"));
    }
}
