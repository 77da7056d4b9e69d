using Elman.Auto;
using Elman.Training.Tasks;

namespace Elman.Tests.Auto;

public sealed class PlannedWorkTests
{
    [Fact]
    public void Networks_on_twice_the_folds_take_twice_the_work()
    {
        // With fewer than 200 sequences, they are split twice; steps and batches are the same.
        Dictionary<string, PlannedCandidate> divided = Networks(199).ToDictionary(planned => planned.Candidate.Name);
        PlannedCandidate[] once = [.. Networks(200)];
        Assert.NotEmpty(once);
        Assert.All(once, planned =>
        {
            Assert.True(planned.Seconds > 0);
            Assert.Equal(2, divided[planned.Candidate.Name].Seconds / planned.Seconds, 1e-9);
        });
    }

    [Fact]
    public void On_more_steps_they_take_more()
    {
        Dictionary<string, PlannedCandidate> longer = Networks(200, totalSteps: 40_000).ToDictionary(planned => planned.Candidate.Name);
        Assert.All(Networks(200), planned => Assert.InRange(longer[planned.Candidate.Name].Seconds / planned.Seconds, 1.5, 2));
    }

    private static IEnumerable<PlannedCandidate> Networks(int sequences, int totalSteps = 20_000)
    {
        TrainingOptions options = TrainingOptions.Auto with { Cell = new AutoOptions { Budget = TimeSpan.FromHours(100) } };
        var shape = new DataShape(SequenceTask.Classify, sequences, totalSteps, MedianSteps: 100, Channels: 2, Outputs: 3,
            IsForStreaming: false);
        return CandidatePlan.For(options, shape).Planned.Where(planned => !planned.Options.IsReservoir && !planned.Candidate.TakesAllFolds);
    }
}
