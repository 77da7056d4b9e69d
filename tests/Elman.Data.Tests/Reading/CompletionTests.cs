namespace Elman.Data.Tests.Reading;

public sealed class CompletionTests
{
    private static readonly DataFileOptions _hourly =
        new() { Labels = LabelKind.None, Resampling = new Resampling(TimeSpan.FromHours(1)) };

    [Theory]
    [InlineData("time,x\n1700000000,1\n1700003600,2\n", "the times in 'time' are numbers; if they are seconds since 1970, give "
        + "--time-format unix (unix-ms for milliseconds)")]
    [InlineData("x\n1\n2\n", "name the column of the dates (--time-column)")]
    public void Steps_of_a_fixed_length_need_dates_and_it_is_reported_with_how_to_give_them(string text, string says)
    {
        string message = Text.Refuse(text, ".csv", _hourly).Message;
        Assert.Contains(says, message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_goes_wrong_with_data_is_reported_without_the_names_of_the_code()
    {
        string message = Text.Refuse("time,x\n2024-01-01,1\n9999-01-01,2\n", ".csv",
            _hourly with { Resampling = new Resampling(TimeSpan.FromTicks(1)) }).Message;
        Assert.Contains("Choose a longer interval", message, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix", "1700000000", "1700003600")]
    [InlineData("%s", "1700000000.5", "1700003600.5")]
    [InlineData("UNIX-MS", "1700000000000", "1700003600000")]
    [InlineData("unix-us", "1700000000000000", "1700003600000000")]
    [InlineData("unix-ns", "1700000000000000000", "1700003600000000000")]
    public void Numbers_that_count_from_1970_are_dates_by_choice(string format, string first, string second)
    {
        SequenceDataset data =
            Text.Read($"time,x\n{first},1\n{second},2\n", ".csv", _hourly with { TimeFormat = format, Resampling = null });
        Assert.Equal(1700000000, data[0].Times!.DateAt(0).ToUnixTimeSeconds());
        Assert.Equal(TimeSpan.FromHours(1), data[0].Times!.Interval);
        Assert.Equal(2, Text.Read($"time,x\n{first},1\n{second},2\n", ".csv", _hourly with { TimeFormat = format })[0].Steps);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1e30")]
    [InlineData("-1e12")]
    public void Invalid_settings_are_refused(string time) => Assert.Contains("does not match the format unix",
        Text.Refuse($"time,x\n{time},1\n", ".csv", new() { Labels = LabelKind.None, TimeFormat = "unix" }).Message,
        StringComparison.Ordinal);
}
