namespace Elman.Data.Tests.Delimited;

/// <summary>Tables whose numbers have a decimal comma.</summary>
public class DecimalCommaTests
{
    private static readonly DataFileOptions _comma = new() { DecimalSeparator = ',' };

    [Theory]
    [InlineData("0,5;-1,25e1;a\n1;,5;b\n", ".csv")]
    [InlineData("x1;x2;label\n0,5;-1,25e1;a\n1;,5;b\n", ".csv")]
    [InlineData("0,5\t-1,25e1\ta\n1\t,5\tb\n", ".tsv")]
    [InlineData("0,5\t-1,25e1\ta\n1\t,5\tb\n", ".txt")]
    [InlineData("0,5 -1,25e1  a\n1 ,5 b\n", ".txt")]
    [InlineData("0,5|-1,25e1|a\n1|,5|b\n", ".csv")]
    [InlineData("sep=;\n0,5;-1,25e1;a\n1;,5;b\n", ".csv")]
    [InlineData("\"0,5\";\" -1,25e1\";\"a\"\n1;,5;b\n", ".csv")]
    [InlineData("# x1;x2;label\n0,5;-1,25e1;a\n1;,5;b\n", ".csv")]
    public void Values_are_read(string text, string format)
    {
        SequenceDataset data = Text.Read(text, format, _comma);
        Assert.Equal([0.5f, -12.5f], Text.Values(data[0]));
        Assert.Equal([1, 0.5f], Text.Values(data[1]));
        Assert.Equal(["a", "b"], data.ClassLabels);
    }

    [Theory]
    [InlineData("id;t;x;label\na;0,5;1,5;u\na;0,25;2,5;u\n", ".csv")]
    [InlineData("id\tt\tx\tlabel\na\t0,5\t1,5\tu\na\t0,25\t2,5\tu\n", ".tsv")]
    public void Times_are_read(string text, string format) => Assert.Equal([2.5f, 1.5f], Text.Values(Text.Read(text, format, _comma)[0]));

    [Fact]
    public void Date_times_are_unchanged() => Assert.Equal(
        [2, 1], Text.Values(Text.Read("id;t;x;label\na;2024-05-31T12:00:00.5;1;u\na;2024-05-31T12:00:00.25;2;u\n", ".csv", _comma)[0]));

    [Fact]
    public void Targets_are_read()
    {
        SequenceDataset data = Text.Read(
            "x1;x2;size\n0,5;1,5;3,25\n1;2;?\n", ".csv", _comma with { Labels = LabelKind.Numbers, LabelColumn = "size" });
        Assert.Equal(3.25f, data[0].Targets.Span[0]);
        Assert.True(float.IsNaN(data[1].Targets.Span[0]));
    }

    [Fact]
    public void Classes_that_are_numbers_are_called_by_them()
    {
        SequenceDataset data = Text.Read("x;label\n1;10,5\n2;9,5\n3;left,right\n", ".csv", _comma with { Format = DelimitedForm.Wide });
        Assert.Equal(["10.5", "9.5", "left,right"], data.ClassLabels);
        Assert.Equal(["9.5", "10.5"], Text.Read("1;10,5\n2;9,5\n", ".csv", _comma with { LabelColumn = "2" }).ClassLabels);
    }

    [Fact]
    public void Ids_are_unchanged() =>
        Assert.Equal("1,5", Text.Read("id;x;label\n1,5;2,5;a\n1,5;2,5;a\n", ".csv", _comma)[0].Id);

    [Fact]
    public void A_table_without_a_delimiter_has_one_column() =>
        Assert.Equal([0.5f, 1.5f], Text.Values(Text.Read("0,5\n1,5\n", ".csv", _comma with { Labels = LabelKind.None })[0]));

    [Theory]
    [InlineData("1;1.234,5;a\n", 1, 2, "'1.234,5' has a point and a comma; write numbers without thousands separators, such as "
        + "1234,5")]
    [InlineData("1;1.5;a\n", 1, 2, "'1.5' has a point, but numbers have a decimal comma here (--decimal ,); write all numbers in the "
        + "same way, such as 1,5")]
    [InlineData("1;1.500;a\n", 1, 2, "'1.500' has a point")]
    [InlineData("x1;x2;label\n1.5;2.5;a\n", 2, 1, "'1.5' has a point")]
    [InlineData("1.5;2.5;a\n", 1, 1, "'1.5' has a point")]
    [InlineData("1;1,2,3;a\n", 1, 2, "'1,2,3' is not a number")]
    [InlineData("id;t;x;label\na;1.5;1;u\n", 2, 2, "'1.5' has a point")]
    [InlineData("id;t;x;label\na;1.500,5;1;u\n", 2, 2, "'1.500,5' has a point and a comma")]
    public void The_other_sign_is_refused(string text, int line, int column, string says) =>
        Text.AssertPlace(Text.Refuse(text, ".csv", _comma), line, column, says);

    [Fact]
    public void A_target_with_the_other_sign_is_refused() => Text.AssertPlace(
        Text.Refuse("x;size\n1;1.500\n", ".csv", _comma with { Labels = LabelKind.Numbers, LabelColumn = "size" }), 2, 2,
            "'1.500' has a point");

    [Theory]
    [InlineData("0,5;0,7;a\n", ".csv", 1, 1,
        "'0,5' has a decimal comma; give --decimal , if all numbers have one, or write a decimal point")]
    [InlineData("x1;x2;label\n0,5;0,7;a\n", ".csv", 2, 1, "--decimal ,")]
    [InlineData("1\t0,7\ta\n", ".tsv", 1, 2, "--decimal ,")]
    [InlineData("id;t;x;label\na;1,5;1;u\n", ".csv", 2, 2, "'1,5' has a decimal comma; give")]
    [InlineData("1;1.234,5;a\n", ".csv", 1, 2, "'1.234,5' has a point and a comma; write numbers without thousands separators, such as "
        + "1234.5")]
    [InlineData("1,\"1,234.5\",a\n", ".csv", 1, 2, "'1,234.5' has a point and a comma")]
    [InlineData("1,\"0,5\",a\n", ".csv", 1, 2, "'0,5' has a decimal comma; write numbers with a decimal point")]
    public void A_file_that_looks_so_is_reported_with_how_to_be_read(string text, string format, int line, int column, string says) =>
        Text.AssertPlace(Text.Refuse(text, format), line, column, says);

    [Theory]
    [InlineData("0,5,a\n", ',')]
    [InlineData("sep=,\n0,5,a\n", null)]
    public void A_comma_is_not_both(string text, char? delimiter) => Assert.Contains(
        "can't be both the delimiter", Text.Refuse(text, ".csv", _comma with { Delimiter = delimiter }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(".jsonl")]
    [InlineData(".ts")]
    [InlineData(".arff")]
    public void Other_formats_have_a_point(string format) =>
        Assert.Contains($"numbers of {format} files have a decimal point", Text.Refuse("{}", format, _comma).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Another_sign_is_none() => Assert.Throws<ArgumentException>(() => new DataFileOptions { DecimalSeparator = ';' });
}
