using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Tests.Sequences.Stages;

/// <summary>Sequences that are scaled individually.</summary>
public class ScaleStageTests
{
    [Theory]
    [InlineData(0f, 0f, 0f)]
    [InlineData(0.1f, 0.1f, 0.1f)]
    [InlineData(-1e30f, -1e30f)]
    [InlineData(float.MaxValue)]
    public void A_channel_that_never_changes_becomes_0(params float[] values) => Assert.All(Scaled(values), x => Assert.Equal(0, x));

    [Theory]
    [InlineData(1f, 3f)]
    [InlineData(1_000_001f, 1_000_003f)]
    [InlineData(-3e-20f, -1e-20f)]
    public void Two_values_become_minus_1_and_1_however_far_from_0_they_are(float low, float high) =>
        Assert.Equal([-1, 1], Scaled([low, high]), (a, b) => Math.Abs(a - b) < 1e-6);

    [Fact]
    public void Steps_that_are_skipped_do_not_count() =>
        Assert.Equal([-1, 1], Scaled([1, float.NaN, 3], MissingValues.Mask), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void The_scale_of_the_previous_sequence_is_reset()
    {
        var data = new SequenceDataset(1, [], [new(new float[] { 100, 300 }, 1), new(new float[] { 1, 3 }, 1)]);
        var preprocessing = new Preprocessing(MissingValues.Refuse, 1, null, null, new InputStages(ScaleSequences: true));
        using var batch = new SequenceBatch<double>();
        batch.Fill(data, [0, 1], preprocessing);
        Assert.Equal([-1, -1, 1, 1], Inputs(batch), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    private static double[] Scaled(float[] values, MissingValues missing = MissingValues.Refuse)
    {
        using var batch = new SequenceBatch<double>();
        batch.Fill(new SequenceDataset(1, [], [new(values, 1)]), [0],
            new Preprocessing(missing, 1, null, null, new InputStages(ScaleSequences: true)));
        return Inputs(batch);
    }

    private static unsafe double[] Inputs(SequenceBatch<double> batch) => new ReadOnlySpan<double>(batch.Inputs, batch.Rows).ToArray();
}
