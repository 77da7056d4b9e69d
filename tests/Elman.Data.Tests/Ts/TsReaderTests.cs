namespace Elman.Data.Tests.Ts;

public class TsReaderTests
{
    private const string Header = "@problemName p\n@classLabel true a b\n@data\n";

    private static SequenceDataset Read(string text) => Text.Read(text, ".ts");

    [Fact]
    public void Channels_of_a_case_become_the_values_of_its_steps()
    {
        Sequence s = Read(Header + "1,2,3:4,5,6:b\n")[0];
        Assert.Equal(2, s.Channels);
        Assert.Equal([1, 4, 2, 5, 3, 6], Text.Values(s));
        Assert.Equal(1, s.Label);
    }

    [Fact]
    public void Classes_keep_the_declared_order()
    {
        SequenceDataset data = Read("@classLabel true zulu Alpha alpha ?\n@data\n1:?\n1:alpha\n");
        Assert.Equal(["zulu", "Alpha", "alpha", "?"], data.ClassLabels);
        Assert.Equal([3, 2], data.Select(s => s.Label));
    }

    [Fact]
    public void Cases_may_differ_in_length() => Assert.Equal([1, 3, 2], Read(Header + "1:a\n1,2,3:b\n1,2:a").Select(s => s.Steps));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_every_system_are_understood(string end)
    {
        SequenceDataset data = Read(
            ("# c\n@CLASSLABEL TRUE a b\n\n@Data\n1,2:a\n# no case\n\n 3 ,\t4 : b ").Replace("\n", end, StringComparison.Ordinal));
        Assert.Equal(2, data.Count);
        Assert.Equal([3, 4], Text.Values(data[1]));
        Assert.Equal("b", Text.LabelOf(data, 1));
        DataFileException e = Text.Refuse((Header + "1:a\nx:a\n").Replace("\n", end, StringComparison.Ordinal), ".ts");
        Assert.Equal((5, 1), (e.Line, e.Column));
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_text()
    {
        Assert.Single(Read("\uFEFF" + Header + "1:a"));
        Text.AssertPlace(Text.Refuse("\uFEFFx\n", ".ts"), 1, 1, "'x' comes before @data");
    }

    [Fact]
    public void Without_labels_nothing_is_labelled()
    {
        SequenceDataset data = Read("@classLabel false\n@data\n1,2:3,4\n5:6\n");
        Assert.Empty(data.ClassLabels);
        Assert.Equal([Sequence.NoLabel, Sequence.NoLabel], data.Select(s => s.Label));
        Assert.Equal([1, 3, 2, 4], Text.Values(data[0]));
    }

    [Theory]
    [InlineData("+3", 3f)]
    [InlineData(".5", 0.5f)]
    [InlineData("5.", 5f)]
    [InlineData("-1e-3", -0.001f)]
    [InlineData("1E+2", 100f)]
    [InlineData("3.4028235e38", float.MaxValue)]
    [InlineData("1e-400", 0f)]
    [InlineData("0.333333343267440795898437500000000000000000000000000001", 0.33333334f)]
    public void Numbers_come_in_many_forms(string text, float expected) =>
        Assert.Equal(expected, Text.Values(Read(Header + text + ":a")[0])[0]);

    [Fact]
    public void The_header_may_hold_every_tag()
    {
        const string All = "@problemName p q\n@timeStamps false\n@missing true\n@univariate false\n@dimension 2\n@equalLength true\n"
            + "@seriesLength 2\n" +
            "@targetLabel false\n@classLabel true a\n@futureTag what\n@data\n1,2:3,4:a\n";
        Assert.Equal(2, Read(All)[0].Channels);
    }

    [Fact]
    public void Series_length_binds_no_case_where_lengths_may_differ() =>
        Assert.Equal(2, Read("@equalLength false\n@seriesLength 7\n@classLabel true a\n@data\n1:a\n1,2:a\n").Count);

    [Theory]
    [InlineData("1,2x,3:a", 3, "'2x' is not a number")]
    [InlineData("1,,3:a", 3, "the value is missing; write '?' for a missing value.")]
    [InlineData("1,2,:a", 5, "the value is missing; write '?' for a missing value.")]
    [InlineData(",1:a", 1, "the value is missing; write '?' for a missing value.")]
    [InlineData("1:,2:a", 3, "the value is missing; write '?' for a missing value.")]
    [InlineData("1,NA:a", 3, "'NA' is a missing value; write '?' for")]
    [InlineData("-infinity:a", 1, "not finite")]
    [InlineData("1,1e400:a", 3, "outside the range")]
    [InlineData("1,-3.5e38:a", 3, "outside the range")]
    [InlineData("0x10:a", 1, "'0x10' is not a number")]
    [InlineData("1 2:a", 1, "'1 2' is not a number")]
    [InlineData("--1:a", 1, "is not a number; write values such as -1.5 or 2e-3")]
    [InlineData("1e:a", 1, "is not a number; write values such as -1.5 or 2e-3")]
    [InlineData("1_000:a", 1, "is not a number; write values such as -1.5 or 2e-3")]
    [InlineData("1:c", 3, "'c' is not one of the declared class labels (a, b)")]
    [InlineData("1:A", 3, "'A' is not one of the declared")]
    [InlineData("1:", 3, "without a class label")]
    [InlineData("1,2", 3, "without a class label")]
    [InlineData("1", 1, "without a class label")]
    [InlineData("1,2: ", 5, "without a class label")]
    [InlineData("(2020-01-01 00:00:00,1.5):a", 1, "values with time stamps need '@timeStamps true'")]
    [InlineData("1,2:3:a", null, "channel 2 of this case has 1 step, channel 1")]
    public void A_bad_case_is_refused_where_it_is_bad(string line, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(Header + "1:a\n" + line + "\n1:a\n", ".ts"), 5, column, says);

    [Theory]
    [InlineData("@univariate true\n", "1:2:a", "2 channels, the header declares 1")]
    [InlineData("@univariate false\n", "1:a", "has 1 channel, but the header declares @univariate false")]
    [InlineData("@dimensions 3\n", "1:2:a", "2 channels, the header declares 3")]
    [InlineData("@seriesLength 3\n", "1,2:a", "2 steps, @seriesLength is 3")]
    [InlineData("@equalLength true\n", "1:a\n1,2:a", "2 steps, with @equalLength true, the first case has 1")]
    [InlineData("", "1:2:a\n1:a", "1 channel, the first case has 2")]
    public void A_case_must_not_contradict_the_header(string tag, string cases, string says)
    {
        int line = 2 + (tag.Length > 0 ? 1 : 0) + cases.Split('\n').Length;
        Text.AssertPlace(Text.Refuse(tag + "@classLabel true a\n@data\n" + cases, ".ts"), line, null, says);
    }

    [Theory]
    [InlineData("@classLabel false\n@data 1,2", 2, 1, "there is text after @data, '1,2'")]
    [InlineData("@dimension 2\n@dimensions 3\n@data", 2, 1, "@dimensions is 3, but 2 dimensions were declared before")]
    [InlineData("\n  @targetLabel true\n@data", 2, 3, "regression")]
    [InlineData("@classLabel\n@data", 1, 1, "by true or false")]
    [InlineData("@classLabel yes\n@data", 1, 1, "not 'yes'")]
    [InlineData("@classLabel true\n@data", 1, 1, "must be followed by the labels,")]
    [InlineData("@classLabel true a b a\n@data", 1, 1, "'a' is declared twice")]
    [InlineData("@dimensions 0\n@data", 1, 1, "whole number of")]
    [InlineData("@seriesLength -3\n@data", 1, 1, "not '-3'")]
    [InlineData("@missing\n@data", 1, 1, "true or false")]
    [InlineData("@missing false\n@Missing true\n@data", 2, 1, "declared twice")]
    [InlineData("@problemName p\n@data\n1:a", 2, null, "no @classLabel")]
    [InlineData("@univariate true\n@dimensions 2\n@classLabel false\n@data", 4, null, "correct one")]
    [InlineData("@univariate false\n@dimensions 1\n@classLabel false\n@data", 4, null, "correct one")]
    [InlineData("@classLabel true a\n1,2:a\n@data", 2, 1, "'1,2:a' comes before @data")]
    [InlineData("@classLabel true a\n", null, null, "there is no @data")]
    [InlineData("# only\n# comments\n", null, null, "neither a header nor data")]
    [InlineData("\n\n", null, null, "neither a header nor data")]
    [InlineData("@classLabel true a\n@data\n# nothing\n\n", null, null, "there are no cases")]
    public void A_bad_header_is_refused(string text, int? line, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(text, ".ts"), line, column, says);

    [Fact]
    public void A_line_may_hold_a_million_values()
    {
        string line = string.Join(',', Enumerable.Range(0, 1_000_000));
        Sequence s = Read(Header + line + ":a")[0];
        Assert.Equal(1_000_000, s.Steps);
        Assert.Equal(999_999, s.Values.Span[^1]);
    }

    [Fact]
    public void A_column_far_into_a_long_line_is_exact()
    {
        string before = string.Concat(Enumerable.Repeat("1,", 300_000));
        Assert.Equal(before.Length + 1, Text.Refuse(Header + before + "x:a", ".ts").Column);
    }

    [Fact]
    public void A_cell_of_ten_megabytes_is_refused_and_cut_short_in_the_message()
    {
        DataFileException e = Text.Refuse(Header + new string('7', 10_000_000), ".ts");
        Text.AssertPlace(e, 4, 1, "has more than");
        Assert.True(e.Message.Length < 200);
    }

    [Fact]
    public void Cells_are_whole_wherever_the_buffer_ends()
    {
        // 65,536 is the length of the buffer; the comment moves the cells across its end, byte by byte.
        for (int padding = 65_440; padding < 65_540; padding++)
        {
            SequenceDataset data = Read("#" + new string('x', padding - Header.Length - 2) + "\n" + Header + "12.5,-3e1:a\r\n7,8:b\r\n");
            Assert.Equal([12.5f, -30, 7, 8], data.SelectMany(Text.Values));
            Assert.Equal([0, 1], data.Select(s => s.Label));
        }
    }

    [Fact]
    public void Labels_may_be_any_word()
    {
        SequenceDataset data = Read("@classLabel true größer #1 @x\n@data\n1:größer\n1:#1\n1:@x\n");
        Assert.Equal([0, 1, 2], data.Select(s => s.Label));
    }
}
