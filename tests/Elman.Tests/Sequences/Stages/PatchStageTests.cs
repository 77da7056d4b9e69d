using Elman.Sequences.Stages;

namespace Elman.Tests.Sequences.Stages;

/// <summary>The steps of each patch.</summary>
public class PatchStageTests
{
    [Theory]
    [InlineData(2, new[] { 0, 1, 1, 2, 3, 4 })]
    [InlineData(3, new[] { 0, 1, 1, 1, 2, 2, 3 })]
    [InlineData(4, new[] { 0, 1, 1, 1, 1, 2, 2, 3, 3, 4 })]
    [InlineData(10, new[] { 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3 })]
    public void As_many_patches_as_are_needed_for_every_step_to_be_in_one(int steps, int[] patches)
    {
        var stage = new PatchStage(steps, [true]);
        for (int taken = 0; taken < patches.Length; taken++)
            Assert.Equal(patches[taken], stage.StepsAfter(taken));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public void A_patch_is_complete_once_its_last_step_is_there(int steps)
    {
        var stage = new PatchStage(steps, [true]);
        int stride = (steps + 1) / 2;
        for (int taken = 0; taken < 50; taken++)
            Assert.Equal(Enumerable.Range(0, 50).Count(patch => (patch * stride) + steps <= taken), stage.CompleteAfter(taken));
    }

    [Fact]
    public void Patches_overlap_by_half_and_the_last_one_repeats_its_last_step()
    {
        Assert.Equal([[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 6]], PatchesOf(4, 7));
        Assert.Equal([[0, 1, 2, 3], [2, 3, 4, 5]], PatchesOf(4, 6));
        Assert.Equal([[0, 1, 2, 2]], PatchesOf(4, 3));
        Assert.Equal([[0, 0, 0, 0]], PatchesOf(4, 1));
        Assert.Equal([[0, 1, 2], [2, 3, 4], [4, 5, 5]], PatchesOf(3, 6));
        Assert.Equal([[0, 1], [1, 2]], PatchesOf(2, 3));
    }

    /// <summary>Returns the patches of the sequence 0, 1, 2, ….</summary>
    private static float[][] PatchesOf(int steps, int length)
    {
        var stage = new PatchStage(steps, [true]);
        float[] memory = new float[stage.MemorySize];
        double[] row = new double[stage.OutputSize];
        var patches = new List<float[]>();
        for (int t = 0; t < length; t++)
        {
            row[0] = t;
            if (stage.Take(row, memory, [], new StageStep(t, IsAsked: t == length - 1)))
                patches.Add([.. row.Select(x => (float)x)]);
        }
        return [.. patches];
    }
}
