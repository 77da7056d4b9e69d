namespace Elman.Tests.Training;

public sealed class TrainingCallbacksTests
{
    private static readonly TrainingProgress _report = new()
    {
        Epoch = 1,
        Epochs = 2,
        EpochEnded = true,
        Fraction = 0.5,
        Loss = 1,
        LearningRate = 0.1,
        SequencesPerSecond = 1,
        Elapsed = TimeSpan.Zero,
        Remaining = TimeSpan.Zero,
    };

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, false)]
    public void All_are_called_in_order_and_each_may_end_training(bool first, bool second, bool continues)
    {
        var calls = new List<string>();
        var both = new TrainingCallbacks(new Answer("a", first, calls), new Answer("b", second, calls));
        Assert.Equal(continues, both.AfterStep(_report));
        Assert.Equal(continues, both.AfterEpoch(_report));
        Assert.Equal(["a step", "b step", "a epoch", "b epoch"], calls);
    }

    [Fact]
    public void None_lets_training_go_on() => Assert.True(new TrainingCallbacks().AfterEpoch(_report));

    [Fact]
    public void A_missing_one_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new TrainingCallbacks(null!));
        Assert.Throws<ArgumentNullException>(() => new TrainingCallbacks(new Answer("a", true, []), null!));
    }

    private sealed class Answer(string name, bool continues, List<string> calls) : ITrainingCallback
    {
        public bool AfterStep(TrainingProgress progress)
        {
            calls.Add($"{name} step");
            return continues;
        }

        public bool AfterEpoch(TrainingProgress progress)
        {
            calls.Add($"{name} epoch");
            return continues;
        }
    }
}
