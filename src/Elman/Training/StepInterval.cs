namespace Elman.Training;

/// <summary>The time between two steps of the data that a forecaster was trained on.</summary>
/// <param name="Usual">The most frequent one; months count as 30 days.</param>
/// <param name="Longest">The longest one, such as that over a weekend of working days.</param>
internal sealed record StepInterval(TimeSpan Usual, TimeSpan Longest)
{
    /// <summary>Intervals whose relative difference is below this are treated as equal, such as those of months.</summary>
    private const double Alike = 0.1;

    /// <summary>The interval of data; <see langword="null"/> if sequences have no dates, or steps of different length.</summary>
    public static StepInterval? Of(SequenceDataset data)
    {
        StepInterval? all = null;
        foreach (Sequence sequence in data)
        {
            if (sequence.Times is not { Interval: { } usual, LongestInterval: { } longest })
                continue;
            if (all is not null && Math.Abs((usual / all.Usual) - 1) > Alike)
                return null;
            all = new StepInterval(all?.Usual ?? usual, longest > all?.Longest ? longest : all?.Longest ?? longest);
        }
        return all;
    }
}
