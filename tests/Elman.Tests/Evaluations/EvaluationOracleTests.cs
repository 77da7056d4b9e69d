using System.Numerics.Tensors;
using CsCheck;

namespace Elman.Tests.Evaluations;

/// <summary>Random data, compared with a dense matrix and with areas computed by sorting, class by class.</summary>
public sealed class EvaluationOracleTests
{
    /// <summary>Few different scores, so that many are equal.</summary>
    private static readonly Gen<(int[] Labels, float[][] Rows)> _cases = Gen.Int[2, 12].SelectMany(classes => Gen.Select(
        Gen.Int[0, classes - 1], Gen.Int[0, 6].Select(k => k / 8f).Array[classes]).Array[1, 60])
        .Select(cases => (cases.Select(one => one.Item1).ToArray(), cases.Select(one => one.Item2).ToArray()));

    [Fact]
    public void The_confusion_is_that_of_a_dense_matrix() => _cases.Sample(cases =>
    {
        int classes = cases.Rows[0].Length;
        int[,] dense = Dense(cases.Labels, cases.Rows);
        ConfusionMatrix confusion = Evaluate(cases.Labels, cases.Rows).Confusion;
        Assert.Equal(classes, confusion.Classes);
        for (int t = 0; t < classes; t++)
        {
            Assert.Equal(Enumerable.Range(0, classes).Select(p => dense[t, p]), confusion.Row(t));
            Assert.Equal(Enumerable.Range(0, classes).Select(p => dense[t, p]), Enumerable.Range(0, classes).Select(p => confusion[t, p]));
        }
        Assert.Equal(
            Enumerable.Range(0, classes)
                .SelectMany(t => Enumerable.Range(0, classes).Select(p => new ConfusionCell(t, p, dense[t, p])))
                .Where(cell => cell.Cases > 0), confusion);
        Assert.Equal(confusion, Enumerable.Range(0, classes).SelectMany(t => confusion.CellsOf(t).ToArray()));
    });

    [Fact]
    public void The_figures_of_classes_are_those_of_a_dense_matrix() => _cases.Sample(cases =>
    {
        int classes = cases.Rows[0].Length;
        int[,] dense = Dense(cases.Labels, cases.Rows);
        Evaluation evaluation = Evaluate(cases.Labels, cases.Rows);
        for (int c = 0; c < classes; c++)
        {
            int ofClass = Enumerable.Range(0, classes).Sum(p => dense[c, p]);
            int predicted = Enumerable.Range(0, classes).Sum(t => dense[t, c]);
            Assert.Equal(
                ClassScore.From($"{c}", dense[c, c], ofClass, predicted, AreaOf(
                    [.. cases.Rows.Select(row => row[c])], [.. cases.Labels.Select(label => label == c)])),
                evaluation.PerClass[c] with { AveragePrecision = double.NaN });
        }
        Assert.Equal(cases.Labels.Length, evaluation.Cases);
        Assert.Equal((double)Enumerable.Range(0, classes).Sum(c => dense[c, c]) / cases.Labels.Length, evaluation.Accuracy);
        Assert.True(evaluation.HasRocAuc);
    });

    [Fact]
    public void Areas_of_classes_together_are_over_the_cases_that_are_known() => _cases.Sample(cases =>
    {
        int classes = cases.Rows[0].Length;
        float[][] targets = [.. cases.Rows.Select((row, i) => Enumerable.Range(0, classes)
            .Select(c => ((i * 31) + (c * 17) + cases.Labels[i]) % 5 is var k && k == 0 ? float.NaN : k % 2).ToArray())];
        var evaluation = LabelEvaluation.From(
            [.. Enumerable.Range(0, classes).Select(c => $"{c}")], [.. targets.Select(row => (ReadOnlyMemory<float>)row)], cases.Rows);
        for (int c = 0; c < classes; c++)
        {
            int[] known = [.. Enumerable.Range(0, targets.Length).Where(i => !float.IsNaN(targets[i][c]))];
            Assert.Equal(AreaOf([.. known.Select(i => cases.Rows[i][c])], [.. known.Select(i => targets[i][c] > 0.5f)]),
                evaluation.PerClass[c].RocAuc);
        }
    });

    private static Evaluation Evaluate(int[] labels, float[][] rows) =>
        Evaluation.From([.. Enumerable.Range(0, rows[0].Length).Select(c => $"{c}")], labels, rows);

    private static int[,] Dense(int[] labels, float[][] rows)
    {
        int[,] dense = new int[rows[0].Length, rows[0].Length];
        for (int i = 0; i < labels.Length; i++)
            dense[labels[i], TensorPrimitives.IndexOfMax<float>(rows[i])]++;
        return dense;
    }

    private static double AreaOf(float[] scores, bool[] applies)
    {
        Array.Sort(scores, applies);
        long positives = 0, negatives = 0, twiceWon = 0;
        for (int first = 0, end; first < scores.Length; first = end)
        {
            long applying = 0;
            for (end = first; end < scores.Length && scores[end] == scores[first]; end++)
                applying += applies[end] ? 1 : 0;
            long others = end - first - applying;
            twiceWon += applying * ((2 * negatives) + others);
            positives += applying;
            negatives += others;
        }
        return 0.5 * twiceWon / positives / negatives;
    }
}
