using Elman.Losses;
using Elman.Tests.Fixtures;
using Elman.Tests.Oracles;

namespace Elman.Tests.Losses;

public class CrossEntropyTests
{
    public static TheoryData<int, int> Sizes => new MatrixTheoryData<int, int>([1, 2, 7], [1, 2, 3, 16, 17]);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Value_and_gradient_agree_with_the_definition(int rows, int classes)
    {
        (double[] logits, int[] labels) = Draw(rows, classes);
        var gradient = new double[logits.Length];
        LossResult result = CrossEntropy.Evaluate(logits, labels, gradient);

        double[][] p = [.. logits.Chunk(classes).Select(Probabilities)];
        Close.Assert("loss", [labels.Select((label, r) => -Math.Log(p[r][label])).Average()], [result.Loss], 1e-13, 1e-15);
        double[] expected = [.. p.SelectMany((row, r) => row.Select((value, c) => (value - (c == labels[r] ? 1 : 0)) / rows))];
        Close.Assert("gradient", expected, gradient, 1e-13, 1e-15);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_gradient_is_that_of_the_value(int rows, int classes)
    {
        (double[] logits, int[] labels) = Draw(rows, classes);
        double[] gradient = new double[logits.Length], unused = new double[logits.Length], differences = new double[logits.Length];
        _ = CrossEntropy.Evaluate(logits, labels, gradient);
        const double Step = 1.0 / (1 << 18);
        for (int i = 0; i < logits.Length; i++)
        {
            double kept = logits[i];
            logits[i] = kept + Step;
            double above = CrossEntropy.Evaluate(logits, labels, unused).Loss;
            logits[i] = kept - Step;
            differences[i] = (above - CrossEntropy.Evaluate(logits, labels, unused).Loss) / (2 * Step);
            logits[i] = kept;
        }
        Close.Assert("gradient", differences, gradient, 1e-7, classes == 1 ? 1 : 1e-7);
    }

    [Fact]
    public void Correct_rows_are_those_whose_largest_score_is_their_label()
    {
        double[] logits = [1, 2, 3, /**/ 3, 2, 1, /**/ 5, 5, 0, /**/ 0, 5, 5];
        Assert.Equal(3, CrossEntropy.Evaluate(logits, [2, 0, 0, 2], new double[12]).Correct);
    }

    [Theory]
    [InlineData(0, 2000)]
    [InlineData(1, 0)]
    [InlineData(2, 1000)]
    public void The_loss_stays_finite_where_a_probability_rounds_to_0(int label, double loss) =>
        Assert.Equal(loss, CrossEntropy.Evaluate([-1000, 1000, 0], [label], new double[3]).Loss);

    [Fact]
    public void Huge_scores_in_float_stay_finite_too()
    {
        var gradient = new float[2];
        Assert.Equal(2e38f, CrossEntropy.Evaluate<float>([1e38f, -1e38f], [1], gradient).Loss, 1e31);
        Assert.Equal([1, -1], gradient);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_score_that_is_not_finite_makes_the_loss_not_finite(float bad) =>
        Assert.False(double.IsFinite(CrossEntropy.Evaluate<float>([0, bad], [0], new float[2]).Loss));

    private static (double[] Logits, int[] Labels) Draw(int rows, int classes)
    {
        var numbers = new SplitMix64((ulong)((rows * 100) + classes));
        return (numbers.Even(4, rows * classes), numbers.Below(classes, rows));
    }

    private static double[] Probabilities(double[] logits)
    {
        double sum = logits.Sum(Math.Exp);
        return [.. logits.Select(x => Math.Exp(x) / sum)];
    }
}
