using System.Text;

namespace Elman.Data.Columnar;

/// <summary>Reads rows that are sequences: a list of values for each channel, or a list of lists.</summary>
internal sealed class NestedRows : IRowReader
{
    private readonly ColumnTable _table;
    private readonly NestedLayout _layout;
    private readonly LabelColumns _labels;
    private readonly NestedLabels _labelReader;
    private readonly INestedValues _values;
    private readonly Remarks _remarks;
    private readonly List<Sequence> _sequences = [];
    private readonly List<int[]> _ofSequences = [], _ofSteps = [];
    private readonly Dictionary<string, string> _groups = new(StringComparer.Ordinal);

    public NestedRows(ColumnTable table, NestedLayout layout, DataFileOptions options, Remarks remarks)
    {
        (_table, _layout, _remarks) = (table, layout, remarks);
        _labels = new LabelColumns(options, [.. layout.Labels.Select(table.NameOf)]);
        _labelReader = new NestedLabels(table, _labels, options.Labels, remarks);
        _values = table.Columns[layout.Channels[0]].IsListOfLists
            ? new ListOfListsValues(table, layout.Channels[0], options, remarks)
            : new ListValuesOfChannels(table, layout.Channels, options);
    }

    public int SequenceCount => _sequences.Count;

    public void Take()
    {
        (ReadOnlyMemory<float> values, int channels) = _values.Read();
        var sequence = new Sequence(values, channels) { Id = Text(_layout.Id), Group = GroupOf(Text(_layout.Group)) };
        _ofSequences.Add([.. _layout.Labels.Select((field, column) => _labelReader.Read(column, field, sequence.Steps))]);
        _ofSteps.Add(_labelReader.Steps);
        _sequences.Add(sequence);
    }

    public SequenceDataset Finish(string name)
    {
        _values.Report(_remarks);
        _labelReader.Report();
        RepeatedIds.Report(_sequences, _remarks);
        string[] names = _values.Names;
        var found = new Found(
            _sequences[0].Channels, names.Distinct().Count() == names.Length ? names : [], new TableColumns { IsLong = false }, name);
        SequenceDataset data = _labels.AttachTo(found, _sequences, _ofSequences, _ofSteps, _remarks);
        // The columns are not recorded, because they are not those of a table in long or wide form.
        return new SequenceDataset(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Warnings = data.Warnings,
        };
    }

    private string? Text(int? field) =>
        field is { } column && !_table[column].IsEmpty ? Encoding.UTF8.GetString(_table[column]) : null;

    private string? GroupOf(string? group)
    {
        if (group is null || _groups.TryAdd(group, group))
            return group;
        return _groups[group];
    }
}
