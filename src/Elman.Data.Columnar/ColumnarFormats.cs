namespace Elman.Data.Columnar;

/// <summary>
/// Data from columnar files: Parquet (<c>.parquet</c>) and Arrow IPC, which Feather files of version 2 are (<c>.arrow</c>,
/// <c>.feather</c>, <c>.ipc</c>). After <see cref="Register"/>, <see cref="DataFile"/> reads and writes them as all others.
/// </summary>
/// <remarks>
/// <para>
/// A file may be a table in long or wide form: then all that holds for <c>.csv</c> files holds for it, how columns are found too, but that
/// nothing is guessed from texts: names, numbers, times and missing values are what the file says. Or each row is a sequence whose values
/// stand in lists, one column a channel, or in a column <c>x</c> of lists of lists.
/// </para>
/// <para>Memory holds a row group, or record batch, beside the data set.</para>
/// </remarks>
public static class ColumnarFormats
{
    /// <summary>Parquet files.</summary>
    public static DataFormat Parquet { get; } = new ColumnarFormat(
        [".parquet"], (stream, name) => new ParquetSource(stream, name), ParquetWriting.Write);

    /// <summary>Arrow IPC files and streams, Feather files of version 2.</summary>
    public static DataFormat Arrow { get; } = new ColumnarFormat(
        [".arrow", ".feather", ".ipc"], (stream, name) => new ArrowSource(stream, name), ArrowWriting.Write);

    /// <summary>Makes both known to <see cref="DataFile"/>, for the rest of the process. Once is enough; more do no harm.</summary>
    public static void Register()
    {
        DataFile.Register(Parquet);
        DataFile.Register(Arrow);
    }
}
