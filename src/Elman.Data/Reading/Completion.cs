namespace Elman.Data;

/// <summary>
/// Processing that is applied to every data set after reading, independent of the format: labels of intervals, resampling and windows if
/// they are chosen, and warnings that are common to all formats.
/// </summary>
internal sealed class Completion
{
    private readonly DataFileOptions _given;
    private readonly Windowing? _windows;
    private readonly string _name;

    /// <summary>Creates the object before the file is read.</summary>
    /// <param name="given">The options.</param>
    /// <param name="name">The file name for messages.</param>
    /// <param name="canLabelSteps">Whether files of the format may have labels of steps, from which windows take theirs.</param>
    /// <exception cref="DataFileException">Windows were chosen, but sequences are to have no classes.</exception>
    public Completion(DataFileOptions given, string name, bool canLabelSteps)
    {
        (_given, _name, Options) = (given, name, given);
        _windows = given.Labels is LabelKind.Class or LabelKind.Any ? given.Windowing ?? given.Known?.Windowing : null;
        if (given.Windowing is not null && _windows is null)
            throw new DataFileException(name, "windows (--window) have one class each and need --task classify; leave out --window or "
                + "change the task.");
        if (given.Intervals is not null)
            Options = given with { LabelColumn = DataFileOptions.NoLabelColumn, Labels = LabelKind.Any };
        else if (_windows is not null && given.Labels == LabelKind.Class && canLabelSteps)
            Options = given with { Labels = LabelKind.Steps }; // recordings whose labels change
    }

    /// <summary>The options for the reader of the file.</summary>
    public DataFileOptions Options { get; }

    /// <summary>Returns the final data set.</summary>
    /// <param name="data">The data set as read.</param>
    /// <param name="used">The options that the format uses; <see langword="null"/> if they are not known.</param>
    /// <exception cref="DataFileException">The options can't be applied to these data.</exception>
    public SequenceDataset Apply(SequenceDataset data, OptionUse? used)
    {
        try
        {
            if (_given.Intervals is { } intervals)
                data = IntervalLabels.Read(intervals, Options).Apply(data);
            if ((_given.Resampling ?? _given.Known?.Resampled) is { } resampling)
            {
                CheckDates(data);
                data = resampling.Apply(data);
            }
            data = _windows?.Apply(data) ?? data;
        }
        catch (ArgumentException e)
        {
            throw new DataFileException(_name, e.WithoutParameter(), innerException: e);
        }
        IEnumerable<string> labels = _given.Labels is LabelKind.Class or LabelKind.Classes or LabelKind.Steps
            ? SimilarLabels.Report(data.ClassLabels)
            : [];
        string[] doubts = [.. used?.Unused(_given) ?? [], .. labels];
        return doubts.Length == 0 ? data : WithWarnings(data, doubts);
    }

    /// <summary>Checks that steps have dates, which are required for resampling.</summary>
    private void CheckDates(SequenceDataset data)
    {
        int undated = Enumerable.Range(0, data.Count).FirstOrDefault(i => data[i].Times is not { AreDates: true }, -1);
        if (undated < 0)
            return;
        string way = data.Columns switch
        {
            { Time: { } column } when data[undated].Times is not null => $"the times in {Quoted(column)} are numbers; if they are seconds "
                + "since 1970, give --time-format unix (unix-ms for milliseconds); if they are days such as 20240531, --time-format "
                + "yyyyMMdd",
            { Time: { } column } => $"two times in {Quoted(column)} are the same",
            { IsLong: true } => "name the column of the dates (--time-column)",
            _ => "dates need a column in a table in long form, with a row for each step",
        };
        throw new DataFileException(_name, $"--resample needs the date of each row: {way}.");
    }

    private static SequenceDataset WithWarnings(SequenceDataset data, string[] more) => SequenceDataset.Over(
        data.Channels, data.ClassLabels, data, data.Name, data.TargetNames, data.ChannelNames, data.Columns, [.. data.Warnings, .. more],
        data.Vocabularies, data.Offsets, data.Preparation);
}
