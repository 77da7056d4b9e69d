using CsCheck;

namespace Elman.Data.Tests.Delimited;

public class StepTimesTests
{
    [Fact]
    public void Times_and_lines_round_trip_as_they_were_added() => Gen.Select(Gen.Int[0, 3], Gen.Int[1, 3]).Array[1, 30].Sample(steps =>
    {
        // Spacings of 0.1 are not exact, those below 0 are out of order; gaps interrupt the runs of lines.
        double[] spacings = [1, 0.1, 0, -2];
        var times = new StepTimes();
        var added = new List<(double Time, long Line)>();
        double time = 0.3;
        long line = 5;
        foreach ((int kind, int gap) in steps)
        {
            times.Add(time, line);
            added.Add((time, line));
            time += spacings[kind];
            line += gap;
        }
        Assert.Equal(added, Enumerable.Range(0, times.Count).Select(row => (times[row], times.LineOf(row))));
        Assert.Equal(added.Zip(added.Skip(1)).All(pair => pair.First.Time <= pair.Second.Time), times.Ordered);
    });
}
