using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace Elman.Data.Columnar.Tests.Arrow;

/// <summary>Writes Arrow files with given columns.</summary>
internal static class ArrowFiles
{
    public static byte[] Of(params (string Name, IArrowArray Values)[] columns) => Of(asStream: false, null, columns);

    public static byte[] Of(bool asStream, CompressionCodecType? codec, params (string Name, IArrowArray Values)[] columns)
    {
        var schema = new Schema([.. columns.Select(c => new Field(c.Name, c.Values.Data.DataType, true))], null);
        var options = new IpcOptions { CompressionCodec = codec, CompressionCodecFactory = new CompressionCodecFactory() };
        using var file = new MemoryStream();
        using (ArrowStreamWriter writer = asStream
            ? new ArrowStreamWriter(file, schema, leaveOpen: true, options)
            : new ArrowFileWriter(file, schema, leaveOpen: true, options))
        {
            int rows = columns[0].Values.Length, half = Math.Max(rows / 2, 1);
            var batch = new RecordBatch(schema, columns.Select(c => c.Values), rows);
            // Two batches; the second begins within the arrays.
            writer.WriteRecordBatch(batch.Slice(0, half));
            if (rows > half)
                writer.WriteRecordBatch(batch.Slice(half, rows - half));
            writer.WriteEnd();
        }
        return file.ToArray();
    }

    public static StringArray Texts(params string?[] texts)
    {
        var builder = new StringArray.Builder();
        foreach (string? text in texts)
            _ = text is null ? builder.AppendNull() : builder.Append(text);
        return builder.Build();
    }

    public static FloatArray Floats(params float[] values) => new FloatArray.Builder().AppendRange(values).Build();
}
