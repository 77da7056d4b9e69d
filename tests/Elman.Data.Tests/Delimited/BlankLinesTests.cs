namespace Elman.Data.Tests.Delimited;

public sealed class BlankLinesTests
{
    [Theory]
    [InlineData(
        "x\n1\n2\n\n3\n", null,
            "Line 4 is blank and skipped; the rows before and after them are one sequence. Write '?' for a missing value")]
    [InlineData("x\r\n1\r\n\r\n\r\n2\r\n\r\n3\r\n", null, "3 lines between rows, the first of them line 3, are blank and skipped")]
    [InlineData("p,q\n1,2\n\n3,4\n", null,
        "Line 3 is blank and skipped; the rows before and after them are one sequence. If they separate")]
    [InlineData("text\none\n\ntwo\n", "text", "Line 3 is blank and skipped; for an empty text write a symbol")]
    [InlineData("text\n\"o\n\nne\"\ntwo\n\nthree\n", "text", "Line 6 is blank and skipped")]
    public void Blank_lines_that_may_mean_something_are_reported(string table, string? text, string says)
    {
        SequenceDataset data = Read(table, text);
        Assert.StartsWith(says, Assert.Single(data.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\n1\n2\n\n\n", null)] // at the end
    [InlineData("\n\nx\n1\n2\n", null)] // at the beginning
    [InlineData("text\n\"o\n\nne\"\ntwo\n", "text")] // within quotes
    [InlineData("id,x\na,1\na,2\n\nb,3\nb,4\n", null)] // ids divide
    [InlineData("time,x\n1,1\n2,2\n\n3,3\n", null)] // times tell what is missing
    public void Blank_lines_elsewhere_are_not_reported(string table, string? text) => Assert.Empty(Read(table, text).Warnings);

    private static SequenceDataset Read(string table, string? text) => Text.Read(table, ".csv", new()
    {
        Labels = LabelKind.None,
        Format = text is null ? DelimitedForm.Long : DelimitedForm.Auto,
        Text = text,
    });
}
