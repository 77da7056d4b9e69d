using Elman.Auto;

namespace Elman.Tests.Auto;

public sealed class EnsembleSelectionTests
{
    /// <summary>Returns the probabilities of the true class of some cases, for each model; the other class has the rest.</summary>
    private static double[][][] Answers(params double[][] right) =>
        [.. right.Select(model => model.Select(p => new[] { p, 1 - p }).ToArray())];

    private static double LogLoss(int index, ReadOnlySpan<double> answer) => -Math.Log(answer[0]);

    [Fact]
    public void The_first_round_takes_the_best_model_and_further_rounds_only_what_makes_the_average_better()
    {
        // The third model is the best alone; its average with the first is better; the second never helps.
        double[][][] answers = Answers([0.95, 0.6, 0.8], [0.3, 0.3, 0.3], [0.65, 0.92, 0.8]);
        Assert.Equal([1, 0, 1], EnsembleSelection.Choose(answers, LogLoss, [0, 1, 2], rounds: 2));
    }

    [Fact]
    public void A_model_may_be_taken_again_and_again() =>
        Assert.Equal([8, 0], EnsembleSelection.Choose(Answers([0.9, 0.9], [0.1, 0.1]), LogLoss, [0, 1], rounds: 8));

    [Fact]
    public void Cases_count_as_often_as_they_are_in_the_sample() =>
        Assert.Equal([0, 1], EnsembleSelection.Choose(Answers([0.9, 0.5], [0.5, 0.8]), LogLoss, [0, 1, 1], rounds: 1));

    [Fact]
    public void Choices_by_several_samples_are_added_up_and_small_parts_left_out()
    {
        int[] counts = EnsembleSelection.Choose(Answers([0.9, 0.5], [0.5, 0.8], [0.1, 0.1]), LogLoss, new SeededRandom(1));
        Assert.Equal(EnsembleSelection.Samples * EnsembleSelection.Rounds, counts.Sum());
        Assert.True(counts[0] > 10 && counts[1] > 10, string.Join(' ', counts));
        Assert.Equal(0, counts[2]);
        Assert.Equal(counts, EnsembleSelection.Choose(Answers([0.9, 0.5], [0.5, 0.8], [0.1, 0.1]), LogLoss, new SeededRandom(1)));
    }

    [Fact]
    public void Of_equal_models_the_first_is_taken() =>
        Assert.Equal([1, 0], EnsembleSelection.Choose(Answers([0.7], [0.7]), LogLoss, [0], rounds: 1));

    [Fact]
    public void Every_round_takes_the_model_that_a_plain_loop_finds()
    {
        var random = new SeededRandom(5);
        double[][][] answers = [.. Enumerable.Range(0, 6)
            .Select(_ => Enumerable.Range(0, 20).Select(_ => random.NextUniform(0.05, 0.95)).Select(p => new[] { p, 1 - p }).ToArray())];
        int[] expected = new int[6];
        for (int round = 1; round <= 8; round++)
        {
            double[] losses = [.. Enumerable.Range(0, 6).Select(m => Enumerable.Range(0, 20)
                .Average(i => -Math.Log(Enumerable.Range(0, 6).Sum(k => (expected[k] + (k == m ? 1 : 0)) * answers[k][i][0]) / round)))];
            expected[Array.IndexOf(losses, losses.Min())]++;
        }
        Assert.Equal(expected, EnsembleSelection.Choose(answers, LogLoss, [.. Enumerable.Range(0, 20)], rounds: 8));
    }
}
