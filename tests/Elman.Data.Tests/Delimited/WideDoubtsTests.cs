namespace Elman.Data.Tests.Delimited;

public sealed class WideDoubtsTests
{
    private static readonly DataFileOptions _forecast = new() { Labels = LabelKind.None };

    [Theory]
    [InlineData("year,load", 20, LabelKind.None, "read as 20 sequences of 2 steps, one a row; if the rows are the steps of one sequence, "
        + "give --format long, and --time-column year if 'year' has their times.")]
    [InlineData("year,load", 20, LabelKind.Class, "read as 20 sequences of 1 step, one a row")]
    [InlineData("year,load", 20, LabelKind.Any, "read as 20 sequences of 1 step, one a row")]
    [InlineData("year,load", 4, LabelKind.None, "--time-column year if 'year' has their times.")]
    [InlineData("hour,a,b,c", 20, LabelKind.Numbers, "--time-column hour if 'hour' has their times. What comes next is learned by --task "
        + "forecast, labels of steps by --task tag.")]
    [InlineData("p,q,r", 20, LabelKind.None, "--time-column p if 'p' has their times.")] // values that rise
    [InlineData("x,label", 20, LabelKind.Class, "Labels of steps are learned by --task tag.")]
    public void Rows_that_may_be_the_steps_of_one_sequence_are_told(string header, int rows, LabelKind labels, string says) =>
        Assert.Contains(says, Assert.Single(Read(header, rows, new() { Labels = labels }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("p,q,r", 19, LabelKind.None)] // few rows
    [InlineData("a,b,c,d,e,f,g,h,i", 40, LabelKind.None)] // long rows
    [InlineData("p,q,label", 40, LabelKind.Class)]
    public void Others_are_not(string header, int rows, LabelKind labels) => Assert.DoesNotContain(
        Read(header, rows, new() { Labels = labels }).Warnings, text => text.Contains("one a row", StringComparison.Ordinal));

    [Fact]
    public void Who_says_that_rows_are_sequences_is_not_asked() =>
        Assert.Empty(Read("year,load", 20, _forecast with { Format = DelimitedForm.Wide }).Warnings);

    [Fact]
    public void Data_that_are_read_like_others_are_told_too() => Assert.Single(
        Read("year,load", 20, _forecast with { Known = Read("year,load", 4, _forecast).Columns }).Warnings);

    [Fact]
    public void A_first_column_that_counts_may_be_the_time()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{7 * i % 5}\n"));
        Assert.Contains("say that it names them (--id-column 1), or leave it out; if each row is a step and it has their times, say so "
            + "(--time-column hour)", Text.Refuse("hour,load\n" + rows, ".csv", _forecast).Message, StringComparison.Ordinal);
        Assert.Equal(30, Text.Read("hour,load\n" + rows, ".csv", _forecast with { TimeColumn = "hour" })[0].Steps);
    }

    private static SequenceDataset Read(string header, int rows, DataFileOptions options)
    {
        int columns = header.Count(c => c == ',') + 1;
        return Text.Read(header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            string.Join(',', Enumerable.Range(0, columns).Select(c => 1980 + (c == 0 ? 2 * i : (7 * i % 5) + c))) + "\n")),
            ".csv", options);
    }
}
