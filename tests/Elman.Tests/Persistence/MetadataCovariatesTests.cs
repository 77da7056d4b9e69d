using Elman.Persistence;
using Elman.Training;

namespace Elman.Tests.Persistence;

public sealed class MetadataCovariatesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    [InlineData(-840)] // the zones that a DateTimeOffset can have
    [InlineData(840)]
    public void The_zone_of_the_calendar_is_kept(int minutes)
    {
        Covariates read = MetadataJson.ReadCovariates(Text(minutes, knownAhead: 2), horizon: 3);
        Assert.Equal(
            (2, CalendarCycles.Weekday, 3, TimeSpan.FromMinutes(minutes)), (read.KnownAhead, read.Calendar, read.Horizon, read.Offset));
    }

    [Theory]
    [InlineData(841, 0, "knownAhead is 0, or offsetMinutes 841.")]
    [InlineData(-841, 0, "knownAhead is 0, or offsetMinutes -841.")]
    [InlineData(0, -1, "knownAhead is -1, or offsetMinutes 0.")]
    public void Others_are_refused(int minutes, int knownAhead, string why) => Assert.Equal(
        why, Assert.Throws<FormatException>(() => MetadataJson.ReadCovariates(Text(minutes, knownAhead), horizon: 3)).Message);

    private static string Text(int minutes, int knownAhead) =>
        $$"""{"knownAhead":{{knownAhead}},"calendar":["weekday"],"offsetMinutes":{{minutes}}}""";
}
