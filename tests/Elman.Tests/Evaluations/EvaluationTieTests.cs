namespace Elman.Tests.Evaluations;

public class EvaluationTieTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(8, 5)]
    [InlineData(9, 0)]
    [InlineData(17, 11)]
    [InlineData(33, 1)]
    [InlineData(65, 40)]
    public void Of_equally_probable_classes_the_first_is_predicted(int classes, int first)
    {
        float[] probabilities = new float[classes];
        probabilities.AsSpan(first).Fill(1f / (classes - first));
        Evaluation evaluation = FlatEvaluation.Of([.. Enumerable.Range(0, classes).Select(c => $"{c}")], [classes - 1], probabilities);
        Assert.Equal(1, evaluation.Confusion[classes - 1, first]);
    }
}
