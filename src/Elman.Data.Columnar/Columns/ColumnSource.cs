namespace Elman.Data.Columnar;

/// <summary>A columnar file while it is read: its columns, and their values part by part.</summary>
internal abstract class ColumnSource : IDisposable
{
    /// <summary>The number of rows that is always allowed.</summary>
    private const long AlwaysAllowed = 1 << 20;

    /// <summary>The maximum number of rows or values per byte in a larger file: columns with a single value take almost no space.</summary>
    private const long MostOfByte = 64;

    private readonly long _length;
    private long _rows;

    /// <summary>Creates a source for a file with a given length.</summary>
    protected ColumnSource(string name, long length) => (Name, _length) = (name, length);

    /// <summary>The file name for messages.</summary>
    public string Name { get; }

    /// <summary>The columns, in the order of the file.</summary>
    public IReadOnlyList<Column> Columns { get; protected set; } = [];

    /// <summary>The number of rows of the current part.</summary>
    public int Rows { get; private set; }

    /// <summary>Advances to the next part.</summary>
    /// <exception cref="DataFileException">The part is damaged.</exception>
    public bool ReadPart()
    {
        if (Guard(null, NextPart) is not { } rows)
            return false;
        CheckCount(_rows += rows, "rows");
        Rows = (int)rows;
        return true;
    }

    /// <summary>Returns the values of a column in the current part.</summary>
    /// <exception cref="DataFileException">The values are damaged, or of a type that is not supported.</exception>
    public ColumnValues Load(int column)
    {
        ColumnValues values = Guard(Columns[column].Name, () => LoadColumn(column));
        return values.Count == Rows ? values : throw Damaged(Columns[column].Name, $"it has {Amount.Of(values.Count, "value")} for "
            + $"{Amount.Of(Rows, "row")}", null);
    }

    /// <summary>Checks that a count in the file is plausible for the size of the file.</summary>
    /// <exception cref="DataFileException">The check fails.</exception>
    protected void CheckCount(long count, string what)
    {
        if (count < 0 || count > Math.Max(AlwaysAllowed, MostOfByte * _length) || count > Array.MaxLength)
            throw new DataFileException(Name, $"the file would have {count} {what} in {Amount.Of(_length, "byte")}, which is not "
                + "plausible; it is damaged, or its columns are nearly empty.");
    }

    /// <summary>Reads the next part and returns the number of its rows, or <see langword="null"/> at the end.</summary>
    protected abstract long? NextPart();

    /// <summary>Reads the values of a column in the current part.</summary>
    protected abstract ColumnValues LoadColumn(int column);

    /// <summary>
    /// Runs code of the library that reads the format. Libraries throw various exceptions for damaged files; each is converted to a
    /// sentence about the file.
    /// </summary>
    protected T Guard<T>(string? column, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnreadableException e)
        {
            throw Damaged(column, e.Message, e);
        }
        catch (Exception e) when (e is not (DataFileException or OperationCanceledException or OutOfMemoryException))
        {
            throw Damaged(column, "its library can't read it", e); // the words of a library are about its code, not about the file
        }
    }

    private DataFileException Damaged(string? column, string why, Exception? inner) => new(Name,
        (column is null ? "" : $"column {Quoted(column)}: ")
        + $"the file is damaged or not supported ({why}); copy it again, or write it with another program or as .csv.",
        innerException: inner);

    public abstract void Dispose();
}
