using System.Buffers;
using System.Text;

namespace Elman.Data;

/// <summary>Reads the header of an <c>.arff</c> file: the attributes in their order, up to <c>@data</c>.</summary>
internal sealed class ArffHeader(TextLines lines)
{
    private readonly List<ArffAttribute> _attributes = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ArrayBufferWriter<byte> _word = new();
    private ArffAttribute? _relational;
    private bool _hasTags;

    /// <summary>Reads up to and including <c>@data</c>.</summary>
    /// <exception cref="DataFileException">The header is malformed.</exception>
    public static IReadOnlyList<ArffAttribute> Read(TextLines lines)
    {
        var header = new ArffHeader(lines);
        while (lines.Read())
            if (header.TakeLine())
                return header._attributes;
        throw new DataFileException(lines.Source, header._hasTags
            ? "there is no @data; put it between the attributes and the rows."
            : "the file has neither a header nor data; an .arff file has @relation, a line @attribute NAME TYPE for each column, "
                + "@data and the rows.");
    }

    /// <summary>Processes the current line; true if it is <c>@data</c>.</summary>
    private bool TakeLine()
    {
        var cursor = new ArffCursor(lines);
        if (cursor.IsAtEnd)
            return false;
        if (cursor.Peek() != '@')
            throw cursor.Error($"{NumberText.Quote(lines.Current[cursor.Position..])} comes before @data; "
                + "the header of an .arff file consists of @ tags and % comments, then @data. Put the line behind @data, or remove it.");
        _hasTags = true;
        int start = cursor.Position;
        string tag = Word(ref cursor);
        switch (tag.ToUpperInvariant())
        {
            case "@RELATION":
                // The name of the relation is not used.
                return false;
            case "@ATTRIBUTE":
                TakeAttribute(ref cursor);
                break;
            case "@END":
                if (_relational is null)
                    throw lines.Error(start, "@end has no relational attribute to close; remove it.");
                if (!cursor.IsAtEnd && Word(ref cursor) is var name && name != _relational.Name)
                    throw lines.Error(start, $"@end names {Quoted(name)}, but the relational attribute is {Quoted(_relational.Name)}; use "
                        + "the same name.");
                if (_relational.Inner.Count == 0)
                    throw lines.Error(start, $"the relational attribute {Quoted(_relational.Name)} has no attributes; declare one for each "
                        + "step.");
                _relational = null;
                break;
            case "@DATA":
                CheckEnd(start);
                CheckNothingBehind(ref cursor);
                return true;
            default:
                throw lines.Error(start, $"{NumberText.Quote(Encoding.UTF8.GetBytes(tag))} is not a tag of an .arff file; use "
                    + "@relation, @attribute, @end or @data.");
        }
        CheckNothingBehind(ref cursor);
        return false;
    }

    private void TakeAttribute(ref ArffCursor cursor)
    {
        int start = cursor.Peek() < 0 ? 0 : cursor.Position;
        string name = Word(ref cursor);
        List<ArffAttribute> target = _relational?.Inner ?? _attributes;
        ArffAttribute attribute = TakeType(ref cursor, name);
        // A relational attribute may have many steps, whose names have no meaning.
        if (_relational is null && !_names.Add(name))
            throw lines.Error(start, $"attribute {Quoted(name)} is declared twice; give every attribute its own name.");
        if (_relational is not null && attribute.Kind != ArffKind.Numeric)
            throw lines.Error(start, $"attribute {Quoted(name)} of the relational attribute {Quoted(_relational.Name)} is "
                + $"{attribute.KindInWords}; the values of a sequence need to be numeric.");
        target.Add(attribute);
        if (attribute.Kind == ArffKind.Relational)
            _relational = attribute;
    }

    private ArffAttribute TakeType(ref ArffCursor cursor, string name)
    {
        if (cursor.Take('{'))
            return new ArffAttribute(name, ArffKind.Nominal, lines.Line) { Classes = TakeClasses(ref cursor, name) };
        int start = cursor.Peek() < 0 ? lines.Current.Length : cursor.Position;
        if (cursor.IsAtEnd)
            throw lines.Error(start, $"attribute {Quoted(name)} has no type; write numeric, string or its values in braces after the "
                + "name.");
        string type = Word(ref cursor);
        ArffKind kind = type.ToUpperInvariant() switch
        {
            "NUMERIC" or "REAL" or "INTEGER" => ArffKind.Numeric,
            "STRING" => ArffKind.Text,
            "DATE" => ArffKind.Date,
            "RELATIONAL" => ArffKind.Relational,
            _ => throw lines.Error(start, $"{NumberText.Quote(Encoding.UTF8.GetBytes(type))} is not an attribute type; use numeric, "
                + "real, integer, string, date, relational or values in braces, as in {up, down}."),
        };
        if (kind == ArffKind.Date && !cursor.IsAtEnd)
            _ = Word(ref cursor); // the format of the dates
        return new ArffAttribute(name, kind, lines.Line);
    }

    private NameTable TakeClasses(ref ArffCursor cursor, string attribute)
    {
        var classes = new NameTable();
        while (true)
        {
            int start = cursor.Peek() < 0 ? lines.Current.Length : cursor.Position;
            _word.ResetWrittenCount();
            cursor.ReadWord(_word);
            if (classes.Find(_word.WrittenSpan) >= 0)
                throw lines.Error(start, $"attribute {Quoted(attribute)} lists {NumberText.Quote(_word.WrittenSpan)} twice; list every "
                    + "value once.");
            classes.FindOrAdd(_word.WrittenSpan);
            if (cursor.Take('}'))
                return classes;
            if (!cursor.Take(','))
                throw cursor.Error($"the values of attribute {Quoted(attribute)} need commas between them and a closing brace on the same "
                    + "line; put values with blanks in quotes.");
        }
    }

    private void CheckEnd(int start)
    {
        if (_relational is not null)
            throw lines.Error(start, $"the relational attribute {Quoted(_relational.Name)} is not closed; put '@end {_relational.Name}' "
                + "after its attributes.");
        if (_attributes.Count == 0)
            throw lines.Error(start, "there is no @attribute before @data; declare one for each column.");
    }

    private static void CheckNothingBehind(ref ArffCursor cursor)
    {
        if (!cursor.IsAtEnd)
            throw cursor.Error("there is text after the declaration; put it on a separate line, or put % before it if it is a comment.");
    }

    private string Word(ref ArffCursor cursor)
    {
        _word.ResetWrittenCount();
        cursor.ReadWord(_word);
        return Encoding.UTF8.GetString(_word.WrittenSpan);
    }
}
