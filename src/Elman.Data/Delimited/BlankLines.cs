namespace Elman.Data;

/// <summary>Finds blank lines between the rows of a table: they may have been meant as rows, or as ends of sequences.</summary>
/// <param name="table">The table.</param>
/// <param name="mayMean">Advice on the possible meaning of the lines, after a semicolon.</param>
internal sealed class BlankLines(TableRows table, string mayMean)
{
    private long _next, _first, _count;

    /// <summary>Checks the current row.</summary>
    public void Look()
    {
        long line = table.Line;
        if (_next > 0 && line > _next)
        {
            if (_count == 0)
                _first = _next;
            _count += line - _next;
        }
        _next = line + 1;
        for (int field = 0; field < table.FieldCount; field++)
            _next += table[field].Count((byte)'\n'); // within quotes
    }

    /// <summary>Adds a warning if there were blank lines.</summary>
    public void Report(Remarks remarks)
    {
        if (_count > 0)
            remarks.Add("blank lines", $"{(_count == 1 ? $"Line {_first} is"
                : $"{_count} lines between rows, the first of them line {_first}, are")} blank and skipped; {mayMean}.");
    }
}
