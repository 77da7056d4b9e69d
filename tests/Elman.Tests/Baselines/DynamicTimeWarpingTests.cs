using Elman.Baselines;
using Elman.Tests.Fixtures;

namespace Elman.Tests.Baselines;

/// <summary>Compared with the plain loop of <c>baselines.py</c>, and with the whole matrix computed cell by cell.</summary>
public sealed class DynamicTimeWarpingTests
{
    private static readonly Case[] _cases = FixtureResults.Cases<Case>("baselines_dtw.json");

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _cases.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_distance_is_that_of_the_plain_loop(int index)
    {
        Case expected = _cases[index];
        Assert.Equal(expected.Radius,
            DynamicTimeWarping.Radius(expected.A.Length / expected.Channels, expected.B.Length / expected.Channels, expected.Window));
        Assert.Equal(expected.Distance, Distance(expected, double.PositiveInfinity), 1e-12 * expected.Distance);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_distance_above_the_bound_is_infinite_and_one_at_the_bound_is_not(int index)
    {
        double distance = Distance(_cases[index], double.PositiveInfinity);
        Assert.Equal(distance, Distance(_cases[index], distance));
        Assert.Equal(double.PositiveInfinity, Distance(_cases[index], Math.BitDecrement(distance)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_lower_bound_is_above_the_distance(int index)
    {
        Case c = _cases[index];
        double distance = Distance(c, double.PositiveInfinity);
        Assert.InRange(WarpingBounds.OfEnds(c.A, c.B, c.Channels), 0, distance);
        if (c.A.Length != c.B.Length)
            return;
        double[] lower = new double[c.A.Length], upper = new double[c.A.Length];
        WarpingBounds.Envelope(c.A, c.Channels, c.Radius, lower, upper);
        Assert.InRange(WarpingBounds.OfEnvelope(c.B, c.Channels, lower, upper), 0, distance);
        if (c.Radius == 0)
            Assert.Equal(distance, WarpingBounds.OfEnvelope(c.B, c.Channels, lower, upper));
    }

    [Fact]
    public void Cells_are_those_inside_the_window()
    {
        for (int n = 1; n <= 9; n++)
        {
            for (int m = 1; m <= 9; m++)
            {
                for (int radius = 0; radius <= 9; radius++)
                {
                    int counted = Enumerable.Range(0, n).Sum(i => Enumerable.Range(0, m).Count(j =>
                        Math.Min(0, m - n) - radius <= j - i && j - i <= Math.Max(0, m - n) + radius));
                    Assert.Equal(counted, DynamicTimeWarping.Cells(n, m, radius));
                }
            }
        }
    }

    [Theory]
    [InlineData(30, 30, 0.1, 3)]
    [InlineData(8, 8, 0.1, 1)]
    [InlineData(7, 29, 0.1, 3)]
    [InlineData(5, 5, 0, 0)]
    [InlineData(5, 5, 1, 5)]
    public void The_radius_is_a_share_of_the_longer_sequence_rounded_up(int n, int m, double window, int radius) =>
        Assert.Equal(radius, DynamicTimeWarping.Radius(n, m, window));

    [Fact]
    public void A_long_matrix_can_be_stopped()
    {
        double[] steps = new double[300], row = new double[301];
        Assert.Throws<OperationCanceledException>(
            () => DynamicTimeWarping.Distance(steps, steps, 1, 300, double.PositiveInfinity, row, new CancellationToken(canceled: true)));
    }

    private static double Distance(Case c, double bound) =>
        DynamicTimeWarping.Distance(c.A, c.B, c.Channels, c.Radius, bound, new double[(c.B.Length / c.Channels) + 1], default);

    private sealed record Case(int Channels, double Window, int Radius, double[] A, double[] B, double Distance);
}
