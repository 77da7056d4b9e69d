// Writes the Parquet files of this folder with Arrow's own C++ code, so that the reader is not tested by its own library alone:
//   dotnet run parquet_files.cs
// Outside the checkout, where its central package versions do not apply, such as from a copy of this file.
#:package ParquetSharp@25.0.1.2
#:package Apache.Arrow@23.0.0
using Apache.Arrow;
using Apache.Arrow.Types;
using ParquetSharp;
using ParquetSharp.Arrow;

string folder = args.Length > 0 ? args[0] : ".";

// Long form: three sequences; texts as a dictionary and plain; a value missing in ay; two row groups.
var time = new TimestampType(Apache.Arrow.Types.TimeUnit.Microsecond, "UTC");
var times = new TimestampArray.Builder(time);
for (int i = 0; i < 6; i++)
    times.Append(DateTimeOffset.Parse("2024-05-31T12:00:00Z").AddSeconds(i % 2));
Write("long", Compression.Snappy, 3,
    ("subject_id", Text("a", "a", "b", "b", "c", "c")), ("time", times.Build()),
    ("label", Text("run", "run", "walk", "walk", "run", "run")),
    ("ax", new FloatArray.Builder().AppendRange([0.1f, -0f, 1e-45f, 3.4e38f, 5, 6]).Build()),
    ("ay", new DoubleArray.Builder().AppendRange([1.5, 2.5, 3.5]).AppendNull().AppendRange([5.5, 6.5]).Build()),
    ("n", new Int64Array.Builder().AppendRange([1, 2, 3, 4, 5, 6]).Build()),
    ("on", new BooleanArray.Builder().AppendRange([true, false, true, false, true, false]).Build()),
    ("__index_level_0__", new Int64Array.Builder().AppendRange([0, 1, 2, 3, 4, 5]).Build()));

// Wide form: the values of a row and its class.
Write("wide", Compression.Zstd, 100,
    ("x1", new Int16Array.Builder().AppendRange([1, 4, 7]).Build()), ("x2", new FloatArray.Builder().AppendRange([2, 5, 8]).Build()),
    ("x3", new DoubleArray.Builder().AppendRange([3, 6]).AppendNull().Build()),
    ("label", new Int32Array.Builder().AppendRange([1, 0, 1]).Build()));

// Each row is a sequence: lists of values, an empty text, lists of labels, and a scalar.
Write("nested", Compression.Gzip, 2,
    ("id", Text("p", "q", null)), ("group", Text("g", "g", "h")), ("label", Text("up", "down", "up")),
    ("ax", Lists([[1, 2, null], [4], [5, 6]])), ("ay", Lists([[10, 20, 30], [40], [50, 60]])),
    ("age", new Int32Array.Builder().AppendRange([30, 40, 50]).Build()));

// Each row is a sequence: a list of steps with two values each.
ListArray all = Lists([[1, 2], [3, 4], [5, 6], [7, 8]]);
var steps = new ListArray(new ListType(new Field("item", all.Data.DataType, true)), 2,
    new ArrowBuffer.Builder<int>().AppendRange([0, 3, 4]).Build(), all, ArrowBuffer.Empty);
Write("steps", Compression.Lz4, 100, ("label", Text("a", "b")), ("x", steps));

StringArray Text(params string?[] texts)
{
    var builder = new StringArray.Builder();
    foreach (string? text in texts)
        _ = text is null ? builder.AppendNull() : builder.Append(text);
    return builder.Build();
}

ListArray Lists(float?[][] lists)
{
    var builder = new ListArray.Builder(FloatType.Default);
    var values = (FloatArray.Builder)builder.ValueBuilder;
    foreach (float?[] list in lists)
    {
        builder.Append();
        foreach (float? item in list)
            _ = item is { } number ? values.Append(number) : values.AppendNull();
    }
    return builder.Build();
}

void Write(string name, Compression compression, int rowsOfGroup, params (string Name, IArrowArray Values)[] columns)
{
    using var batch = new RecordBatch(new Schema([.. columns.Select(c => new Field(c.Name, c.Values.Data.DataType, true))], null),
        columns.Select(c => c.Values), columns[0].Values.Length);
    using var properties = new WriterPropertiesBuilder().Compression(compression).MaxRowGroupLength(rowsOfGroup).Build();
    using var arrow = new ArrowWriterPropertiesBuilder().StoreSchema().Build();
    using var writer = new FileWriter(Path.Combine(folder, name + ".parquet"), batch.Schema, properties, arrow);
    writer.WriteRecordBatch(batch, rowsOfGroup);
    writer.Close();
}
