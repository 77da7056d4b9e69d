namespace Elman.Data.Columnar;

/// <summary>
/// The formats of columnar files: Parquet (<c>.parquet</c>) and Arrow IPC, which includes Feather files of version 2 (<c>.arrow</c>,
/// <c>.feather</c>, <c>.ipc</c>). After <see cref="Register"/>, <see cref="DataFile"/> reads and writes them like all others.
/// </summary>
/// <remarks>
/// <para>
/// A file may be a table in long or wide form. Then the rules for <c>.csv</c> files apply, including those for finding columns, except that
/// nothing is guessed from text: names, numbers, times and missing values are as stored in the file. Or each row is a sequence whose values
/// are in lists, with one column per channel, or in a column <c>x</c> of lists of lists.
/// </para>
/// <para>In addition to the data set, memory holds one row group or record batch.</para>
/// </remarks>
public static class ColumnarFormats
{
    /// <summary>The format of Parquet files.</summary>
    public static DataFormat Parquet { get; } = new ColumnarFormat(
        [".parquet"], (stream, name) => new ParquetSource(stream, name), ParquetWriting.Write);

    /// <summary>The format of Arrow IPC files and streams, including Feather files of version 2.</summary>
    public static DataFormat Arrow { get; } = new ColumnarFormat(
        [".arrow", ".feather", ".ipc"], (stream, name) => new ArrowSource(stream, name), ArrowWriting.Write);

    /// <summary>Registers both formats with <see cref="DataFile"/> for the rest of the process. Further calls have no effect.</summary>
    public static void Register()
    {
        DataFile.Register(Parquet);
        DataFile.Register(Arrow);
    }
}
