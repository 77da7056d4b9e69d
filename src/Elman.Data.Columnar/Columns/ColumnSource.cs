namespace Elman.Data.Columnar;

/// <summary>A columnar file on its way in: its columns, and their values part by part.</summary>
internal abstract class ColumnSource : IDisposable
{
    /// <summary>So many rows may be in any file.</summary>
    private const long AlwaysAllowed = 1 << 20;

    /// <summary>Beyond that, so many rows and values may be in each byte: columns of one value take next to nothing.</summary>
    private const long MostOfByte = 64;

    private readonly long _length;
    private long _rows;

    /// <summary>Starts with a file of a length.</summary>
    protected ColumnSource(string name, long length) => (Name, _length) = (name, length);

    /// <summary>The file, as messages call it.</summary>
    public string Name { get; }

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<Column> Columns { get; protected set; } = [];

    /// <summary>The number of rows of the current part.</summary>
    public int Rows { get; private set; }

    /// <summary>Goes to the next part.</summary>
    /// <exception cref="DataFileException">It is damaged.</exception>
    public bool ReadPart()
    {
        if (Guard(null, NextPart) is not { } rows)
            return false;
        CheckCount(_rows += rows, "rows");
        Rows = (int)rows;
        return true;
    }

    /// <summary>The values of a column in the current part.</summary>
    /// <exception cref="DataFileException">They are damaged, or of a kind that is not supported.</exception>
    public ColumnValues Load(int column)
    {
        ColumnValues values = Guard(Columns[column].Name, () => LoadColumn(column));
        return values.Count == Rows ? values : throw Damaged(Columns[column].Name, $"it has {values.Count} values for {Rows} rows", null);
    }

    /// <summary>Checks that a number in the file is in no disproportion to the bytes of the file.</summary>
    /// <exception cref="DataFileException">The check fails.</exception>
    protected void CheckCount(long count, string what)
    {
        if (count < 0 || count > Math.Max(AlwaysAllowed, MostOfByte * _length) || count > Array.MaxLength)
            throw new DataFileException(Name, $"the file would have {count} {what} in {_length} bytes, which is not plausible; it is "
                + "damaged, or its columns are nearly empty.");
    }

    /// <summary>Reads the next part; the number of its rows, or <see langword="null"/> at the end.</summary>
    protected abstract long? NextPart();

    /// <summary>Reads the values of a column in the current part.</summary>
    protected abstract ColumnValues LoadColumn(int column);

    /// <summary>
    /// Does something with the library that reads the format. On damaged files libraries throw nearly anything; whatever it is, it becomes
    /// a sentence about the file.
    /// </summary>
    protected T Guard<T>(string? column, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception e) when (e is not (DataFileException or OperationCanceledException or OutOfMemoryException))
        {
            throw Damaged(column, e.Message.TrimEnd('.').ReplaceLineEndings(" "), e);
        }
    }

    private DataFileException Damaged(string? column, string why, Exception? inner) => new(Name,
        (column is null ? "" : $"column '{column}': ")
        + $"the file is damaged or not supported ({why}); copy or write it again.", innerException: inner);

    public abstract void Dispose();
}
