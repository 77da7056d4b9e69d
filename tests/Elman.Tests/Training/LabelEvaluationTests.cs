namespace Elman.Tests.Training;

/// <summary>Sets of classes, counted by hand.</summary>
public sealed class LabelEvaluationTests
{
    private static readonly LabelEvaluation _evaluation = LabelEvaluation.From(["a", "b"],
        [new float[] { 1, 0 }, new float[] { 1, 1 }, new float[] { float.NaN, 1 }, new float[] { 0, 0 }],
        [[0.9f, 0.2f], [0.5f, 0.4f], [0.1f, 0.75f], [0.6f, 0.5f]]);

    [Fact]
    public void A_case_is_matched_where_every_class_that_is_known_is_judged_right()
    {
        Assert.Equal(4, _evaluation.Cases);
        Assert.Equal(2 / 4.0, _evaluation.ExactMatch); // the first, and the third, of which the second class alone is known
    }

    [Fact]
    public void A_class_counts_as_predicted_from_a_half_on()
    {
        Assert.Equal([("a", 2, 3), ("b", 2, 2)],
            _evaluation.PerClass.Select(score => (score.Label, (int)score.Cases, (int)score.Predicted)));
        Assert.Equal([(2 / 3.0, 1), (1 / 2.0, 1 / 2.0)], _evaluation.PerClass.Select(score => (score.Precision, score.Recall)));
        Assert.Equal((0.8 + 0.5) / 2, _evaluation.MacroF1, 1e-12);
        Assert.Equal(2 * 3 / 9.0, _evaluation.MicroF1, 1e-12);
    }

    [Fact]
    public void The_loss_is_the_mean_over_all_judgements() => Assert.Equal(
        -new[] { 0.9, 0.8, 0.5, 0.4, 0.75, 0.4, 0.5 }.Average(Math.Log), _evaluation.LogLoss, 1e-7);
}
