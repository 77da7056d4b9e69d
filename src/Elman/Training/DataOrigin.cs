using Elman.Models;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Training;

/// <summary>Names and settings of the training data; other data are matched by them.</summary>
/// <param name="ChannelNames">The channels, in the order in which the model takes them; empty if they have no names.</param>
/// <param name="Columns">The columns of the table that the data were read from; <see langword="null"/> if they were not read from a
/// table.</param>
/// <param name="Preparation">How the values were computed; <see langword="null"/> if they are unchanged.</param>
internal sealed record DataOrigin(IReadOnlyList<string> ChannelNames, TableColumns? Columns, string? Preparation = null)
{
    /// <summary>The origin of data without names.</summary>
    public static DataOrigin None { get; } = new([], null);

    /// <summary>Inputs of a forecaster that are not forecast: the last channels of the model.</summary>
    public Covariates Covariates { get; init; } = Covariates.None;

    /// <summary>The symbols of each text channel; empty for other channels.</summary>
    public IReadOnlyList<Vocabulary?> Vocabularies { get; init; } = [];

    /// <summary>The offsets of channels and targets.</summary>
    public ValueOffsets Offsets { get; init; } = ValueOffsets.None;

    /// <summary>The time between two steps of the data of a forecaster; <see langword="null"/> if it is not known or varies too
    /// much.</summary>
    public StepInterval? Interval { get; init; }

    /// <summary>Whether there is nothing that other data have to match.</summary>
    public bool IsNone => ChannelNames.Count == 0 && Columns is null && Preparation is null && Covariates.Count == 0
        && Vocabularies.Count == 0 && Offsets.IsNone;

    /// <summary>The origin of data.</summary>
    public static DataOrigin Of(SequenceDataset data) => new(data.ChannelNames, data.Columns, data.Preparation)
    { Vocabularies = TextNumbers.Counted(data), Offsets = data.Offsets };

    /// <summary>The same origin, with empty vocabulary entries added up to a number of channels.</summary>
    public DataOrigin ForChannels(int channels) => Vocabularies.Count == 0 ? this : this with
    {
        Vocabularies = [.. Vocabularies, .. new Vocabulary?[channels - Vocabularies.Count]],
    };

    /// <summary>The origin of the training data of a task, with the options about it.</summary>
    /// <exception cref="ArgumentException">The data have no such channels, or no dates for a calendar.</exception>
    public static DataOrigin Of(SequenceDataset data, SequenceTask task, TrainingOptions options, string parameter)
    {
        if (task.Kind != ModelTask.Forecast)
            return Of(data);
        CalendarCycles calendar = options.Forecast.Calendar ?? (options.IsAuto ? CalendarChannels.Suited(data) : CalendarCycles.None);
        string[] unknown = [.. options.Forecast.Known.Except(data.ChannelNames, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new ArgumentException($"Known names {List(unknown)}; '{data.Name}' has "
                + $"{(data.ChannelNames.Count == 0 ? "channels without names" : $"the channels {List(data.ChannelNames)}")}.", parameter);
        string[] taken = [.. CalendarChannels.NamesOf(calendar).Intersect(data.ChannelNames, StringComparer.Ordinal)];
        if (taken.Length > 0)
            throw new ArgumentException($"'{data.Name}' has the channel {List(taken)}, which is the name of a calendar channel; rename "
                + "it, or set Calendar to none.", parameter);
        ChannelList ahead = options.Forecast.Known;
        string[] own = [.. data.ChannelNames.Except(ahead, StringComparer.Ordinal)], all = [.. own, .. ahead];
        if (ahead.Count > 0 && own.Length == 0)
            throw new ArgumentException($"Known names all channels of '{data.Name}', so there is none to forecast. Leave at least one "
                + "out.", parameter);
        return new DataOrigin(all, data.Columns, data.Preparation)
        {
            Offsets = data.ChannelNames.Count == 0
                ? data.Offsets
                : data.Offsets.OfChannels(all.Select(new ClassIndex(data.ChannelNames).Find)),
            Covariates = new Covariates(options.Forecast.Known.Count, calendar, options.Forecast.Horizon)
            { Offset = data.Count > 0 && data[0].Times is { AreDates: true } times ? times.Offset : TimeSpan.Zero },
            Interval = StepInterval.Of(data),
        };
    }

    /// <summary>
    /// Returns the data as the model takes them: channels in the model's order, calendar features added, text symbols numbered as in the
    /// model, and the model's offsets subtracted.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A channel of the model is missing, the data have a channel that the model does not know, or the
    /// data have no dates and the model uses calendar features.</exception>
    public SequenceDataset Arrange(SequenceDataset data, string parameter)
    {
        if (Covariates.Count > 0 && data.CovariateChannels == Covariates.Count)
            return data; // it is already arranged
        data = TextNumbers.Arrange(GivenInOrder(data, parameter), Vocabularies, parameter);
        // A different number of channels is reported elsewhere.
        bool canBeShifted = Offsets.Channels.Count == 0 || Offsets.Channels.Count == data.Channels;
        return Covariates.AddTo(canBeShifted ? data.WithOffsets(Offsets) : data, parameter);
    }

    /// <summary>The same as <see cref="InOrder"/>; for a forecaster with covariates, also checks the number of channels.</summary>
    /// <exception cref="ArgumentException">The number of channels differs, or as for <see cref="InOrder"/>.</exception>
    public SequenceDataset GivenInOrder(SequenceDataset data, string parameter)
    {
        data = InOrder(data, parameter);
        int known = ChannelNames.Count > 0 ? ChannelNames.Count : data.Channels;
        return Covariates.Count == 0 || data.Channels == known ? data : throw new ArgumentException(
            $"The sequences of '{data.Name}' have {Amount.Of(data.Channels, "channel")}; the model takes {known}.", parameter);
    }

    /// <summary>
    /// Returns the data with their channels in the order in which the model takes them. If the model or the data have no channel names, the
    /// channels are taken in the order of the data. Names are compared exactly first, then without regard to case if the match is
    /// unambiguous.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="parameter">The caller's parameter, for the exception.</param>
    /// <exception cref="ArgumentException">A channel of the model is missing, the data have a channel that the model does not know, or
    /// their values were computed in a different way.</exception>
    public SequenceDataset InOrder(SequenceDataset data, string parameter)
    {
        if (Preparation is not null && data.Preparation is not null && data.Preparation != Preparation)
            throw new ArgumentException($"The values of '{data.Name}' were computed as {QuotedText(data.Preparation)}, those of the "
                + "training "
                + $"data as {QuotedText(Preparation)}; compute them in the same way.", parameter);
        if (ChannelNames.Count == 0 || data.ChannelNames.Count == 0 || data.ChannelNames.SequenceEqual(ChannelNames))
            return data;
        int[] places = Match(data.ChannelNames);
        if (places.Contains(-1))
            throw new ArgumentException($"'{data.Name}' has no channel {List(ChannelNames.Where((_, c) => places[c] < 0))}, which is in "
                + $"the training data; its channels are {List(data.ChannelNames)}.", parameter);
        if (data.Channels > places.Length)
            throw new ArgumentException(
                $"'{data.Name}' has the channel {List(data.ChannelNames.Where((_, c) => !places.Contains(c)))}, which is not in the "
                    + $"training data; the model takes {List(ChannelNames)}. Remove the others.", parameter);
        return new SequenceDataset(
            data.Channels, data.ClassLabels, AreInOrder(places) ? data : data.Select(sequence => Arranged(sequence, places)), data.Name,
            data.TargetNames)
        {
            ChannelNames = ChannelNames,
            Columns = data.Columns,
            Preparation = data.Preparation,
            Warnings = data.Warnings,
            Vocabularies = data.Vocabularies.Count == 0 ? [] : [.. places.Select(place => data.Vocabularies[place])],
            Offsets = data.Offsets.OfChannels(places),
        };
    }

    /// <summary>The position of each model channel in the given channels; −1 if there is none or it is ambiguous.</summary>
    private int[] Match(IReadOnlyList<string> given)
    {
        var exact = new ClassIndex(given);
        int[] places = [.. ChannelNames.Select(exact.Find)];
        // The other channels are matched without regard to case.
        ILookup<string, int> others = Enumerable.Range(0, given.Count).Except(places)
            .ToLookup(c => given[c], StringComparer.OrdinalIgnoreCase);
        ILookup<string, int> open = Enumerable.Range(0, places.Length).Where(c => places[c] < 0)
            .ToLookup(c => ChannelNames[c], StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, int> alike in open)
            if (alike.Count() == 1 && others[alike.Key].Count() == 1)
                places[alike.First()] = others[alike.Key].First();
        return places;
    }

    private static bool AreInOrder(int[] places) => places.AsSpan().SequenceEqual([.. Enumerable.Range(0, places.Length)]);

    private static Sequence Arranged(Sequence sequence, int[] places)
    {
        ReadOnlySpan<float> from = sequence.Values.Span;
        float[] values = new float[from.Length]; // [steps, channels]
        for (int row = 0; row < from.Length; row += places.Length)
            for (int c = 0; c < places.Length; c++)
                values[row + c] = from[row + places[c]];
        return sequence.WithValues(values);
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(name => Quoted(name)));
}
