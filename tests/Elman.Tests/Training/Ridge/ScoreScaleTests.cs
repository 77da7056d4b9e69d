using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

public class ScoreScaleTests
{
    [Fact]
    public void The_scale_of_softmax_has_the_least_cross_entropy_drawn_a_little_towards_the_usual_scale()
    {
        var random = new SeededRandom(1);
        int[] labels = [.. Enumerable.Range(0, 60).Select(_ => random.NextInt32(3))];
        double[][] scores = [.. labels.Select(label => Enumerable.Range(0, 3)
            .Select(c => (c == label ? 0.6 : 0.2) + (0.15 * random.NextNormal())).ToArray())];
        double[][] target = [.. labels.Select(label => Enumerable.Range(0, 3).Select(c => c == label ? 1.0 : 0).ToArray())];
        double[] weights = [.. labels.Select(label => 1.0 + label)];
        double scale = ScoreScale.OfSoftmax(scores, target, weights);
        Assert.InRange(scale, 1, 100);
        Assert.True(Loss(scale) < Loss(scale * 1.001));
        Assert.True(Loss(scale) < Loss(scale / 1.001));

        double Loss(double a) => (weights.Average() * Math.Pow(Math.Log(a / 7), 2)) + Enumerable.Range(0, 60).Sum(i =>
        {
            double normalizer = Math.Log(scores[i].Sum(s => Math.Exp(a * s)));
            return weights[i] * Enumerable.Range(0, 3).Sum(c => target[i][c] * (normalizer - (a * scores[i][c])));
        });
    }

    [Fact]
    public void The_scale_of_a_class_on_its_own_gives_about_the_share_that_is_true_where_scores_say_no_more()
    {
        // Three of four cases apply; all score 0.25 above a half.
        double[] scores = [.. Enumerable.Repeat(0.25, 4000)], target = [.. Enumerable.Range(0, 4000).Select(i => i % 4 == 0 ? 0.0 : 1)];
        double p = 1 / (1 + Math.Exp(-0.25 * ScoreScale.OfSigmoid(scores, target)));
        Assert.Equal(0.75, p, 1e-3);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1000)]
    public void Where_every_case_is_right_it_stays_finite_and_grows_with_the_number_of_cases(int count)
    {
        double[][] scores = [.. Enumerable.Range(0, count).Select(i => i % 2 == 0 ? new[] { 1.0, 0 } : [0, 1.0])];
        double scale = ScoreScale.OfSoftmax(scores, scores, [.. Enumerable.Repeat(1.0, count)]);
        double wrong = 1 / (1 + Math.Exp(scale)); // n·a·p = 2·ln(a/7) is where the slope is 0
        Assert.Equal(2 * Math.Log(scale / 7), count * scale * wrong, 1e-6);
        Assert.InRange(wrong, 0, 0.05 / Math.Sqrt(count));
    }

    [Fact]
    public void Where_scores_point_the_wrong_way_nothing_is_sure()
    {
        double[][] scores = [.. Enumerable.Range(0, 2000).Select(i => i % 2 == 0 ? new[] { 0.0, 1 } : [1.0, 0])],
            target = [.. scores.Select(row => new[] { row[1], row[0] })];
        Assert.InRange(ScoreScale.OfSoftmax(scores, target, [.. Enumerable.Repeat(1.0, 2000)]), 0, 0.05);
        Assert.InRange(ScoreScale.OfSigmoid([.. scores.Select(row => row[0] - 0.5)], [.. target.Select(row => row[0])]), 0, 0.1);
    }

    [Fact]
    public void Without_a_case_scores_are_unchanged() =>
        Assert.Equal((1, 1), (ScoreScale.OfSoftmax([], [], []), ScoreScale.OfSigmoid([], [])));
}
