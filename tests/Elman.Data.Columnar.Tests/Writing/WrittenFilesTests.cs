using Apache.Arrow;
using Apache.Arrow.Ipc;
using Parquet;
using Parquet.Data;

namespace Elman.Data.Columnar.Tests.Writing;

/// <summary>Written files, read directly by the libraries instead of our reader.</summary>
public sealed class WrittenFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    private static readonly SequenceDataset _data = new(2, ["a", "b"], [
        new Sequence(new[] { 1f, 10, 2, 20, float.NaN, 30 }, 2, 1) { Id = "p" }, new Sequence(new[] { 4f, 40 }, 2)])
    {
        ChannelNames = ["ax", "ay"],
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_row_is_a_sequence_in_Parquet()
    {
        string path = Path.Combine(_folder, "x.parquet");
        DataFile.Write(path, _data);
        await using ParquetReader reader = await ParquetReader.CreateAsync(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["id", "label", "ax", "ay"], reader.Schema.Fields.Select(field => field.Name));
        // The form that the format requires and other readers expect: a list of elements.
        Assert.Equal(["id", "label", "ax/list/element", "ay/list/element"],
            reader.Schema.DataFields.Select(field => field.Path.ToString()));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        Assert.Equal(2, group.RowCount);
        using var channel = (RawColumnData<float>)await group.ReadRawColumnDataBaseAsync(
            reader.Schema.DataFields[3], TestContext.Current.CancellationToken);
        Assert.Equal([10f, 20, 30, 40], channel.Values.ToArray());
        Assert.Equal([0, 1, 1, 0], channel.RepetitionLevels.ToArray());
        var labels = new string?[2];
        await group.ReadAsync(reader.Schema.DataFields[1], labels, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["b", null], labels);
    }

    [Fact]
    public void A_row_is_a_sequence_in_Arrow()
    {
        string path = Path.Combine(_folder, "x.arrow");
        DataFile.Write(path, _data);
        using var reader = new ArrowFileReader(File.OpenRead(path));
        using RecordBatch batch = reader.ReadNextRecordBatch();
        Assert.Equal(["id", "label", "ax", "ay"], batch.Schema.FieldsList.Select(field => field.Name));
        var lists = (ListArray)batch.Column("ax");
        Assert.Equal([0, 3, 4], lists.ValueOffsets.ToArray());
        Assert.Equal([1f, 2, float.NaN, 4], ((FloatArray)lists.Values).Values.ToArray());
        Assert.True(((StringArray)batch.Column("id")).IsNull(1));
        Assert.Null(reader.ReadNextRecordBatch());
    }
}
