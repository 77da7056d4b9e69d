namespace Elman.Data.Tests.Delimited;

public class WideRowsTests
{
    private static readonly DataFileOptions _unlabelled = new() { LabelColumn = "none" };

    private static SequenceDataset Read(string text, DataFileOptions? options = null, string format = ".csv") =>
        Text.Read(text, format, options);

    private static void AssertRefused(string text, long? line, int? column, string says, DataFileOptions? options = null) =>
        Text.AssertPlace(Text.Refuse(text, ".csv", options), line, column, says);

    [Theory]
    [InlineData("NA,zz\n1,u\n2,v\n", 2)] // the name of the only column of values may look like a missing value: NA is sodium
    [InlineData("NA,NA,u\n1,2,v\n", 2)] // but where all of several do, they are values
    public void A_first_row_of_marks_of_missing_values_names_a_single_column_alone(string text, int sequences) =>
        Assert.Equal(sequences, Text.Read(text, ".csv").Count);

    [Fact]
    public void Without_a_header_the_last_field_is_the_label()
    {
        SequenceDataset data = Read(" 88, 92, 8\n  2, 3, 7\n");
        Assert.Equal(["7", "8"], data.ClassLabels);
        Assert.Equal([88, 92], Text.Values(data[0]));
        Assert.Equal("8", Text.LabelOf(data, 0));
    }

    [Theory]
    [InlineData("label,a,b\nu,1,2\n")]
    [InlineData("a,Label,b\n1,u,2\n")]
    [InlineData("a,b,CLASS\n1,2,u\n")]
    [InlineData("target,a,b\nu,1,2\n")]
    [InlineData("Y,a,b\nu,1,2\n")]
    [InlineData("a,b,kind\n1,2,u\n")]
    [InlineData("0,1,label\n1,2,u\n")]
    [InlineData("a,b,kind,\n1,2,u,\n")]
    public void A_header_says_which_column_is_the_label(string text)
    {
        SequenceDataset data = Read(text);
        Assert.Equal([1, 2], Text.Values(Assert.Single(data)));
        Assert.Equal(["u"], data.ClassLabels);
    }

    [Theory]
    [InlineData("kind")]
    [InlineData("KIND")]
    [InlineData("2")]
    public void The_label_column_can_be_named_or_numbered(string column)
    {
        SequenceDataset data = Read("a,kind,b\n1,u,2\n", new() { LabelColumn = column });
        Assert.Equal([1, 2], Text.Values(data[0]));
        Assert.Equal("u", Text.LabelOf(data, 0));
    }

    [Fact]
    public void A_header_that_is_a_number_wins_over_the_column_of_that_number()
    {
        SequenceDataset data = Read("2,1,class\n7,8,9\n", new() { LabelColumn = "1", HasHeader = true });
        Assert.Equal([7, 9], Text.Values(data[0]));
        Assert.Equal(["8"], data.ClassLabels);
    }

    [Fact]
    public void Without_labels_every_field_is_a_value()
    {
        SequenceDataset data = Read("1,2,3\n4,5,6\n", _unlabelled);
        Assert.Equal([4, 5, 6], Text.Values(data[1]));
        Assert.Empty(data.ClassLabels);
        Assert.Equal(Sequence.NoLabel, data[0].Label);
    }

    [Fact]
    public void Channels_are_interleaved()
    {
        Sequence s = Read("1,2,3,4,u\n", new() { Channels = "2" })[0];
        Assert.Equal((2, 2), (s.Channels, s.Steps));
        Assert.Equal([1, 2, 3, 4], Text.Values(s));
    }

    [Fact]
    public void Rows_may_differ_in_length()
    {
        Assert.Equal([3, 1, 2], Read("1,2,3,a\n1,a\n1,2,a\n").Select(s => s.Steps));
        Assert.Equal([3, 1, 2, 2], Read("label,x,y,z\na,1,2,3\na,1\na,1,2,\na,1,2,,,\n").Select(s => s.Steps));
        Assert.Equal([1, 3], Read("1,,,a\n1,2,3,a\n").Select(s => s.Steps));
        Assert.Equal([2, 1], Read("1,2\n3,\n", _unlabelled).Select(s => s.Steps));
    }

    [Fact]
    public void An_id_column_is_ignored()
    {
        Assert.Equal([1, 2], Text.Values(Read("id,a,b,label\nq,1,2,u\n", new() { Format = DelimitedForm.Wide })[0]));
        Assert.Equal([1, 2], Text.Values(Read("7,1,2,u\n8,1,2,u\n", new() { Format = DelimitedForm.Wide, IdColumn = "1" })[0]));
    }

    [Fact]
    public void Each_row_may_end_with_a_delimiter()
    {
        SequenceDataset data = Read("1,2,a,\n3,b,\n");
        Assert.Equal([2, 1], data.Select(s => s.Steps));
        Assert.Equal(["a", "b"], data.ClassLabels);
        AssertRefused("1,2,a,\n3,4,b\n", 2, 3, "the first row ends with a delimiter");
    }

    [Theory]
    [InlineData("1,\"a,\"\"b\"\"\"\n", "a,\"b\"")]
    [InlineData("1,\"two\nlines\"\n", "two\nlines")]
    [InlineData("1, \"  walk \" \n", "walk")]
    [InlineData("1,\"x\"", "x")]
    [InlineData("\"1\",x", "x")]
    [InlineData("1,größer", "größer")]
    public void Labels_follow_the_rules_for_quotes(string text, string label) => Assert.Equal([label], Read(text).ClassLabels);

    [Theory]
    [InlineData("1,10\n1,9\n1,2\n", "2|9|10")]
    [InlineData("1,2.0\n1,1\n1,-3e1\n", "-3e1|1|2.0")]
    [InlineData("1,10\n1,9\n1,b\n", "10|9|b")]
    [InlineData("1,b\n1,a\n1,B\n1,ä\n", "B|a|b|ä")]
    [InlineData("1,x\n", "x")]
    public void Classes_are_sorted_whatever_the_order_of_the_rows(string text, string classes)
    {
        Assert.Equal(classes.Split('|'), Read(text).ClassLabels);
        string[] rows = text.TrimEnd().Split('\n');
        SequenceDataset reversed = Read(string.Join('\n', rows.Reverse()));
        Assert.Equal(classes.Split('|'), reversed.ClassLabels);
        Assert.Equal(rows.Select(r => r[2..]), reversed.Select(s => reversed.ClassLabels[s.Label]).Reverse());
    }

    [Theory]
    [InlineData("1,2x,a\n", 1, 2, "field 2: '2x' is not a number")]
    [InlineData("abc,2,a\n", 1, 1, "field 1: 'abc' is not a number")]
    [InlineData("nan,b,a\n", 1, 2, "'b' is not a number")]
    [InlineData("u,v,label\n1,oops,a\n", 2, 2, "field 2 ('v'): 'oops' is not a number")]
    [InlineData("1,2,a\n1,inf,a\n", 2, 2, "not finite")]
    [InlineData("1,\"two\nlines\"\n1,2x,b", 3, 2, "'2x' is not a number")]
    [InlineData("1,\"1,5\",b", 1, 2, "decimal comma")]
    [InlineData("1;1,5;b", 1, 2, "'1,5' has a decimal comma")]
    [InlineData("1,2,\n3,4,a\n", 2, 3, "the first row ends with a delimiter")]
    [InlineData("label,x\n,1\n", 2, 1, "the class label is missing")]
    [InlineData("x,y,label\n1,a\n", 2, 3, "field 3 ('label'): the class label is missing")]
    [InlineData("label,x\na,1,2\n", 2, 3, "3 fields, but the header names")]
    [InlineData("label,x\na\n", 2, null, "no values besides the label")]
    [InlineData("1,a\n,,a\n", 2, null, "no values besides the label")]
    [InlineData("x\n", 1, null, "no values besides the label")]
    [InlineData("x,label\n", null, null, "no row after the header;")]
    [InlineData("\n  \n\r\n", null, null, "only blank lines")]
    [InlineData("1,a\n1,b\"c\n", 2, null, "quotes of this row do not match,")]
    [InlineData("1,a\n1,\"b\"c\n", 2, null, "quotes of this row do not match,")]
    [InlineData("1,a\n1,\"b\n1,c\n", 2, null, "quotes of this row do not match,")]
    public void A_bad_row_is_refused_where_it_is_bad(string text, int? line, int? column, string says) =>
        AssertRefused(text, line, column, says);

    [Theory]
    [InlineData("none", "3", "1,2,3\n1,,\n,,,1,\n", 3, null, "the number of values, 5, is not a multiple of the 3 channels")]
    [InlineData("none", "2", "1,2\n1,2,3\n", 2, null,
        "the number of values, 3, is not a multiple of the 2 channels; correct the row or the number of channels")]
    [InlineData("none", "0", "1,2\n", 1, null, "the number of channels must be a whole number from 1 to 2147483647, not '0'")]
    [InlineData("none", "x", "1,2\n", 1, null, "from 1 to 2147483647, not 'x'")]
    [InlineData("nope", null, "a,b\n1,2\n", 1, null, "no column 'nope', given as the label column; the file has the columns a, b.")]
    [InlineData("3", null, "a,b\n1,2\n", 1, null, "no column 3")]
    [InlineData("0", null, "1,2\n", 1, null, "no column 0")]
    [InlineData("3", null, "1,2\n", 1, 3, "the class label is missing")]
    [InlineData("k", null, "k,k,b\n1,2,3\n", 1, null,
        "'k' is given as the label column, and both field 1 and field 2 have that name; give the column's number")]
    [InlineData(null, null, "label,class,b\n1,2,3\n", 1, null, "both field 1 ('label') and field 2 ('class') could be the label column")]
    public void Options_that_do_not_fit_the_file_are_refused(
        string? label, string? channels, string text, int line, int? column, string says) =>
        AssertRefused(text, line, column, says, new() { LabelColumn = label, Channels = channels });

    [Fact]
    public void A_time_column_needs_long_form() =>
        AssertRefused("a,when,label\n1,2,u\n", 1, null, "field 2 ('when') is given as the time column", new() { TimeColumn = "when" });

    [Theory]
    [InlineData("1;2;a\n", ".csv")]
    [InlineData("1\t2\ta\n", ".csv")]
    [InlineData("1\t2\ta\n", ".tsv")]
    [InlineData("x;y;label\n1;2;a\n", ".csv")]
    [InlineData("\uFEFF1,2,a\r\n", ".csv")]
    [InlineData("1,2,\"a;b;c;d;e\"\n", ".csv")]
    public void The_delimiter_is_found(string text, string format) => Assert.Equal([1, 2], Text.Values(Read(text, format: format)[0]));

    [Fact]
    public void Text_columns_are_no_values()
    {
        DataFileException e = Text.Refuse("label\toriginal\tascii\nJapanese\tTorii\tTorii\n", ".tsv");
        Text.AssertPlace(e, 2, 2, "field 2 ('original'): 'Torii' is not a number");
    }

    [Fact]
    public void A_row_may_hold_a_million_values()
    {
        Sequence s = Read(string.Join(',', Enumerable.Range(0, 1_000_000)) + ",a\n")[0];
        Assert.Equal(1_000_000, s.Steps);
        Assert.Equal(999_999, s.Values.Span[^1]);
    }

    [Fact]
    public void A_field_of_ten_megabytes_is_cut_short_in_the_message()
    {
        DataFileException e = Text.Refuse(new string('x', 10_000_000) + ",1,a\n", ".csv");
        Text.AssertPlace(e, 1, 1, "is not a number");
        Assert.True(e.Message.Length < 300);
    }
}
