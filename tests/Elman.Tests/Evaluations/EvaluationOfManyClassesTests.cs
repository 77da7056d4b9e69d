namespace Elman.Tests.Evaluations;

/// <summary>Evaluations of so many classes that neither a full matrix nor all probabilities can be stored.</summary>
public sealed class EvaluationOfManyClassesTests
{
    private const int Classes = 15_000;

    private static readonly string[] _names = [.. Enumerable.Range(0, Classes).Select(c => $"{c}")];

    [Fact]
    public void Beyond_200_million_probabilities_areas_are_left_out_and_rows_are_let_go()
    {
        int[] labels = [.. Enumerable.Range(0, Classes).Select(i => i % 3 == 0 ? i : 0)];
        var evaluation = Evaluation.From(_names, labels, Rows());
        Assert.False(evaluation.HasRocAuc);
        Assert.All(evaluation.PerClass, score => Assert.Equal(double.NaN, score.RocAuc));
        Assert.Equal(1.0 / 3, evaluation.Accuracy);
        Assert.Equal(-Math.Log(0.5) / 3 - (2 * Math.Log(1e-15) / 3), evaluation.LogLoss, 1e-9);
        Assert.Equal(Classes, evaluation.Confusion.Count);
        Assert.Equal((1, 1, 0), (evaluation.Confusion[0, 0], evaluation.Confusion[0, 1], evaluation.Confusion[1, 0]));

        // One array for all rows: each row is read before the next is computed, and only once.
        static IEnumerable<float[]> Rows()
        {
            float[] row = new float[Classes];
            for (int i = 0; i < Classes; i++)
            {
                row[i] = 0.5f;
                yield return row;
                row[i] = 0;
            }
        }
    }

    [Fact]
    public void Up_to_there_they_are_known()
    {
        float[] row = new float[Classes];
        row[7] = 0.5f;
        var evaluation = Evaluation.From(_names, [7, 8], [row, new float[Classes]]);
        Assert.True(evaluation.HasRocAuc);
        Assert.Equal((1, 0.5), (evaluation.PerClass[7].RocAuc, evaluation.PerClass[8].RocAuc));
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    [InlineData(2, 0)]
    [InlineData(0, 2)]
    public void A_class_that_there_is_not_has_no_cell(int trueClass, int predictedClass)
    {
        ConfusionMatrix confusion = FlatEvaluation.Of(["a", "b"], [0], [1, 0]).Confusion;
        Assert.Throws<ArgumentOutOfRangeException>(() => confusion[trueClass, predictedClass]);
    }
}
