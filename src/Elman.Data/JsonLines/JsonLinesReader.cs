using System.Text;
using System.Text.Json;

namespace Elman.Data;

/// <summary>
/// Reads JSON Lines: one object per line, <c>{"id":"a","label":"walk","x":[[1,2],[3,4]]}</c>. Only one line is held in memory.
/// </summary>
internal sealed class JsonLinesReader
{
    /// <summary>The options that are used for such files.</summary>
    public static readonly OptionUse Use = new(".jsonl files, whose members have fixed names", "--tokens");

    private readonly TextLines _lines;
    private readonly Remarks _remarks = new();
    private readonly RoundingWatch _rounding;
    private readonly JsonTexts _texts;
    private readonly JsonValues _values;
    private readonly JsonLabels _labels;
    private readonly NameTable _ids = new(), _groups = new();
    private PackedSequences? _sequences;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private JsonLinesReader(SourceStream source, DataFileOptions options)
    {
        _lines = new TextLines(source);
        _rounding = RoundingWatch.OfChannels(options.OffsetTable, c => _values!.Names.ElementAtOrDefault(c));
        _texts = new JsonTexts(_lines, options.Tokens, _remarks, _rounding);
        _values = new JsonValues(_lines, options.KnownChannels, _remarks, _texts);
        _labels = new JsonLabels(_lines, options, _remarks);
    }

    /// <summary>Reads all lines.</summary>
    /// <exception cref="DataFileException">The file is malformed, or holds something that is not supported.</exception>
    public static SequenceDataset Read(SourceStream source, DataFileOptions options)
    {
        var reader = new JsonLinesReader(source, options);
        while (reader._lines.Read())
        {
            if (!reader._lines.Current.Trim(" \t"u8).IsEmpty)
                reader.Take();
            source.Sequences = reader._sequences?.Count ?? 0;
        }
        if (reader._sequences is null)
            throw new DataFileException(source.Name, "the file has only blank lines; write one object per line, such as {\"x\":[1,2,3]}.");
        reader._sequences.Repeated.Report(reader._remarks);
        IReadOnlyList<Vocabulary?> vocabularies =
            reader._texts.Finish(reader._values.Channels, reader._values.Names, reader._sequences);
        SequenceDataset data = reader._labels.Attach(reader._values.Channels, reader._sequences, source.Name);
        reader._rounding.Report(c => reader._values.Names.Count > 0 ? $"channel {Quoted(reader._values.Names[c])}"
            : data.Channels == 1 ? "the sequences" : $"channel {c + 1}", reader._remarks);
        return SequenceDataset.Over(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames,
            reader._values.Names, warnings: reader._remarks.Texts, vocabularies: vocabularies);
    }

    private void Take()
    {
        var json = new Utf8JsonReader(_lines.Current);
        try
        {
            ReadObject(ref json);
        }
        catch (JsonException e)
        {
            bool isShort = e.BytePositionInLine >= _lines.Current.Length;
            throw new DataFileException(_lines.Source, $"this is not valid JSON{(isShort ? ": the line ends too early" : "")}; write each "
                + "sequence as one object on a separate line, such as {\"label\":\"walk\",\"x\":[[1,2],[3,4]]}, and null for a missing "
                + "value.", _lines.Line,
                (int)Math.Min((e.BytePositionInLine ?? 0) + 1, int.MaxValue),
                FormattableString.Invariant($"byte {(e.BytePositionInLine ?? 0) + 1}"), e);
        }
        catch (InvalidOperationException e)
        {
            throw JsonLine.Error(_lines, json, "the text has half of a surrogate pair (\\ud800 to \\udfff), which is not a character; "
                + "write both halves or the character itself.", e);
        }
    }

    private void ReadObject(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            throw JsonLine.Error(_lines, json, $"the line is {JsonLine.Kind(json)}; each line must be an object, such as "
                + "{\"label\":\"walk\",\"x\":[[1,2],[3,4]]}.");
        _seen.Clear();
        _labels.Begin();
        int id = -1, group = -1;
        ReadOnlyMemory<float> values = default;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = JsonLine.PropertyName(json);
            if (!_seen.Add(name))
                throw JsonLine.Error(_lines, json, $"{Shown(name)} is given twice; keep one of the two.");
            long start = json.TokenStartIndex;
            json.Read();
            switch (name)
            {
                case "id":
                    id = JsonLine.IndexOf(_ids, _lines, json, "'id'");
                    break;
                case "group":
                    group = JsonLine.IndexOf(_groups, _lines, json, "'group'");
                    break;
                case "label":
                    _labels.ReadLabel(ref json);
                    break;
                case "targets":
                    _labels.ReadTargets(ref json);
                    break;
                case "x" or "channels" or "text":
                    if (!values.IsEmpty)
                        throw JsonLine.Error(_lines, start, "the line has two of 'x', 'channels' and 'text'; keep one of them.");
                    values = name switch
                    {
                        "x" => _values.ReadSteps(ref json),
                        "text" => _values.ReadText(json),
                        _ => _values.ReadChannels(ref json),
                    };
                    break;
                default:
                    _remarks.AddOnce($"{Shown(name)} is ignored (first on line {{0}}); known members are id, group, label, targets, x, "
                        + "channels and text.", _lines.Line);
                    json.Skip();
                    break;
            }
        }
        if (json.TokenType == JsonTokenType.EndObject)
            json.Read(); // fails if something follows
        if (values.IsEmpty)
            throw _lines.Error("the line has neither 'x' nor 'channels'; give the values, such as \"x\":[[1,2],[3,4]].");
        _labels.End(values.Length / _values.Channels);
        _sequences ??= new PackedSequences(_values.Channels);
        _sequences.Add(values);
        if (id >= 0)
            _sequences.NameLast(_ids, id);
        if (group >= 0)
            _sequences.GroupLast(_groups, group);
    }

    private static string Shown(string name) => NumberText.Quote(Encoding.UTF8.GetBytes(name));
}
