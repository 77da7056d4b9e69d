namespace Elman.Data.Tests.Delimited;

public sealed class WideDoubtsTests
{
    private static readonly DataFileOptions _forecast = new() { Labels = LabelKind.None };

    [Theory]
    [InlineData("year,load", 20, LabelKind.None, "read as 20 sequences of 2 steps, one per row; if the rows are the steps of one "
        + "sequence, give --format long, and --time-column year if 'year' has their times.")]
    [InlineData("year,load", 20, LabelKind.Class, "read as 20 sequences of 1 step, one per row")]
    [InlineData("year,load", 20, LabelKind.Any, "read as 20 sequences of 1 step, one per row")]
    [InlineData("year,load", 4, LabelKind.None, "--time-column year if 'year' has their times.")]
    [InlineData("hour,a,b,c", 20, LabelKind.Numbers, "--time-column hour if 'hour' has their times. Use --task forecast for forecasts, "
        + "--task tag for labels of steps.")]
    [InlineData("year,month,day,x", 20, LabelKind.None, "join year, month, day into one column of dates, such as 2024-05-31")]
    [InlineData("p,q,r", 20, LabelKind.None, "--time-column p if 'p' has their times.")] // values that rise
    [InlineData("x,label", 20, LabelKind.Class, "Use --task tag for labels of steps.")]
    public void Rows_that_may_be_the_steps_of_one_sequence_are_reported(string header, int rows, LabelKind labels, string says) =>
        Assert.Contains(says, Assert.Single(Read(header, rows, new() { Labels = labels }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("p,q,r", 19, LabelKind.None)] // few rows
    [InlineData("a,b,c,d,e,f,g,h,i", 40, LabelKind.None)] // long rows
    [InlineData("p,q,label", 40, LabelKind.Class)]
    public void Other_tables_are_not_reported(string header, int rows, LabelKind labels) => Assert.DoesNotContain(
        Read(header, rows, new() { Labels = labels }).Warnings, text => text.Contains("one per row;", StringComparison.Ordinal));

    [Fact]
    public void An_explicit_form_suppresses_the_warning() =>
        Assert.Empty(Read("year,load", 20, _forecast with { Format = DelimitedForm.Wide }).Warnings);

    [Fact]
    public void Data_that_are_read_like_others_are_reported_too() => Assert.Single(
        Read("year,load", 20, _forecast with { Known = Read("year,load", 4, _forecast).Columns }).Warnings);

    [Fact]
    public void A_first_column_that_counts_may_be_the_time()
    {
        string rows = string.Concat(Enumerable.Range(0, 30).Select(i => $"{i},{7 * i % 5}\n"));
        Assert.Contains("counts the rows, 0, 1, …, so it can't be a value; give --id-column 1, or remove it; if each row is a step "
            + "and it has the times, give --time-column "
                + "hour", Text.Refuse("hour,load\n" + rows, ".csv", _forecast).Message, StringComparison.Ordinal);
        Assert.Equal(30, Text.Read("hour,load\n" + rows, ".csv", _forecast with { TimeColumn = "hour" })[0].Steps);
    }

    [Theory]
    [InlineData("x3,x1,x2,label\n1,2,3,a\n4,5,6,b\n", "column 'x3' comes before 'x1'; sort the columns.")]
    [InlineData("t1,t2,t10,t9,label\n1,2,3,4,a\n4,5,6,7,b\n", "column 't10' comes before 't9'")]
    [InlineData("2,1,0,label\n1,2,3,a\n4,5,6,b\n", "column '2' comes before '1'")]
    public void Columns_that_do_not_stand_in_the_order_of_their_numbers_are_reported(string text, string says) =>
        Assert.Contains(says, Assert.Single(Text.Read(text, ".csv", new() { HasHeader = true }).Warnings), StringComparison.Ordinal);

    [Theory]
    [InlineData("x1,x2,x10,label\n1,2,3,a\n4,5,6,b\n")]
    [InlineData("x1,y2,x0,label\n1,2,3,a\n4,5,6,b\n")]
    [InlineData("a,b,c,label\n1,2,3,a\n4,5,6,b\n")]
    public void Other_tables_are_read_unchanged(string text) => Assert.Empty(Text.Read(text, ".csv").Warnings);

    [Fact]
    public void Labels_that_stand_first_are_found_though_a_last_value_comes_twice()
    {
        string text = string.Concat(Enumerable.Range(0, 10).Select(i => $"{1 + (i % 2)} {i}.5 {7 * i % 5}.25 {Math.Min(i, 8)}.125\n"));
        SequenceDataset data = Text.Read(text, ".txt");
        Assert.Equal(["1", "2"], data.ClassLabels);
        Assert.Equal([.5f, .25f, .125f], Text.Values(data[0]));
        Assert.Equal("The first field of each row is read as the label; it has 2 different whole numbers; the last has a fraction "
            + "and 9 different values.", data.Warnings[0]);
    }

    [Fact]
    public void A_header_without_the_labels_of_the_training_data_has_none_and_that_is_reported()
    {
        var known = new DataFileOptions
        {
            Labels = LabelKind.Any,
            Known = Text.Read("a,b,kind\n1,2,0\n3,4,1\n", ".csv").Columns,
        };
        SequenceDataset data = Text.Read("a,b\n1,2\n3,4\n", ".csv", known);
        Assert.Equal([1, 2], Text.Values(data[0]));
        Assert.Empty(data.ClassLabels);
        Assert.StartsWith("No column is named 'kind', the label column of the training data, so all columns are values",
            Assert.Single(data.Warnings), StringComparison.Ordinal);
        Assert.Equal(["x", "y"], Text.Read("a,b,c\n1,2,x\n3,4,y\n", ".csv", known).ClassLabels); // text can be nothing else
    }

    private static SequenceDataset Read(string header, int rows, DataFileOptions options)
    {
        int columns = header.Count(c => c == ',') + 1;
        return Text.Read(header + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i =>
            string.Join(',', Enumerable.Range(0, columns).Select(c => 1980 + (c == 0 ? 2 * i : (7 * i % 5) + c))) + "\n")),
            ".csv", options);
    }
}
