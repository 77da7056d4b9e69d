using System.Buffers;

namespace Elman.Data;

/// <summary>The fields of a row of an <c>.arff</c> file.</summary>
internal sealed class ArffRow(TextLines lines)
{
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly List<(int Start, int Length, int Offset, bool IsQuoted)> _fields = [];

    /// <summary>The number of fields.</summary>
    public int Count => _fields.Count;

    /// <summary>The text of a field, without quotes and backslashes; valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int field] => _text.WrittenSpan.Slice(_fields[field].Start, _fields[field].Length);

    /// <summary>Whether a field means an unknown value.</summary>
    public bool IsMissing(int field) => !_fields[field].IsQuoted && this[field] is [(byte)'?'];

    /// <summary>Splits the current line into fields; false if it is blank or a comment.</summary>
    /// <remarks>Fields are separated by commas or blanks, as in Weka.</remarks>
    /// <exception cref="DataFileException">The line is malformed, or has a form that is not supported.</exception>
    public bool Cut()
    {
        _text.ResetWrittenCount();
        _fields.Clear();
        var cursor = new ArffCursor(lines);
        bool needsField = true;
        while (!cursor.IsAtEnd)
        {
            if (cursor.Peek() == '{')
                throw cursor.Error(_fields.Count == 0
                    ? "sparse rows, '{INDEX VALUE, …}', are not supported; write a value for each attribute."
                    : "row weights, '{…}' at the end of a row, are not supported; remove them.");
            if (cursor.Peek() == ',')
            {
                if (needsField)
                    throw cursor.Error("there is no value before this comma; write '?' for a missing value.");
                cursor.Take(',');
                needsField = true;
                continue;
            }
            int start = _text.WrittenCount, offset = cursor.Position;
            bool isQuoted = cursor.ReadWord(_text);
            _fields.Add((start, _text.WrittenCount - start, offset, isQuoted));
            needsField = false;
        }
        if (needsField && _fields.Count > 0)
            throw cursor.Error("there is no value after the last comma; write '?' for a missing value.");
        return _fields.Count > 0;
    }

    /// <summary>Creates an exception for a field.</summary>
    public DataFileException Error(int field, string problem) => lines.Error(_fields[field].Offset, problem);
}
