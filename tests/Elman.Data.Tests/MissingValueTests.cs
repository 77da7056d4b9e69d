namespace Elman.Data.Tests;

/// <summary>The texts that mean a missing value in files.</summary>
public class MissingValueTests
{
    private const float Gap = float.NaN;

    public static TheoryData<string> Marks => ["", "?", "NaN", "nan", "-nan", "NA", "na", "N/A", "null", "NONE", " ", " ? "];

    [Theory]
    [MemberData(nameof(Marks))]
    public void A_field_of_a_delimited_file_may_be_missing(string mark)
    {
        SequenceDataset wide = Text.Read($"1,{mark},3,a\n4,5,6,b\n", ".csv"),
            unlabelled = Text.Read($"{mark},2,3\n", ".csv", new() { LabelColumn = "none" }), tabs = Text.Read($"1\t{mark}\t3\ta\n", ".tsv");
        Assert.Equal([1, Gap, 3], Text.Values(wide[0]));
        Assert.Equal([Gap, 2, 3], Text.Values(unlabelled[0]));
        Assert.Equal([1, Gap, 3], Text.Values(tabs[0]));
        Assert.Equal((1, 0), (wide.CountMissing(), wide.Subset([1]).CountMissing()));

        SequenceDataset rows = Text.Read($"id,t,label,x,y\na,2,u,{mark},4\na,1,u,1,{mark}\nb,1,v,5,6\n", ".csv");
        Assert.Equal([1, Gap, Gap, 4], Text.Values(rows[0]));
        Assert.Equal([5, 6], Text.Values(rows[1]));
    }

    [Theory]
    [InlineData("?")]
    [InlineData("NaN")]
    [InlineData(" nan ")]
    public void A_value_of_a_ts_file_may_be_missing(string mark)
    {
        foreach (string tag in (string[])["", "@missing true\n", "@missing false\n"]) // what counts are the values
            Assert.Equal([1, Gap, Gap, 4], Text.Values(Text.Read($"{tag}@classLabel true a\n@data\n1,{mark}:{mark},4:a\n", ".ts")[0]));
    }

    [Theory]
    [InlineData("1,2,,,a\n", new[] { 1f, 2 })] // the end
    [InlineData("1,,2,,a\n", new[] { 1f, Gap, 2, Gap })] // the end of the last step is missing
    [InlineData("1,2,3,,,a\n", new[] { 1f, 2, 3, Gap })]
    [InlineData("1,2,?,,a\n", new[] { 1f, 2, Gap, Gap })]
    [InlineData(",,1,2,a\n", new[] { Gap, Gap, 1f, 2 })] // no value seen in the first step
    public void Empty_fields_at_the_end_of_a_row_end_a_sequence_but_not_within_a_step(string row, float[] expected) =>
        Assert.Equal(expected, Text.Values(Text.Read(row, ".csv", new() { Channels = "2" })[0]));

    [Fact]
    public void A_sequence_may_miss_everything_where_that_is_said()
    {
        Assert.Equal([Gap, Gap], Text.Values(Text.Read("?,?,a\n", ".csv")[0]));
        Assert.Equal([Gap, Gap], Text.Values(Text.Read("NA,NA,a\n1,2,b\n", ".csv")[0])); // not a header
        Assert.Contains("no values", Text.Refuse("1,a\n,,a\n", ".csv").Message, StringComparison.Ordinal);
        Assert.Contains("no values", Text.Refuse(",,a\n1,2,b\n", ".csv").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sodium_is_a_channel() => Assert.Equal([1, 2], Text.Values(Text.Read("id,NA,K,label\na,1,2,u\n", ".csv")[0]));

    [Theory]
    [InlineData("1,infinity,a\n", "not finite")]
    [InlineData("1,-inf,a\n", "not finite")]
    [InlineData("1,??,a\n", "'??' is not a number")]
    [InlineData("1,NaNa,a\n", "'NaNa' is not a number")]
    public void What_is_neither_a_number_nor_missing_is_refused(string text, string says) =>
        Text.AssertPlace(Text.Refuse(text, ".csv"), 1, 2, says);

    [Fact]
    public void What_was_missing_is_missing_in_what_is_written()
    {
        var writer = new StringWriter();
        CsvWriter.Write(writer, new SequenceDataset(2, ["a"], [new Sequence(new[] { 1, Gap, Gap, 2 }, 2, 0)]));
        Assert.Equal([1, Gap, Gap, 2], Text.Values(Text.Read(writer.ToString(), ".csv", new() { Format = DelimitedForm.Long })[0]));
    }
}
