namespace Elman.Tests.Sequences;

public sealed class WindowingTests
{
    [Fact]
    public void Windows_follow_each_other_by_the_stride_with_the_class_of_most_steps_or_of_the_last()
    {
        SequenceDataset data = Recording([0, 0, 1, 1, 1, 0, 0]);
        SequenceDataset majority = new Windowing(4, 2).Apply(data), last = new Windowing(4, 2, WindowLabel.Last).Apply(data);
        Assert.Equal([0, 1], majority.Select(window => window.Label)); // of equals the first
        Assert.Equal([1, 0], last.Select(window => window.Label));
        Assert.Equal(["r@0", "r@2"], majority.Select(window => window.Id));
        Assert.All(majority, window => Assert.Equal("r", window.Group));
        Assert.Equal([2, 3, 4, 5], majority[1].Values.ToArray());
        Assert.Contains("1 step at the ends", Assert.Single(majority.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Windows_without_a_labelled_step_are_left_out_and_short_recordings_are_windows()
    {
        SequenceDataset data = Recording([-1, -1, 1, -1]);
        SequenceDataset windows = new Windowing(2, 2).Apply(data);
        Assert.Equal(1, Assert.Single(windows).Label);
        Assert.Contains(windows.Warnings, warning => warning.StartsWith("1 window without", StringComparison.Ordinal));
        Assert.Equal(4, Assert.Single(new Windowing(9, 3).Apply(data)).Steps);
        Assert.Throws<ArgumentException>(() => new Windowing(2, 2).Apply(Recording([-1, -1])));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Windowing(0, 1).Apply(data));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Windowing(1, 0).Apply(data));
    }

    [Fact]
    public void Windows_of_a_recording_with_one_class_have_it_and_the_group_stays()
    {
        var data = new SequenceDataset(1, ["a", "b"], [new Sequence(new float[6], 1, label: 1) { Group = "person" }]);
        SequenceDataset windows = new Windowing(3, 3).Apply(data);
        Assert.Equal([1, 1], windows.Select(window => window.Label));
        Assert.All(windows, window => Assert.Equal("person", window.Group));
    }

    [Fact]
    public void Windows_of_a_recording_with_targets_have_them()
    {
        var data = new SequenceDataset(
            1, [], [new Sequence(new float[6], 1).WithTargets(new[] { 1f, float.NaN })], "data", ["age", "weight"]);
        SequenceDataset windows = new Windowing(3, 3).Apply(data);
        Assert.Equal(["age", "weight"], windows.TargetNames);
        Assert.Equal(2, windows.Count);
        Assert.All(windows, window => Assert.Equal([1f, float.NaN], window.Targets.ToArray()));
    }

    private static SequenceDataset Recording(int[] labels) => new(1, ["a", "b"],
    [
        new Sequence(Enumerable.Range(0, labels.Length).Select(t => (float)t).ToArray(), 1) { Id = "r" }.WithStepLabels(labels),
    ]);
}
