namespace Elman.Tests.Evaluations;

public class EvaluationTests
{
    /// <summary>Ten cases of three classes, computed by hand: the true class, and the class with the highest probability.</summary>
    private static readonly int[] _true = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];
    private static readonly int[] _predicted = [0, 0, 0, 1, 1, 1, 2, 2, 0, 0];

    private static readonly Evaluation _evaluation = FlatEvaluation.Of(
        ["a", "b", "c"], _true, [.. _predicted.SelectMany(p => Enumerable.Range(0, 3).Select(c => c == p ? 0.5f : 0.25f))]);

    [Fact]
    public void The_confusion_has_a_row_for_the_true_and_a_column_for_the_predicted_class()
    {
        Assert.Equal([3, 1, 0], _evaluation.Confusion.Row(0));
        Assert.Equal([0, 2, 1], _evaluation.Confusion.Row(1));
        Assert.Equal([2, 0, 1], _evaluation.Confusion.Row(2));
    }

    [Theory]
    [InlineData(0, "a", 4, 5, 3.0 / 5, 3.0 / 4, 2.0 / 3)]
    [InlineData(1, "b", 3, 3, 2.0 / 3, 2.0 / 3, 2.0 / 3)]
    [InlineData(2, "c", 3, 2, 1.0 / 2, 1.0 / 3, 2.0 / 5)]
    public void Every_class_has_its_figures(int c, string label, int cases, int predicted, double precision, double recall, double f1)
    {
        ClassScore score = _evaluation.PerClass[c];
        Assert.Equal((label, cases, predicted), (score.Label, score.Cases, score.Predicted));
        Assert.Equal(precision, score.Precision, 1e-15);
        Assert.Equal(recall, score.Recall, 1e-15);
        Assert.Equal(f1, score.F1, 1e-15);
    }

    [Theory]
    [InlineData(0, ((3 * 4) + (0.5 * ((3 * 2) + (1 * 4)))) / 24)] // of 4 cases 3 got the greater probability, of the 6 others 2
    [InlineData(1, ((2 * 6) + (0.5 * ((2 * 1) + (1 * 6)))) / 21)]
    [InlineData(2, ((1 * 6) + (0.5 * ((1 * 1) + (2 * 6)))) / 21)]
    public void Every_class_has_the_area_under_its_curve(int c, double area) => Assert.Equal(area, _evaluation.PerClass[c].RocAuc, 1e-15);

    [Fact]
    public void The_whole_has_its_figures()
    {
        Assert.Equal(10, _evaluation.Cases);
        Assert.Equal(0.6, _evaluation.Accuracy, 1e-15);
        Assert.Equal((0.75 + (2.0 / 3) + (1.0 / 3)) / 3, _evaluation.BalancedAccuracy, 1e-15);
        Assert.Equal(((2.0 / 3) + (2.0 / 3) + 0.4) / 3, _evaluation.MacroF1, 1e-15);
        Assert.Equal(((6 * Math.Log(2)) + (4 * Math.Log(4))) / 10, _evaluation.LogLoss, 1e-15);
        Assert.Equal(0.1, _evaluation.CalibrationError, 1e-15); // all probabilities are ½, and 0.6 are right
    }

    [Fact]
    public void A_class_that_neither_occurs_nor_was_predicted_counts_in_no_mean()
    {
        var evaluation = FlatEvaluation.Of(["a", "b", "absent"], [0, 0, 1, 1], [1, 0, 0, /**/ 1, 0, 0, /**/ 1, 0, 0, /**/ 0, 1, 0]);
        Assert.Equal(0.75, evaluation.BalancedAccuracy, 1e-15);
        Assert.Equal((0.8 + (2.0 / 3)) / 2, evaluation.MacroF1, 1e-15);
        Assert.Equal(new ClassScore("absent", 0, 0, 0, 0, 0, double.NaN), evaluation.PerClass[2]);
    }

    [Fact]
    public void A_class_that_was_only_predicted_counts_in_macro_F1_alone()
    {
        var evaluation = FlatEvaluation.Of(["a", "b"], [0, 0], [1, 0, /**/ 0, 1]);
        Assert.Equal(0.5, evaluation.BalancedAccuracy);
        Assert.Equal(2.0 / 3 / 2, evaluation.MacroF1, 1e-15);
        Assert.Equal(new ClassScore("b", 0, 1, 0, 0, 0, double.NaN), evaluation.PerClass[1]);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-20f)]
    public void A_probability_of_almost_0_counts_as_the_least(float p) =>
        Assert.Equal(-Math.Log(1e-15), FlatEvaluation.Of(["a", "b"], [0], [p, 1 - p]).LogLoss, 1e-12);

    [Fact]
    public void Equal_probabilities_go_to_the_first_class() =>
        Assert.Equal([1, 0], FlatEvaluation.Of(["a", "b"], [0], [0.5f, 0.5f]).Confusion.Row(0));

    [Fact]
    public void Metrics_of_no_cases_are_NaN()
    {
        var evaluation = FlatEvaluation.Of(["a", "b"], [], []);
        Assert.Equal(0, evaluation.Cases);
        Assert.All([evaluation.Accuracy, evaluation.BalancedAccuracy, evaluation.MacroF1, evaluation.LogLoss, evaluation.CalibrationError],
            figure => Assert.Equal(double.NaN, figure));
    }
}
