using Elman.Kernels;
using Elman.Training;

namespace Elman.Tests.Training.Ridge;

public class PenaltySearchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void Where_there_is_one_valley_the_walk_finds_its_bottom(int bottom)
    {
        foreach (double slope in (double[])[0.1, 1, 10])
        {
            int looks = 0;
            double[] errors = PenaltySearch.Walk(13, i =>
            {
                looks++;
                return i < bottom ? bottom - i : slope * (i - bottom);
            })!;
            Assert.Equal(bottom, PenaltySearch.Best(errors));
            Assert.InRange(looks, 4, 8);
            Assert.Equal(looks, errors.Count(e => !double.IsNaN(e)));
        }
    }

    [Fact]
    public void Of_equal_errors_the_greatest_penalty_is_taken() => Assert.Equal(2, PenaltySearch.Best([3, 1, 1, double.NaN, 2]));

    [Fact]
    public void One_that_cannot_be_found_out_ends_it()
    {
        Assert.Null(PenaltySearch.All(13, i => i == 4 ? null : i));
        Assert.Null(PenaltySearch.Walk(13, i => i == 6 ? null : i));
    }

    /// <summary>From data that classes follow from to data that they hardly do.</summary>
    [Theory]
    [InlineData(1100, 1030, 0.1)] // over features, in float
    [InlineData(1100, 1030, 3)]
    [InlineData(1030, 1100, 0.1)] // over cases
    [InlineData(1030, 1100, 3)]
    public void Of_many_features_and_cases_the_error_is_within_1_percent_of_the_least(int n, int p, double noise)
    {
        var random = new SeededRandom(n + (int)noise);
        using var workers = new Workers(2);
        using var sums = new RidgeSums(new double[p], [0], workers, KernelCatalog.Default<double>());
        using var rows = new RidgeRows(p);
        var sample = new RowSample();
        float[][] ways = [.. Enumerable.Range(0, 30).Select(_ => Enumerable.Range(0, p).Select(_ => (float)random.NextNormal()).ToArray())];
        for (int i = 0; i < n; i++)
        {
            float[] x = [.. Enumerable.Range(0, p).Select(_ => (float)(0.5 + random.NextNormal()))];
            foreach (float[] way in ways)
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(way, (float)random.NextNormal(), x, x);
            var about = new RidgeCase(i, 0, [x[0] - x[1] + (noise * random.NextNormal())], 1);
            sums.Add(x, about);
            rows.Add(x, about);
            sample.Offer(x, about);
        }
        var penalty = new ChosenPenalty();
        IRidgeForm Form() => n >= p
            ? new PrimalForm(sums, sample.Rows, penalty, workers, KernelCatalog.Default<double>())
            : new DualForm(rows, p, [0], penalty, workers, KernelCatalog.Default<double>());
        using IRidgeForm exact = Form(), searched = Form();
        double[] errors = [.. Enumerable.Range(0, ChosenPenalty.Count).Select(i =>
        {
            Assert.True(exact.Factor(ChosenPenalty.At(i) * p));
            return exact.LeaveOut().Error();
        })];
        RidgeSolution solution = penalty.Solve(searched, new RidgeSolution([0], p))!;
        Assert.InRange(solution.Curve.Count, 4, 8);
        int chosen = Enumerable.Range(0, ChosenPenalty.Count).Single(i => ChosenPenalty.At(i) == solution.Penalty);
        Assert.InRange(errors[chosen], errors.Min(), 1.01 * errors.Min());
        Assert.Equal(errors[chosen], solution.LeftOut.Average(c => Math.Pow(c.Scores[0] - c.Case.Truth[0], 2)), 1e-9);
    }
}
