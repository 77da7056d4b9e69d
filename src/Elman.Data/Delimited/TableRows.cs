namespace Elman.Data;

/// <summary>
/// The rows of a table, independent of the file format. Fields are text, as in a delimited file; a format that stores numbers and times in
/// binary form returns them by <see cref="TryNumber"/> and <see cref="TryTime"/>.
/// </summary>
internal abstract class TableRows
{
    /// <summary>The file name for messages.</summary>
    public abstract string Source { get; }

    /// <summary>The names of the columns, if the file has them.</summary>
    public string[]? Names { get; protected set; }

    /// <summary>Whether numbers have a decimal comma.</summary>
    public virtual bool HasDecimalComma => false;

    /// <summary>The number of fields of the current row.</summary>
    public abstract int FieldCount { get; }

    /// <summary>The position of the current row, from 1: its line, or its number if there are no lines.</summary>
    public abstract long Line { get; }

    /// <summary>The unit of <see cref="Line"/>, such as <c>line</c>.</summary>
    public virtual string LineWord => "line";

    /// <summary>The current row at the beginning of a sentence, such as <c>Line 4</c>.</summary>
    public string LineTitle => FormattableString.Invariant($"{char.ToUpperInvariant(LineWord[0])}{LineWord[1..]} {Line}");

    /// <summary>The word for a column, such as <c>field</c>.</summary>
    public virtual string ColumnWord => "field";

    /// <summary>A field of the current row in UTF-8; valid until the next row.</summary>
    public abstract ReadOnlySpan<byte> this[int field] { get; }

    /// <summary>Advances to the next row.</summary>
    /// <exception cref="DataFileException">The row is damaged.</exception>
    public abstract bool Read();

    /// <summary>Returns a field that should be a number, with a decimal point if it is one; valid until the next field or row.</summary>
    public virtual ReadOnlySpan<byte> Number(int field) => this[field];

    /// <summary>Whether a field was meant as a number.</summary>
    public virtual bool IsMeantAsNumber(int field) => NumberText.IsMeantAsNumber(this[field]);

    /// <summary>Describes the problem with the commas and points of a field; <see langword="null"/> if there is none.</summary>
    public virtual string? ExplainComma(int field) => null;

    /// <summary>Whether a field is text, which may represent a number, and not a value of another type.</summary>
    public virtual bool IsText(int field) => true;

    /// <summary>Whether a column holds dates, as far as this is known before the rows are read.</summary>
    /// <param name="field">The column.</param>
    /// <param name="format">The format of dates, in either notation of <see cref="TimeFormat"/>; <see langword="null"/> for ISO
    /// 8601.</param>
    public virtual bool HoldsDates(int field, string? format) => false;

    /// <summary>Whether a column may hold numbers, as far as this is known before the rows are read.</summary>
    public virtual bool MayHoldNumbers(int field) => true;

    /// <summary>A hint at another possible error in the first row of a table, after a semicolon; else empty.</summary>
    public virtual string HintOfHeader => "";

    /// <summary>Whether a field is empty: in wide form, empty fields end a sequence.</summary>
    public virtual bool IsEmpty(int field) => this[field].IsEmpty;

    /// <summary>Returns the field of a label; <c>?</c> if it is unknown.</summary>
    public virtual ReadOnlySpan<byte> Label(int field) => this[field];

    /// <summary>Reads a field as a finite number, or NaN if it is missing; also as the nearest double.</summary>
    public virtual bool TryNumber(int field, out float value, out double exact) =>
        NumberText.TryParseField(Number(field), out value, out exact);

    /// <summary>Reads a field that is stored as a time, in ticks of 100 ns; false if it must be read as text.</summary>
    public virtual bool TryTime(int field, out decimal ticks)
    {
        ticks = 0;
        return false;
    }

    /// <summary>Creates an exception for the current row.</summary>
    public DataFileException Error(string problem) => ErrorAt(Line, null, problem);

    /// <summary>Creates an exception for a field of the current row, from 0.</summary>
    public DataFileException Error(int field, string problem) => ErrorAt(Line, field, problem);

    /// <summary>Creates an exception for any row.</summary>
    public virtual DataFileException ErrorAt(long line, int? field, string problem) =>
        new(Source, problem, line, field + 1, field is { } column ? Describe(column) : null);

    /// <summary>Creates an exception for the names of the columns, or for options that do not match them.</summary>
    public virtual DataFileException ErrorOfColumns(string problem) => new(Source, problem, Line);

    /// <summary>Creates an exception for a field that should be a number.</summary>
    public virtual DataFileException NoNumber(int field) => Error(field, NumberText.Explain(this[field]));

    /// <summary>Returns the identifier of a column: its name, else its number.</summary>
    public string NameOf(int field) =>
        Names is { } names && field < names.Length && names[field].Length > 0
            ? names[field]
            : (field + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Describes a column: its number, and its name if it has one.</summary>
    public string Describe(int field) =>
        Names is { } names && field < names.Length && names[field].Length > 0
            ? $"{ColumnWord} {field + 1} ({Quoted(names[field])})"
            : $"{ColumnWord} {field + 1}";
}
