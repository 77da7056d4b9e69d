using System.Text.Unicode;

namespace Elman.Data.Columnar;

/// <summary>The rows of a columnar file in the form of a table, so that the rules for tables apply. Unused columns are not read.</summary>
internal sealed class ColumnTable : TableRows
{
    private readonly ColumnSource _source;
    private readonly ColumnValues?[] _values; // the values of the current part
    private readonly byte[][] _texts;
    private readonly CancellationToken _cancellation;
    private int _row = -1;
    private long _line;

    public ColumnTable(ColumnSource source, CancellationToken cancellation)
    {
        _source = source;
        _cancellation = cancellation;
        Names = [.. source.Columns.Select(column => column.Name)];
        _values = new ColumnValues?[Names.Length];
        _texts = [.. Names.Select(_ => Array.Empty<byte>())];
    }

    public override string Source => _source.Name;

    public override int FieldCount => Columns.Count;

    public override long Line => _line;

    public override string LineWord => "row";

    public override string ColumnWord => "column";

    /// <summary>The columns.</summary>
    public IReadOnlyList<Column> Columns => _source.Columns;

    public override ReadOnlySpan<byte> this[int field]
    {
        get
        {
            ColumnValues values = Of(field);
            if (values.IsNull(_row))
                return [];
            ReadOnlySpan<byte> text = values.Text(_row, ref _texts[field]);
            return Columns[field].Kind != ColumnKind.Text || Utf8.IsValid(text)
                ? text
                : throw Error(field, "the text is not valid UTF-8; write it as UTF-8.");
        }
    }

    public override bool Read()
    {
        while (++_row >= _source.Rows)
        {
            _cancellation.ThrowIfCancellationRequested();
            Array.Clear(_values);
            if (!_source.ReadPart())
                return false;
            _row = -1;
        }
        _line++;
        return true;
    }

    public override bool IsText(int field) => Columns[field].Kind == ColumnKind.Text;

    public override bool MayHoldNumbers(int field) => Columns[field].Kind != ColumnKind.Text;

    public override bool HoldsDates(int field, string? format) => Columns[field].Kind == ColumnKind.Time;

    public override bool IsEmpty(int field) => Of(field).IsNull(_row) || (Columns[field].Kind == ColumnKind.Text && this[field].IsEmpty);

    public override ReadOnlySpan<byte> Label(int field) => Of(field).IsNull(_row) ? "?"u8 : this[field];

    public override bool TryNumber(int field, out float value, out double exact)
    {
        ColumnValues values = Of(field);
        if (!values.IsNull(_row))
            return values.TryNumber(_row, out value, out exact);
        (value, exact) = (float.NaN, double.NaN);
        return true;
    }

    public override bool TryTime(int field, out decimal ticks)
    {
        ColumnValues values = Of(field);
        ticks = 0;
        return !values.IsNull(_row) && values.TryTicks(_row, out ticks);
    }

    /// <summary>Returns the lists of a column; <see cref="Row"/> is the index of the current row in them.</summary>
    public ListValues Lists(int field) => (ListValues)Of(field, mayBeLists: true);

    /// <summary>The current row in the current part, from 0.</summary>
    public int Row => _row;

    public override DataFileException NoNumber(int field) => Columns[field].Kind == ColumnKind.Time
        ? Error(field, "the column holds times, not values; give it as --time-column, or list the channels in --channels.")
        : base.NoNumber(field);

    public override DataFileException ErrorAt(long line, int? field, string problem) =>
        new(Source, FormattableString.Invariant($"row {line}{(field is { } column ? $", {Describe(column)}" : "")}: {problem}"),
            column: field + 1);

    public override DataFileException ErrorOfColumns(string problem) => new(Source, problem);

    private ColumnValues Of(int field, bool mayBeLists = false)
    {
        if (_values[field] is { } values && (mayBeLists || values is not ListValues))
            return values;
        Column column = Columns[field];
        if (column.Kind == ColumnKind.Other || (column.Kind == ColumnKind.List && !mayBeLists))
            throw new DataFileException(Source, $"{Describe(field)} holds {column.What}, which can't be values, labels or names here; "
                + "list the channels in --channels, name the label column (--label-column), or remove it from the file.");
        return _values[field] = _source.Load(field);
    }
}
