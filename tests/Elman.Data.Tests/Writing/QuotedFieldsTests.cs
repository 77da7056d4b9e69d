namespace Elman.Data.Tests.Writing;

/// <summary>Fields of a table are quoted only if they would be misread without quotes.</summary>
public sealed class QuotedFieldsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(".csv", "p", "p")]
    [InlineData(".csv", "p,q", "\"p,q\"")]
    [InlineData(".csv", "p\tq", "p\tq")]
    [InlineData(".csv", "p\"q", "\"p\"\"q\"")]
    [InlineData(".tsv", "p", "p")]
    [InlineData(".tsv", "p\tq", "\"p\tq\"")]
    [InlineData(".tsv", "p\tq\"", "\"p\tq\"\"\"")]
    [InlineData(".tsv", "p\"q", "\"p\"\"q\"")]
    public void A_field_is_in_quotes_where_the_delimiter_or_a_quote_is_in_it(string format, string id, string written)
    {
        string path = Path.Combine(_folder, "data" + format);
        var data = new SequenceDataset(1, ["a"], [new Sequence(new float[] { 1.5f }, 1, 0) { Id = id }]);
        DataFile.Write(path, data);
        char delimiter = format == ".csv" ? ',' : '\t';
        string[] lines = File.ReadAllLines(path);
        Assert.Equal(2, lines.Length);
        Assert.Equal(string.Join(delimiter, "id", "label", "x1"), lines[0]);
        Assert.Equal(string.Join(delimiter, written, "a", "1.5"), lines[1]);
        Assert.Equal(id, DataFile.Read(path, new() { Format = DelimitedForm.Long },
            cancellationToken: TestContext.Current.CancellationToken)[0].Id);
    }
}
