using Parquet;
using Parquet.Schema;

namespace Elman.Data.Columnar;

/// <summary>Writes columns as a Parquet file, compressed with Snappy, which every reader supports.</summary>
internal static class ParquetWriting
{
    /// <summary>Writes a file.</summary>
    /// <param name="stream">The output.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The number of rows.</param>
    public static void Write(Stream stream, IReadOnlyList<WrittenColumn> columns, int rows) =>
        WriteAsync(stream, columns, rows).GetAwaiter().GetResult();

    private static async Task WriteAsync(Stream stream, IReadOnlyList<WrittenColumn> columns, int rows)
    {
        Field[] fields = [.. columns.Select(FieldOf)];
        var schema = new ParquetSchema(fields);
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.Snappy };
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream, options).ConfigureAwait(false);
        foreach ((int start, int end) in WrittenColumns.Parts(columns, rows))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            for (int column = 0; column < columns.Count; column++)
                await WriteAsync(group, fields[column], columns[column], start, end).ConfigureAwait(false);
        }
    }

    private static Field FieldOf(WrittenColumn column) => column switch
    {
        TextColumn => new DataField<string>(column.Name),
        NumberColumn numbers => FieldOf(numbers, column.Name),
        ChannelColumn channel => new ListField(column.Name, FieldOf(channel, ListField.ElementName)),
        _ => new ListField(column.Name, new DataField<string>(ListField.ElementName)),
    };

    private static DataField FieldOf(NumericColumn column, string name) =>
        column.IsDouble ? new DataField<double>(name) : new DataField<float>(name);

    private static async Task WriteAsync(ParquetRowGroupWriter group, Field field, WrittenColumn column, int start, int end)
    {
        switch (column)
        {
            case TextColumn texts:
                await group.WriteAsync((DataField)field, texts.Texts[start..end]).ConfigureAwait(false);
                break;
            case NumberColumn { IsDouble: true } numbers:
                await group.WriteAsync<double>((DataField)field, numbers.Doubles(start, end)).ConfigureAwait(false);
                break;
            case NumberColumn numbers:
                await group.WriteAsync<float>((DataField)field, numbers.Floats(start, end)).ConfigureAwait(false);
                break;
            case ChannelColumn channel:
                var item = (DataField)((ListField)field).Item;
                int count = Enumerable.Range(start, end - start).Sum(i => channel.Data[i].Steps);
                int[] repetitions = new int[count], definitions = new int[count];
                Array.Fill(repetitions, 1);
                Array.Fill(definitions, item.MaxDefinitionLevel);
                for (int i = start, at = 0; i < end; at += channel.Data[i++].Steps)
                    repetitions[at] = 0;
                if (channel.IsDouble)
                    await group.WriteAllPartsAsync<double>(item, channel.Doubles(start, end), definitions, repetitions, default)
                        .ConfigureAwait(false);
                else
                    await group.WriteAllPartsAsync<float>(item, channel.Floats(start, end), definitions, repetitions, default)
                        .ConfigureAwait(false);
                break;
            case TextListColumn lists:
                await WriteAsync(group, (ListField)field, lists.Lists[start..end]).ConfigureAwait(false);
                break;
        }
    }

    private static async Task WriteAsync(ParquetRowGroupWriter group, ListField field, string?[]?[] lists)
    {
        var item = (DataField)field.Item;
        var texts = new List<ReadOnlyMemory<char>>();
        List<int> definitions = [], repetitions = [];
        foreach (string?[]? list in lists)
        {
            if (list is null or [])
            {
                // An empty list is one level below its items, a missing list two levels.
                definitions.Add(field.MaxDefinitionLevel - (list is null ? 2 : 1));
                repetitions.Add(0);
            }
            for (int i = 0; i < list?.Length; i++)
            {
                definitions.Add(item.MaxDefinitionLevel - (list[i] is null ? 1 : 0));
                repetitions.Add(i == 0 ? 0 : 1);
                if (list[i] is { } text)
                    texts.Add(text.AsMemory());
            }
        }
        await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(item, texts.ToArray(), definitions.ToArray(), repetitions.ToArray(), default)
            .ConfigureAwait(false);
    }
}
