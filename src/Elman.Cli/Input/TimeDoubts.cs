using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>What of the times of series makes a forecast doubtful.</summary>
internal static class TimeDoubts
{
    /// <summary>Intervals that differ by less than this share are alike: months do.</summary>
    private const double Alike = 0.1;

    /// <summary>A share of steps above this one, before which a model lacks what it looks back on, is told.</summary>
    private const double MostLacking = 0.1;

    /// <summary>Warns where a model is a forecaster, and series that it is to go on from are doubtful.</summary>
    public static void Warn(Terminal terminal, SequenceEstimator model, SequenceDataset data)
    {
        foreach (string doubt in model is SequenceForecaster forecaster ? About(data, forecaster) : [])
            terminal.Error.WriteLine($"elman: warning: {doubt}");
    }

    /// <summary>Warns where a forecaster is judged by many steps before which it lacks what it looks back on.</summary>
    public static void WarnOfBeginnings(Terminal terminal, SequenceEstimator model, SequenceDataset data)
    {
        int back = model is SequenceForecaster forecaster ? forecaster.LongestLag : 0;
        long all = data.Sum(sequence => (long)(sequence.Steps - sequence.ContextSteps));
        long lacking = data.Where(sequence => sequence.Steps > back)
            .Sum(sequence => (long)Math.Max(0, back - sequence.ContextSteps));
        if (lacking > MostLacking * all)
            terminal.Error.WriteLine($"elman: warning: {Figures.Count(lacking)} of {Figures.Count(all, "step")} of {data.Name} are judged "
                + $"though the series has not gone on for the {Figures.Count(back + 1)} that the model looks back on: the mean of the "
                + "training data stands in, and the figures are worse than those of later forecasts. Give longer series.");
    }

    /// <summary>Doubts about series that are to be learned from.</summary>
    public static IEnumerable<string> About(SequenceDataset data)
    {
        if (IntervalOf(data) is not { } usual)
            yield break;
        int other = Enumerable.Range(0, data.Count).FirstOrDefault(i => data[i].Times?.Interval is { } its && !AreAlike(its, usual), -1);
        if (other >= 0)
        {
            yield return $"{Name(data, other)} of {data.Name} has steps of {Figures.Interval(data[other].Times!.Interval!.Value)}, others "
                + $"of {Figures.Interval(usual)}; a model sees no difference. Train a model for each length of a step, or give --resample.";
        }
    }

    /// <summary>Doubts about series that a forecaster is to go on from.</summary>
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
            yield return $"{which} {Figures.Count(longest, "step")}, and the model looks back on {Figures.Count(needed)}: the mean of "
                + "the training data stands in for those that are not there, so the forecast is poor. Give a longer history.";
        }
    }

    /// <summary>Doubts about series that are to tell how good a forecaster is.</summary>
    /// <param name="test">The series, without others before them as context.</param>
    /// <param name="training">What is learned from.</param>
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
            yield return $"{Figures.Count(common)} of {Figures.Count(test.TotalSteps, "step")} of {test.Name} are at times of "
                + $"{training.Name}, which are learned from, so the figures are too good; leave them out of one of the two.";
        }
        if (pairs.FirstOrDefault(pair => Place(pair.Times, pair.Times.Count - 1) < pair.First) is { Times: not null } past)
        {
            yield return $"{Name(test, past.Index)} of {test.Name} ends at {past.Times.TextAt(past.Times.Count - 1)}, before that of "
                + $"{training.Name} begins, at {past.Before.TextAt(0)}: the model knows what came later. Test on what comes after.";
        }
        bool sameOrder = test.Channels == training.Channels && test.ChannelNames.SequenceEqual(training.ChannelNames);
        SequenceDataset joined = sameOrder ? test.Following(training) : test;
        if (pairs.FirstOrDefault(pair => Place(pair.Times, 0) > pair.Last && joined[pair.Index].Steps == test[pair.Index].Steps)
            is { Times: not null } later)
        {
            string why = sameOrder ? "a gap lies between" : "its columns are others, or in another order";
            yield return $"{Name(test, later.Index)} of {test.Name} begins at {later.Times.TextAt(0)} and does not go on from that of "
                + $"{training.Name}, which ends at {later.Before.TextAt(later.Before.Count - 1)} ({why}): forecasts at its beginning have "
                + "its own steps alone to go by. "
                + $"{(sameOrder ? "Put those between into one of the two" : "Give the same columns in both")}.";
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
            + $"{Figures.Interval(fitted)}: a step is taken for a step, whatever its length, so forecasts are of other times than they "
            + $"say. Give {(interval < fitted ? "--resample" : "data in steps of")} {Figures.Interval(fitted)}.";
    }

    /// <summary>The usual interval of most series.</summary>
    private static TimeSpan? IntervalOf(SequenceDataset data) => data.Select(sequence => sequence.Times?.Interval)
        .Where(interval => interval is not null).GroupBy(interval => interval).MaxBy(group => group.Count())?.Key;

    private static bool AreAlike(TimeSpan one, TimeSpan other) => Math.Abs((one / other) - 1) <= Alike;

    /// <summary>The series of the training data that one of the test data may go on from; −1 where there is none.</summary>
    private static int Earlier(SequenceDataset test, SequenceDataset training, int index) => test.Count == 1 && training.Count == 1
        ? 0
        : test[index].Id is { } id ? Enumerable.Range(0, training.Count).FirstOrDefault(i => training[i].Id == id, -1) : -1;

    /// <summary>Where on a line a time is.</summary>
    private static decimal Place(SequenceTimes times, int step) =>
        times.AreDates ? times.DateAt(step).UtcTicks : decimal.Parse(times.TextAt(step), CultureInfo.InvariantCulture);

    private static string Name(SequenceDataset data, int index) =>
        data.Count == 1 ? "The series" : data[index].Id is { } id ? $"The series '{id}'" : $"Series {index + 1}";
}
