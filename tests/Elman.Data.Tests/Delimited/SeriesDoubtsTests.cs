namespace Elman.Data.Tests.Delimited;

public sealed class SeriesDoubtsTests
{
    private const string Total = "The last row, line 8, is the sum of all rows before it and is read as a step; remove it.";

    [Theory]
    [InlineData("sales\n10\n12\n9\n11\n10\n13\n65\n", Total)]
    [InlineData("sales,note\n10,1\n12,0\n9,1\n11,0\n10,1\n13,0\n65,?\n", Total)]
    [InlineData("sales\n1\n2\n4\n8\n16\n32\n63\n", null)] // what doubles
    [InlineData("sales\n10\n12\n9\n11\n10\n13\n12\n", null)]
    [InlineData("sales\n0\n0\n0\n0\n0\n0\n0\n", null)]
    [InlineData("time,sales\n1,10\n2,12\n3,9\n4,11\n5,10\n6,13\n7,65\n", null)] // a total has no time
    public void A_row_of_totals_at_the_end_is_reported(string text, string? says) => Tells(text, says);

    [Theory]
    [InlineData("store,t,x\nnorth,1,1\nnorth,2,2\nTotal,1,1\nTotal,2,2\n", "The rows with the id 'Total' are read as a sequence")]
    [InlineData("store,t,x\nnorth,1,1\nnorth,2,2\nGESAMT,1,1\n", "The rows with the id 'GESAMT' are read as")]
    [InlineData("store,t,x\n1,1,1\n1,2,2\n1.0,3,1\n1.0,4,2\n",
        "The ids '1' and '1.0' are two spellings of the same number and are read as two sequences")]
    [InlineData("store,t,x\n007,1,1\n007,2,2\n7,3,1\n7,4,2\n",
        "The ids '7' and '007' are two spellings of the same number and are read as two sequences")]
    [InlineData("store,t,x\n1.0,1,1\n1.0,2,2\n2.0,3,1\n2.0,4,2\n", null)]
    [InlineData("store,t,x\n1e,1,1\n1e,2,2\n1.e.0,3,1\n1.e.0,4,2\n", null)]
    public void Ids_of_totals_and_of_one_number_are_reported(string text, string? says) => Tells(text, says);

    private static void Tells(string text, string? says)
    {
        string? id = text.StartsWith("store", StringComparison.Ordinal) ? "store" : null;
        IReadOnlyList<string> warnings =
            Text.Read(text, ".csv", new() { Labels = LabelKind.None, Format = DelimitedForm.Long, IdColumn = id }).Warnings;
        if (says is null)
            Assert.Empty(warnings);
        else
            Assert.StartsWith(says, Assert.Single(warnings), StringComparison.Ordinal);
    }
}
