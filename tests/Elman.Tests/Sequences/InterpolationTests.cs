using Elman.Sequences;

namespace Elman.Tests.Sequences;

public class InterpolationTests
{
    private const float Gap = float.NaN;

    public static TheoryData<float[], float[]> Lines => new()
    {
        { [1, 2], [1, 2] },
        { [1, Gap, 3], [1, 2, 3] },
        { [Gap, Gap, 4], [4, 4, 4] },
        { [4, Gap, Gap], [4, 4, 4] },
        { [Gap, 8, Gap, Gap, Gap, 0, 1, Gap], [8, 8, 6, 4, 2, 0, 1, 1] },
        { [Gap], [Gap] },
        { [Gap, Gap], [Gap, Gap] },
        { [float.MaxValue, Gap, -float.MaxValue], [float.MaxValue, 0, -float.MaxValue] },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_gap_is_bridged_by_a_line_and_an_end_by_what_is_nearest(float[] values, float[] expected) =>
        Assert.Equal(expected, Filled(values, 1));

    [Fact]
    public void Channels_know_nothing_of_each_other() =>
        Assert.Equal([1, Gap, 5, 2, Gap, 5, 3, Gap, 5], Filled([1, Gap, Gap, Gap, Gap, 5, 3, Gap, Gap], 3));

    private static float[] Filled(float[] values, int channels)
    {
        float[] filled = new float[values.Length];
        Interpolation.Fill(values, channels, filled);
        return filled;
    }
}
