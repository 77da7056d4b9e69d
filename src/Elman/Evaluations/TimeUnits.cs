using Elman.Sequences;

namespace Elman.Evaluations;

/// <summary>
/// The independent units of forecasts: groups or series, or where they are few blocks of consecutive steps of each, since errors of
/// neighbouring steps are alike (the block bootstrap: H. Künsch, 1989).
/// </summary>
internal static class TimeUnits
{
    /// <summary>From so many groups or series on, each is a unit.</summary>
    private const int Many = 20;

    /// <summary>The number of blocks that are made if they are then longer than the horizon.</summary>
    private const int Blocks = 15;

    /// <summary>Returns the unit of each case, and what a unit is.</summary>
    public static (int[] Units, string Name) Of(SequenceDataset data, int horizon, IReadOnlyList<NumberCase> cases)
    {
        IReadOnlyList<IReadOnlyList<int>>? groups = SequenceGroups.Of(data);
        int[] wholes = [.. Enumerable.Range(0, data.Count)];
        for (int g = 0; g < groups?.Count; g++)
            foreach (int i in groups[g])
                wholes[i] = g;
        bool areWhole = (groups?.Count ?? data.Count) >= Many;
        int length = areWhole ? int.MaxValue : LengthOf(Steps(), horizon);
        var numbers = new Dictionary<(int, int), int>();
        int[] units = new int[cases.Count];
        for (int i = 0; i < units.Length; i++)
        {
            // Blocks are counted from the last step of the context. Those of a group belong together: its series may be alike.
            int step = cases[i].Step - data[cases[i].Sequence].ContextSteps;
            (int, int) key = (wholes[cases[i].Sequence], step / length);
            if (!numbers.TryGetValue(key, out units[i]))
                numbers[key] = units[i] = numbers.Count;
        }
        string whole = groups is null ? "series" : "group";
        return (units, areWhole ? whole
            : FormattableString.Invariant($"block of {length} steps{(groups is null ? "" : " of a group")}"));

        // Of the series of a group, the longest counts.
        long Steps() => data.Select((sequence, i) => (Whole: wholes[i], Steps: (long)sequence.Steps - sequence.ContextSteps))
            .GroupBy(one => one.Whole).Sum(group => group.Max(one => one.Steps));
    }

    /// <summary>
    /// The length of blocks: longer than the horizon, since the errors of overlapping forecasts are alike, and up to four horizons or the
    /// root of the number of steps, if there are then blocks enough.
    /// </summary>
    private static int LengthOf(long steps, int horizon)
    {
        long most = Math.Max((long)Math.Sqrt(steps), 4L * horizon);
        return (int)Math.Min(Math.Clamp(steps / Blocks, horizon + 1L, most), int.MaxValue);
    }
}
