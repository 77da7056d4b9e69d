using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Warnings about the times of series that affect forecasts.</summary>
internal static class TimeDoubts
{
    /// <summary>Intervals whose relative difference is below this are treated as equal, such as months.</summary>
    private const double Alike = 0.1;

    /// <summary>The maximum share of steps without the full history that the model needs; above it, a warning is printed.</summary>
    private const double MostLacking = 0.1;

    /// <summary>Warns about the series that a forecaster continues.</summary>
    public static void Warn(Terminal terminal, SequenceEstimator model, SequenceDataset data)
    {
        foreach (string doubt in model is SequenceForecaster forecaster ? About(data, forecaster) : [])
            terminal.Warn(doubt);
    }

    /// <summary>Warns if many evaluated steps lack the full history that a forecaster needs.</summary>
    public static void WarnOfBeginnings(Terminal terminal, SequenceEstimator model, SequenceDataset data)
    {
        int back = model is SequenceForecaster forecaster ? forecaster.LongestLag : 0;
        long all = data.Sum(sequence => (long)(sequence.Steps - sequence.ContextSteps));
        long lacking = data.Where(sequence => sequence.Steps > back)
            .Sum(sequence => (long)Math.Max(0, back - sequence.ContextSteps));
        if (lacking > MostLacking * all)
            terminal.Warn($"{Figures.Count(lacking)} of {Figures.Count(all, "step")} of {data.Name} are "
                + $"evaluated with less than the {Figures.Count(back + 1)} steps of history that the model uses: the mean of the "
                + "training data is used instead, so the results are worse than later forecasts. Give longer series.");
    }

    /// <summary>Returns warnings about training series.</summary>
    public static IEnumerable<string> About(SequenceDataset data)
    {
        if (IntervalOf(data) is not { } usual)
            yield break;
        int other = Enumerable.Range(0, data.Count).FirstOrDefault(i => data[i].Times?.Interval is { } its && !AreAlike(its, usual), -1);
        if (other >= 0)
        {
            yield return $"{Name(data, other)} of {data.Name} has steps of {Figures.Interval(data[other].Times!.Interval!.Value)}, others "
                + $"of {Figures.Interval(usual)}; the model does not see the difference. Train a model for each interval, or give "
                + "--resample.";
        }
    }

    /// <summary>Returns warnings about series that a forecaster continues.</summary>
    public static IEnumerable<string> About(SequenceDataset data, SequenceForecaster model)
    {
        foreach (string doubt in AboutSteps(data, model.Interval, "the model has"))
            yield return doubt;
        int needed = model.LongestLag + 1;
        int[] steps = model.FirstStepsAhead(data), tooShort = [.. Enumerable.Range(0, steps.Length).Where(i => steps[i] < needed)];
        if (tooShort.Length > 0)
        {
            string which = data.Count == 1 ? $"{data.Name} has" : tooShort.Length == 1
                ? $"{data.Name}: {Name(data, tooShort[0])} has"
                : $"{data.Name}: {Figures.Count(tooShort.Length)} of {Figures.Count(data.Count, "series")} have up to";
            int longest = tooShort.Max(i => steps[i]);
            yield return $"{which} {Figures.Count(longest, "step")}, but the model uses {Figures.Count(needed)}: missing steps are "
                + "replaced by the mean of the training data, so the forecast is poor. Give a longer history.";
        }
    }

    /// <summary>Returns warnings about test series.</summary>
    /// <param name="test">The series, without earlier series as context.</param>
    /// <param name="training">The training data.</param>
    public static IEnumerable<string> About(SequenceDataset test, SequenceDataset training)
    {
        foreach (string doubt in AboutSteps(test, IntervalOf(training), $"{training.Name} has"))
            yield return doubt;
        var pairs = (from i in Enumerable.Range(0, test.Count)
                     let earlier = Earlier(test, training, i)
                     where earlier >= 0
                     let times = test[i].Times
                     let before = training[earlier].Times
                     where times is not null && before is not null && times.AreDates == before.AreDates
                     select (Index: i, Times: times, Before: before, First: Place(before, 0), Last: Place(before, before.Count - 1)))
            .ToArray();
        long common = pairs.Where(pair => Place(pair.Times, 0) <= pair.Last).Sum(pair => Enumerable.Range(0, pair.Times.Count)
            .LongCount(step => Place(pair.Times, step) is var place && place >= pair.First && place <= pair.Last));
        if (common > 0)
        {
            yield return $"{Figures.Count(common)} of {Figures.Count(test.TotalSteps, "step")} of {test.Name} have times that are also "
                + $"in {training.Name}, so the results are too optimistic; remove them from one of the two.";
        }
        if (pairs.FirstOrDefault(pair => Place(pair.Times, pair.Times.Count - 1) < pair.First) is { Times: not null } past)
        {
            yield return $"{Name(test, past.Index)} of {test.Name} ends at {past.Times.TextAt(past.Times.Count - 1)}, before "
                + $"{training.Name} begins, at {past.Before.TextAt(0)}: the model was trained on later data. Test on data after the "
                + "training data.";
        }
        bool sameOrder = test.Channels == training.Channels && test.ChannelNames.SequenceEqual(training.ChannelNames);
        SequenceDataset joined = sameOrder ? test.Following(training) : test;
        if (pairs.FirstOrDefault(pair => Place(pair.Times, 0) > pair.Last && joined[pair.Index].Steps == test[pair.Index].Steps)
            is { Times: not null } later)
        {
            string why = sameOrder ? "there is a gap between them" : "its columns or their order differ";
            yield return $"{Name(test, later.Index)} of {test.Name} begins at {later.Times.TextAt(0)} and does not continue that of "
                + $"{training.Name}, which ends at {later.Before.TextAt(later.Before.Count - 1)} ({why}): its first forecasts use only "
                + $"its own steps as history. {(sameOrder ? "Add the steps between to one of the two" : "Give the same columns in both")}.";
        }
    }

    private static IEnumerable<string> AboutSteps(SequenceDataset data, TimeSpan? known, string who)
    {
        int other = Enumerable.Range(0, data.Count)
            .FirstOrDefault(i => data[i].Times?.Interval is { } its && known is { } usual && !AreAlike(its, usual), -1);
        if (other < 0)
            yield break;
        TimeSpan interval = data[other].Times!.Interval!.Value, fitted = known!.Value;
        yield return $"{Name(data, other)} of {data.Name} has steps of {Figures.Interval(interval)}, and {who} steps of "
            + $"{Figures.Interval(fitted)}: the model does not see times, so the forecasts have wrong times. Give "
            + $"{(interval < fitted ? "--resample" : "data in steps of")} {Figures.Interval(fitted)}.";
    }

    /// <summary>Returns the usual interval of most series.</summary>
    private static TimeSpan? IntervalOf(SequenceDataset data) => data.Select(sequence => sequence.Times?.Interval)
        .Where(interval => interval is not null).GroupBy(interval => interval).MaxBy(group => group.Count())?.Key;

    private static bool AreAlike(TimeSpan one, TimeSpan other) => Math.Abs((one / other) - 1) <= Alike;

    /// <summary>Returns the series of the training data that a test series may continue; −1 if there is none.</summary>
    private static int Earlier(SequenceDataset test, SequenceDataset training, int index) => test.Count == 1 && training.Count == 1
        ? 0
        : test[index].Id is { } id ? Enumerable.Range(0, training.Count).FirstOrDefault(i => training[i].Id == id, -1) : -1;

    /// <summary>Returns the position of a step in time.</summary>
    private static decimal Place(SequenceTimes times, int step) =>
        times.AreDates ? times.DateAt(step).UtcTicks : decimal.Parse(times.TextAt(step), CultureInfo.InvariantCulture);

    private static string Name(SequenceDataset data, int index) =>
        data.Count == 1 ? "The series" : data[index].Id is { } id ? $"The series {Quoted(id)}" : $"Series {index + 1}";
}
