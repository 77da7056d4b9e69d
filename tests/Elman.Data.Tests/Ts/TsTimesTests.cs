namespace Elman.Data.Tests.Ts;

public class TsTimesTests
{
    private const string Header = "@timeStamps true\n@classLabel true a b\n@data\n";

    private static SequenceDataset Read(string text) => Text.Read(text, ".ts");

    [Theory]
    [InlineData("(0,1),(1,2),(2,3):(0,4),(1,5),(2,?):b")]
    [InlineData(" ( 0 , 1 ) , (1,2),(2,3) : (0,4), (1,5),(2,NaN) : b ")]
    [InlineData("(2,3),(0,1),(1,2):(2,?),(0,4),(1,5):b")]
    [InlineData("(2020-01-01 00:00:00,1),(2020-01-02 00:00:00,2),(2020-01-03 00:00:00,3):"
        + "(2020-01-01 00:00:00,4),(2020-01-02 00:00:00,5),(2020-01-03 00:00:00,?):b")]
    [InlineData("(-1e3,1),(0.5,2),(1001,3):(-1e3,4),(0.5,5),(1001,?):b")]
    public void Values_come_in_the_order_of_time(string line)
    {
        SequenceDataset data = Read(Header + line + "\n");
        Assert.Equal([1, 4, 2, 5, 3, float.NaN], Text.Values(data[0]));
        Assert.Equal("b", Text.LabelOf(data, 0));
    }

    [Fact]
    public void Cases_may_have_times_of_their_own_and_no_label()
    {
        SequenceDataset data = Read("@timeStamps true\n@classLabel false\n@data\n(0,1),(1,2)\n(7,3),(8,4),(9,5)\n");
        Assert.Equal([2, 3], data.Select(s => s.Steps));
        Assert.Empty(data.Warnings);
        data = Text.Read("@timeStamps true\n@targetLabel true\n@data\n(0,1),(1,2):2.5\n", ".ts", new() { Labels = LabelKind.Numbers });
        Assert.Equal([2.5f], data[0].Targets.ToArray());
    }

    [Fact]
    public void Gaps_and_uneven_steps_are_reported()
    {
        Assert.StartsWith("Steps are not evenly spaced in time: 1 to 10 apart.",
            Assert.Single(Read(Header + "(0,1),(1,2),(4,3),(14,4),(15.5,5):a\n").Warnings), StringComparison.Ordinal);
        Assert.StartsWith("The case on line 5 has a gap before value 6: 4 after the last step, where 1 is usual.",
            Assert.Single(Read(Header + "(0,1):a\n(1,1),(2,2),(3,3),(4,4),(5,5),(9,1):a\n").Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(0,1),(1,2):(0,1),(2,2):a", 19, "channel 2 of this case has a different time than in channel 1")]
    [InlineData("(0,1),(1,2):(0,1),(1,2),(2,3):a", 25, "channel 2 of this case has a different time than in channel 1")]
    [InlineData("(0,1),(1,2):(0,1):a", null, "channel 2 of this case has 1 step, channel 1")]
    [InlineData("(0,1),(1,2),(0,3):a", null, "values 1 and 3 of each channel have the same time")]
    [InlineData("(0,1),(0,3):a", null, "values 1 and 2 of each channel have the same time")]
    [InlineData("(0,1),2:a", 7, "'2' has no time; write (time,value)")]
    [InlineData("1,2:a", 1, "'1' has no time")]
    [InlineData("(0,1),(x,2):a", 7, "'x' is not a time; it must be a number like the first time")]
    [InlineData("(0,1),(1,x):a", 7, "'x' is not a number")]
    [InlineData("(0,1),(1,2:a", 7, "'(1,2:a' is not a value with its time")]
    [InlineData("(0):a", 1, "'(0' is not a value with its time")]
    [InlineData("(0,1)7,(1,2):a", 6, "'7' follows a value with its time")]
    [InlineData("(0,1),(1,2)", 12, "without a class label")]
    [InlineData("(0,1),", 7, "without a class label")]
    [InlineData("(0,1):c", 7, "'c' is not one of the declared class labels")]
    public void A_bad_case_is_refused_where_it_is_bad(string line, int? column, string says) =>
        Text.AssertPlace(Text.Refuse(Header + "(0,1):a\n" + line + "\n", ".ts"), 5, column, says);
}
