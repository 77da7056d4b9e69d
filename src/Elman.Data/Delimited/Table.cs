using System.Text;
using CsvHelper;

namespace Elman.Data;

/// <summary>The rows of a delimited file (RFC 4180) with their line numbers.</summary>
/// <remarks>
/// CsvHelper splits the rows: it works on UTF-8 spans without an object per cell, reads rows of a million fields in linear time, refuses
/// stray and unclosed quotes, and counts the lines of the file, including line breaks within quotes. It uses no reflection on this path.
/// </remarks>
internal sealed class Table : TableRows, IDisposable
{
    // Limits the length of an unclosed quote; about 30 million values.
    private const int MaxRowBytes = 1 << 28;

    private readonly CsvReader _reader;
    private readonly SourceStream _source;
    private readonly int _linesBefore;
    private readonly DecimalComma? _comma;
    private bool _replayRow;
    private long? _headerLine;
    private byte[][]? _header;
    private bool _isTextHeader; // whether it has several names, not all of them numbers: a row of numbers may be values
    private long _rows;

    /// <summary>Starts reading.</summary>
    /// <param name="source">The file, at its first row.</param>
    /// <param name="delimiter">The delimiter; a blank means any number of blanks and tabs.</param>
    /// <param name="linesBefore">The number of lines of the file that were skipped.</param>
    /// <param name="hasDecimalComma">Whether numbers have a decimal comma.</param>
    public Table(SourceStream source, char delimiter, int linesBefore = 0, bool hasDecimalComma = false)
    {
        _comma = hasDecimalComma ? new DecimalComma() : null;
        _source = source;
        _linesBefore = linesBefore;
        Delimiter = delimiter;
        _reader = CsvReader.Create(delimiter == ' ' ? new BlankSeparated(source) : source, new CsvReaderOptions
        {
            Separator = delimiter,
            HasHeader = false,
            DetectSeparatorHint = false,
            TrimWhitespace = true,
            SkipEmptyLines = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
            MaxRecordSize = MaxRowBytes,
        }, leaveOpen: true);
    }

    /// <summary>The delimiter of the fields.</summary>
    public char Delimiter { get; }

    /// <summary>The file name for messages.</summary>
    public override string Source => _source.Name;

    /// <inheritdoc/>
    public override bool HasDecimalComma => _comma is not null;

    /// <summary>The number of fields of the current row.</summary>
    public override int FieldCount => _reader.FieldCount;

    /// <summary>The line on which the current row begins, from 1.</summary>
    public override long Line => _reader.LineNumber + _linesBefore;

    /// <summary>A field of the current row in UTF-8, without quotes and outer blanks; valid until the next row.</summary>
    public override ReadOnlySpan<byte> this[int field] => _reader.GetSpan(field);

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> Number(int field) => _comma is null ? this[field] : _comma.Turn(this[field]);

    /// <inheritdoc/>
    /// <remarks>If it is a number, it has a decimal point; otherwise it is unchanged.</remarks>
    public override ReadOnlySpan<byte> Label(int field) =>
        _comma is not null && NumberText.TryParse(Number(field), out _) ? Number(field) : this[field];

    /// <inheritdoc/>
    public override bool IsMeantAsNumber(int field) => NumberText.IsMeantAsNumber(this[field]) || DecimalComma.IsMeant(this[field]);

    /// <inheritdoc/>
    /// <remarks>Determined by the current row. Numbers do not count as dates.</remarks>
    public override bool HoldsDates(int field, string? format) => field < FieldCount && !IsMeantAsNumber(field)
        && new DateForms(format is null ? null : TimeFormat.ToNet(format)).TryRead(NumberText.TrimBlanks(this[field]), out _);

    /// <inheritdoc/>
    /// <remarks>Determined by the current row.</remarks>
    public override bool MayHoldNumbers(int field) =>
        field >= FieldCount || IsMeantAsNumber(field) || NumberText.IsMissing(this[field]);

    /// <inheritdoc/>
    public override string HintOfHeader => IsSecondHeader() ? "; if the row is a second header, such as of units, remove it"
        : _header is null && _rows == 1 ? "; if the first row is a header, give --header yes" : "";

    private bool IsHeaderAgain()
    {
        if (FieldCount != _header!.Length)
            return false;
        for (int field = 0; field < _header.Length; field++)
            if (!this[field].SequenceEqual(_header[field]))
                return false;
        return true;
    }

    /// <summary>Whether the row after the header has no digit and no missing value.</summary>
    private bool IsSecondHeader()
    {
        if (Line != _headerLine + 1 || FieldCount < 2)
            return false;
        for (int field = 0; field < FieldCount; field++)
            if (this[field].ContainsAnyInRange((byte)'0', (byte)'9') || NumberText.IsMissing(this[field]))
                return false;
        return true;
    }

    /// <summary>Advances to the next row that is not blank.</summary>
    /// <exception cref="DataFileException">The row is not valid after RFC 4180.</exception>
    public override bool Read()
    {
        if (_replayRow)
        {
            _replayRow = false;
            return true;
        }
        try
        {
            bool isThere = _reader.Read();
            _rows++;
            return isThere && _isTextHeader && IsHeaderAgain()
                ? throw Error("the header is repeated here, as in joined files; remove the line.")
                : isThere;
        }
        catch (CsvFormatException e)
        {
            throw new DataFileException(_source.Name,
                $"the quotes of this row do not match, or it has more than {MaxRowBytes} bytes; put a field with quotes or line breaks "
                    + "in quotes, and double the quotes inside.",
                e.LineNumber > 0 ? e.LineNumber + _linesBefore : null, innerException: e);
        }
    }

    /// <summary>Uses the current row, which is the first, as the header.</summary>
    public void TakeHeader()
    {
        _headerLine = Line;
        Names = new string[FieldCount];
        for (int i = 0; i < Names.Length; i++)
            Names[i] = _reader.GetString(i);
        _header = [.. Names.Select(Encoding.UTF8.GetBytes)];
        _isTextHeader = _header.Length > 1 && !Array.TrueForAll(_header, name => NumberText.TryParse(name, out _));
    }

    /// <summary>Makes the next <see cref="Read"/> return the current row again.</summary>
    public void KeepRow() => _replayRow = true;

    /// <inheritdoc/>
    public override DataFileException ErrorOfColumns(string problem) => new(Source, problem, _headerLine ?? Line);

    /// <inheritdoc/>
    public override DataFileException NoNumber(int field) => Error(field, ExplainComma(field) ?? NumberText.Explain(this[field]));

    /// <inheritdoc/>
    public override string? ExplainComma(int field) => DecimalComma.Explain(this[field], _comma is not null, Delimiter != ',');

    public void Dispose() => _reader.Dispose();
}
