using System.Text;

namespace Elman.Data;

/// <summary>Reads rows that have a text in one field, which is split into the steps of a sequence: <c>label,name</c>.</summary>
internal sealed class TextRows(TableRows table, TextLayout layout, LabelColumns labels, DataFileOptions options, Remarks remarks)
    : IRowReader
{
    /// <summary>Above this average number of characters, texts are probably meant to be split into words.</summary>
    private const int ManyCharacters = 200;

    private readonly VocabularyBuilder _symbols = new(options.Tokens ?? TextTokens.Characters);
    private readonly ValueStore _store = new();
    private readonly List<float> _row = [];
    private readonly List<int[]> _labels = [];
    private readonly List<Sequence> _sequences = [];
    private readonly Dictionary<string, long> _lines = new(StringComparer.Ordinal); // the line of each id
    private long _steps;

    private readonly BlankLines? _blank = (table.Names?.Length ?? table.FieldCount) > 1 ? null
        : new(table, "for an empty text write a symbol, such as '?', so that texts and predictions stay aligned");

    public int SequenceCount => _sequences.Count;

    public void Take()
    {
        _blank?.Look();
        _labels.Add([.. layout.Labels.Select((field, column) => labels[column].Read(table, field))]);
        _row.Clear();
        TextColumn.Add(table, layout.Text, _symbols, _row);
        if (_row.Count == 0)
            throw table.Error(layout.Text, "the text is empty; a sequence needs at least one symbol. Add the text or remove the row.");
        string? id = Text(layout.Id);
        if (id is not null && options.Format == DelimitedForm.Auto && !_lines.TryAdd(id, table.Line))
            throw table.Error(layout.Id!.Value, $"the id {NumberText.Quote(table[layout.Id.Value])} is also on line {_lines[id]}, so "
                + "rows may be steps; declare the form: --format long if each row is a step, --format wide if each is a text.");
        Memory<float> values = _store.Take(_row.Count);
        _row.CopyTo(values.Span);
        _sequences.Add(new Sequence(values, 1) { Id = id, Group = Text(layout.Group) });
        _steps += _row.Count;
    }

    public SequenceDataset Finish(string name)
    {
        (Vocabulary?[] vocabularies, IReadOnlyList<int>?[] numbers) =
            TextColumn.Build([_symbols], _ => table.NameOf(layout.Text), remarks);
        foreach (Sequence sequence in _sequences)
            TextColumn.Number(System.Runtime.InteropServices.MemoryMarshal.AsMemory(sequence.Values).Span, numbers);
        if (options.Tokens is null && _steps / _sequences.Count >= ManyCharacters)
            remarks.Add("long texts", $"The texts have {_steps / _sequences.Count} characters on average, and each is a step; give "
                + "--tokens words to use words as steps.");
        RepeatedIds.Report(_sequences, remarks);
        _blank?.Report(remarks);
        TableColumns columns = new()
        {
            IsLong = false,
            Id = layout.Id is { } id ? table.NameOf(id) : null,
            Group = layout.Group is { } group ? table.NameOf(group) : null,
            Labels = [.. layout.Labels.Select(table.NameOf)],
            Texts = [table.NameOf(layout.Text)],
            HasDecimalComma = table.HasDecimalComma,
        };
        return labels.AttachTo(new Found(1, [], columns, name) { Vocabularies = vocabularies }, _sequences, _labels, [], remarks);
    }

    private string? Text(int? field) =>
        field is { } column && column < table.FieldCount ? Encoding.UTF8.GetString(table[column]) : null;
}
