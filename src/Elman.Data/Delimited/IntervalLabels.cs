using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>Labels of intervals of recordings, from a separate file: <c>recording,start,end,label</c>.</summary>
internal sealed class IntervalLabels
{
    private static readonly string[] _starts = ["start", "begin", "from", "onset"], _ends = ["end", "stop", "to", "offset"];

    private readonly string _path;
    private readonly bool _haveIds;
    private readonly string[] _classes;
    private readonly Dictionary<string, List<Interval>> _intervals;

    private IntervalLabels(string path, bool haveIds, string[] classes, Dictionary<string, List<Interval>> intervals) =>
        (_path, _haveIds, _classes, _intervals) = (path, haveIds, classes, intervals);

    /// <summary>Reads the file.</summary>
    /// <exception cref="DataFileException">The file is missing or malformed.</exception>
    public static IntervalLabels Read(string path, DataFileOptions options)
    {
        if (!File.Exists(path))
            throw new DataFileException(path, "there is no such file; check the path.");
        using FileStream stream = File.OpenRead(path);
        var source = new SourceStream(stream, path);
        if (source.PeekStart().IsEmpty)
            throw new DataFileException(path, "the file is empty; give a file with columns start, end and label.");
        using var table = new Table(source, Delimiter.Detect(source.PeekStart()));
        if (!table.Read())
            throw new DataFileException(path, "the file holds only blank lines; give columns start, end and label.");
        table.TakeHeader();
        int start = Find(table, path, "start", name => _starts.Contains(name, StringComparer.OrdinalIgnoreCase)),
            end = Find(table, path, "end", name => _ends.Contains(name, StringComparer.OrdinalIgnoreCase)),
            label = Find(table, path, "label", ColumnNames.IsLabel);
        int id = Array.FindIndex(table.Names!, name => options.IdColumn is { } given
            ? name.Equals(given, StringComparison.OrdinalIgnoreCase)
            : ColumnNames.RankOfId(name) > 0);
        var labels = new LabelColumn(LabelKind.Class);
        var forms = new DateForms((options.TimeFormat ?? options.Known?.TimeFormat) is { } format ? TimeFormat.ToNet(format) : null);
        var intervals = new Dictionary<string, List<Interval>>(StringComparer.Ordinal);
        while (table.Read())
        {
            decimal from = Time(table, start, forms), to = Time(table, end, forms);
            if (!(from < to))
                throw table.Error(end, "the end of the interval is not after its start; steps from the start up to but not including "
                    + "the end have its label.");
            string recording = id < 0 ? "" : Encoding.UTF8.GetString(table[id]);
            if (!intervals.TryGetValue(recording, out List<Interval>? all))
                intervals.Add(recording, all = []);
            all.Add(new Interval(from, to, labels.Read(table, label), table.Line));
        }
        string[] classes = labels.Sort(out int[] rank);
        foreach (List<Interval> all in intervals.Values)
        {
            for (int i = 0; i < all.Count; i++)
                all[i] = all[i] with { Label = all[i].Label < 0 ? Sequence.NoLabel : rank[all[i].Label] };
            all.Sort((one, other) => one.From.CompareTo(other.From));
            for (int i = 1; i < all.Count; i++)
                if (all[i].From < all[i - 1].To && all[i].Label != all[i - 1].Label)
                    throw new DataFileException(
                        path, $"the interval on line {all[i].Line} overlaps the one on line {all[i - 1].Line}, which has another label; "
                            + "a step has one label. Correct one of the two.", all[i].Line);
        }
        return new IntervalLabels(path, id >= 0, classes, intervals);
    }

    /// <summary>Returns the recordings with the labels of their steps.</summary>
    /// <exception cref="DataFileException">A recording has no times; there are several recordings and the file has no ids; or no interval
    /// contains a step.</exception>
    public SequenceDataset Apply(SequenceDataset data)
    {
        if (!_haveIds && data.Count > 1)
            throw new DataFileException(
                _path, $"'{data.Name}' has {data.Count} recordings, but the intervals have no id column; add a column with the name of "
                    + "the recordings' id column.");
        var known = new HashSet<string>(StringComparer.Ordinal);
        long labelled = 0;
        var sequences = new Sequence[data.Count];
        for (int i = 0; i < sequences.Length; i++)
        {
            Sequence recording = data[i];
            string name = _haveIds ? recording.Id ?? "" : "";
            known.Add(name);
            int[] labels = LabelsOf(recording, data.Name, i, _intervals.GetValueOrDefault(name) ?? []);
            labelled += labels.LongCount(label => label >= 0);
            sequences[i] = recording.WithLabel(Sequence.NoLabel).WithStepLabels(labels);
        }
        if (labelled == 0)
            throw new DataFileException(_path, $"no step of '{data.Name}' is in an interval; check the times and ids of the two files.");
        string[] unknown = [.. _intervals.Keys.Where(name => !known.Contains(name)).Take(3)];
        return new SequenceDataset(data.Channels, _classes, sequences, data.Name)
        {
            ChannelNames = data.ChannelNames,
            Columns = data.Columns,
            Vocabularies = data.Vocabularies,
            Preparation = data.Preparation,
            Warnings = unknown.Length == 0
                ? data.Warnings
                : [.. data.Warnings, $"Intervals of {string.Join(", ", unknown.Select(name => Quoted(name)))} are not used: "
                    + "there is no such recording."],
        };
    }

    private static int Find(Table table, string path, string what, Predicate<string> isIt)
    {
        int found = Array.FindIndex(table.Names!, isIt);
        return found >= 0 ? found : throw new DataFileException(
            path, $"no column is named {what}; a file of intervals has columns start, end and label.", table.Line);
    }

    private static decimal Time(Table table, int field, DateForms forms)
    {
        ReadOnlySpan<byte> text = field < table.FieldCount ? table[field] : [];
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) || forms.TryRead(text, out number))
            return number;
        throw table.Error(
            field, $"{NumberText.Quote(text)} is not a time; it must be a number or a date, like the times of the recordings.");
    }

    private int[] LabelsOf(Sequence recording, string data, int index, List<Interval> intervals)
    {
        if (recording.Times is not { } times)
            throw new DataFileException(
                _path, $"recording {index + 1} of '{data}' has no times, which intervals need; name the time column "
                    + "(--time-column).");
        int[] labels = new int[recording.Steps];
        Array.Fill(labels, Sequence.NoLabel);
        int next = 0;
        for (int t = 0; t < labels.Length; t++)
        {
            decimal time = times.AreDates
                ? times.DateAt(t).UtcTicks
                : decimal.Parse(times.TextAt(t), NumberStyles.Float, CultureInfo.InvariantCulture);
            while (next < intervals.Count && intervals[next].To <= time)
                next++;
            if (next < intervals.Count && intervals[next].From <= time)
                labels[t] = intervals[next].Label;
        }
        return labels;
    }

    private readonly record struct Interval(decimal From, decimal To, int Label, long Line);
}
