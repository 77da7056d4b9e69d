using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Tests.Reports;

public class FiguresTests
{
    [Theory]
    [InlineData(0.0, "0.0 s")]
    [InlineData(9.94, "9.9 s")]
    [InlineData(42.2, "42 s")]
    [InlineData(65, "1:05")]
    [InlineData(7201, "2:00:01")]
    [InlineData(360_000, "100:00:00")]
    public void A_duration_reads_well(double seconds, string expected) =>
        Assert.Equal(expected, Figures.Duration(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "class", "1 class")]
    [InlineData(2, "class", "2 classes")]
    [InlineData(1000, "sequence", "1,000 sequences")]
    public void A_number_has_its_noun(long number, string noun, string expected) => Assert.Equal(expected, Figures.Count(number, noun));

    [Theory]
    [InlineData(0.123, "0.12")]
    [InlineData(3, "3")]
    [InlineData(9.996, "10")]
    [InlineData(1234.5, "1,234")]
    public void A_rate_below_ten_keeps_its_digits(double rate, string expected) => Assert.Equal(expected, Figures.Rate(rate));

    [Theory]
    [InlineData(double.NaN, "–")]
    [InlineData(0.0, "0.0000")]
    [InlineData(0.12345, "0.1235")]
    [InlineData(0.0000123, "1.23e-5")]
    [InlineData(1234.0, "1.23e+3")]
    public void A_loss_keeps_digits_that_mean_something(double loss, string expected) => Assert.Equal(expected, Figures.Loss(loss));

    [Theory]
    [InlineData(double.NaN, "–")]
    [InlineData(0.975, "97.5 %")]
    [InlineData(1.0, "100.0 %")]
    public void A_share_is_reported_in_percent(double share, string expected) => Assert.Equal(expected, Figures.Percent(share));

    [Theory]
    [InlineData("15min", "00:15:00")]
    [InlineData("1h", "01:00:00")]
    [InlineData("90min", "01:30:00")]
    [InlineData("30d", "30.00:00:00")]
    [InlineData("1.5s", "00:00:01.5")]
    [InlineData("20ms", "00:00:00.02")]
    public void The_length_of_a_step_is_written_as_an_option_takes_it(string expected, string time)
    {
        Assert.Equal(expected, Figures.Interval(TimeSpan.Parse(time, CultureInfo.InvariantCulture)));
        Assert.Equal(TimeSpan.Parse(time, CultureInfo.InvariantCulture),
            Elman.Cli.Options.Words.Resampling("--resample", expected)!.Interval);
    }
}
