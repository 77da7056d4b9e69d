namespace Elman.Data.Tests.Reading;

public sealed class RepeatedIdsTests
{
    private const string Of = "Sequences 1 and 3 have the id 'a'";

    [Theory]
    [InlineData(".jsonl", "{\"id\":\"a\",\"x\":[1]}\n{\"id\":\"b\",\"x\":[2]}\n{\"id\":\"a\",\"x\":[3]}\n", Of)]
    [InlineData(".jsonl", "{\"x\":[1]}\n{\"id\":\"b\",\"x\":[2]}\n{\"id\":\"b\",\"x\":[3]}\n",
        "Sequences 2 and 3 have the id 'b'; they are read as separate sequences. Give them different ids; if they are parts of one "
            + "sequence, join them, or use long form, a row for each")]
    [InlineData(".csv", "id,p,q\na,1,2\nb,3,4\na,5,6\n", Of)]
    [InlineData(".csv", "id,p,q\na,1,2\nb,3,4\na,5,6\nb,7,8\n", Of + ", and 1 more sequence has the id of an earlier one; they")]
    [InlineData(
        ".csv", "id,text\na,one\nb,two\na,three\na,four\na,five\n", Of + ", and 2 more sequences have the ids of earlier ones; they")]
    [InlineData(".jsonl", "{\"id\":\"a\",\"x\":[1]}\n{\"id\":\"b\",\"x\":[2]}\n{\"x\":[2]}\n{\"x\":[2]}\n", null)]
    [InlineData(".csv", "id,p,q\na,1,2\nb,3,4\nc,5,6\n", null)]
    public void Sequences_with_one_id_are_reported(string format, string text, string? says)
    {
        SequenceDataset data = Text.Read(text, format, new()
        {
            Labels = LabelKind.None,
            Format = format == ".csv" ? DelimitedForm.Wide : DelimitedForm.Auto,
            Text = text.Contains("text", StringComparison.Ordinal) ? "text" : null,
        });
        Assert.Equal(says is null ? 0 : 1, data.Warnings.Count);
        if (says is not null)
            Assert.StartsWith(says, data.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Repeated_ids_in_memory_are_reported_too()
    {
        var remarks = new Remarks();
        string?[] ids = ["a", null, "a", null];
        RepeatedIds.Report([.. ids.Select(id => new Sequence(new float[] { 1 }, 1) { Id = id })], remarks);
        Assert.StartsWith(Of, Assert.Single(remarks.Texts), StringComparison.Ordinal);
    }
}
