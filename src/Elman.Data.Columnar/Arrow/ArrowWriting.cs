using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Elman.Data.Columnar;

/// <summary>
/// Writes columns as an Arrow IPC file, which is a Feather file of version 2. It is not compressed, so that it can be memory-mapped.
/// </summary>
internal static class ArrowWriting
{
    /// <summary>Writes a file.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The number of rows.</param>
    public static void Write(Stream stream, IReadOnlyList<WrittenColumn> columns, int rows)
    {
        var schema = new Schema([.. columns.Select(FieldOf)], null);
        using var writer = new ArrowFileWriter(stream, schema, leaveOpen: true);
        foreach ((int start, int end) in WrittenColumns.Parts(columns, rows))
        {
            using var batch = new RecordBatch(schema, columns.Select(column => ArrayOf(column, start, end)), end - start);
            writer.WriteRecordBatch(batch);
        }
        writer.WriteEnd();
    }

    private static Field FieldOf(WrittenColumn column) => column switch
    {
        TextColumn => new Field(column.Name, StringType.Default, nullable: true),
        NumberColumn numbers => new Field(column.Name, TypeOf(numbers), nullable: false),
        ChannelColumn channel => new Field(column.Name, Lists(TypeOf(channel), areMissing: false), nullable: false),
        _ => new Field(column.Name, Lists(StringType.Default, areMissing: true), nullable: true),
    };

    private static IArrowType TypeOf(NumericColumn column) => column.IsDouble ? DoubleType.Default : FloatType.Default;

    private static IArrowArray Numbers(NumericColumn column, int start, int end) => column.IsDouble
        ? new DoubleArray.Builder().AppendRange(column.Doubles(start, end)).Build()
        : new FloatArray.Builder().AppendRange(column.Floats(start, end)).Build();

    private static ListType Lists(IArrowType items, bool areMissing) => new(new Field("item", items, areMissing));

    private static IArrowArray ArrayOf(WrittenColumn column, int start, int end) => column switch
    {
        TextColumn texts => Texts(texts.Texts[start..end]),
        NumberColumn numbers => Numbers(numbers, start, end),
        ChannelColumn channel => ListArrayOf(FieldOf(column).DataType, [.. Enumerable.Range(start, end - start).Select(
            i => (int?)channel.Data[i].Steps)], Numbers(channel, start, end)),
        TextListColumn lists => ListArrayOf(FieldOf(column).DataType, [.. lists.Lists[start..end].Select(list => list?.Length)],
            Texts([.. lists.Lists[start..end].SelectMany(list => list ?? [])])),
        _ => throw new NotSupportedException(),
    };

    private static StringArray Texts(IEnumerable<string?> texts)
    {
        var builder = new StringArray.Builder();
        foreach (string? text in texts)
            _ = text is null ? builder.AppendNull() : builder.Append(text);
        return builder.Build();
    }

    /// <summary>Returns lists with given lengths; <see langword="null"/> for a missing list.</summary>
    private static ListArray ListArrayOf(IArrowType type, int?[] lengths, IArrowArray items)
    {
        var offsets = new ArrowBuffer.Builder<int>(lengths.Length + 1).Append(0);
        var valid = new ArrowBuffer.BitmapBuilder(lengths.Length);
        int end = 0;
        foreach (int? length in lengths)
        {
            offsets.Append(end += length ?? 0);
            valid.Append(length is not null);
        }
        int missing = lengths.Count(length => length is null);
        return new ListArray(
            type, lengths.Length, offsets.Build(), items, missing == 0 ? ArrowBuffer.Empty : valid.Build(), missing, offset: 0);
    }
}
