using Elman.Kernels;
using Elman.Tests.Oracles;
using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

/// <summary>
/// Both forms compared with brute force, which fits again without each case: the normal equations with a column of ones, solved by
/// elimination.
/// </summary>
public sealed class LeaveOneOutTests : IDisposable
{
    private readonly Workers _workers = new(2);

    public static TheoryData<int, int, int, bool> Shapes => new()
    {
        { 3, 1, 1, false }, { 3, 2, 2, true }, { 4, 100, 1, false }, { 5, 5, 3, true }, { 9, 33, 2, false }, { 17, 60, 2, true },
        { 40, 1, 1, true }, { 40, 7, 3, false }, { 40, 41, 1, false }, { 20, 19, 1, true }, { 20, 20, 2, true }, { 20, 21, 3, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_forms_give_each_case_what_it_gets_where_it_is_not_trained_on(int n, int p, int outputs, bool weighted)
    {
        Cases data = Cases.Draw(n, p, outputs, weighted);
        foreach (int mostRows in (int[])[1, int.MaxValue])
        {
            RidgeSolution solution = data.Solve(_workers, mostRows, null)[0];
            Assert.Equal(n, solution.LeftOut.Length);
            Assert.Equal(Enumerable.Range(0, n), solution.LeftOut.Select(c => (int)c.Case.Sequence).Order());
            double penalty = solution.Penalty * p;
            foreach (LeftOutCase leftOut in solution.LeftOut)
                for (int o = 0; o < outputs; o++)
                    Assert.Equal(data.Without((int)leftOut.Case.Sequence, penalty, o), leftOut.Scores[o], 1e-8);
            for (int o = 0; o < outputs; o++)
                Assert.Equal(data.Normal(penalty, o, -1), [.. solution.Weights[o], solution.Biases[o]], (a, b) => Math.Abs(a - b) < 1e-8);
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Both_forms_choose_the_penalty_that_brute_force_chooses(int n, int p, int outputs, bool weighted)
    {
        Cases data = Cases.Draw(n, p, outputs, weighted);
        double[] errors = [.. Enumerable.Range(0, ChosenPenalty.Count).Select(i => data.Error(ChosenPenalty.At(i) * p))];
        foreach (int mostRows in (int[])[1, int.MaxValue])
        {
            RidgeSolution solution = data.Solve(_workers, mostRows, null)[0];
            Assert.Equal(errors, solution.Curve.Select(point => point.Error), (a, b) => Math.Abs(a - b) < 1e-8 * Math.Max(1, a));
            Assert.Equal(ChosenPenalty.At(Array.IndexOf(errors, errors.Min())), solution.Penalty);
        }
    }

    [Fact]
    public void A_row_that_counts_three_times_has_the_weights_of_three_rows()
    {
        Cases data = Cases.Draw(12, 20, 1, false);
        double[] counts = [.. Enumerable.Range(0, 12).Select(i => i == 5 ? 3.0 : 1)];
        Cases repeated =
            data with { X = [.. data.X, data.X[5], data.X[5]], Y = [.. data.Y, data.Y[5], data.Y[5]], Weights = [.. data.Weights, 1, 1] };
        // In leave-one-out, three equal rows differ from one row with weight 3, so the penalty must be given.
        Assert.Equal(repeated.Solve(_workers, 20, 0.1)[0].Weights[0],
            (data with { Weights = counts }).Solve(_workers, 20, 0.1)[0].Weights[0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Noise_does_not_look_learned(int mostRows)
    {
        // The null direction of the centred features: if it is treated like the others, all predictions look perfect.
        var random = new SeededRandom(3);
        Cases data = Cases.Draw(30, 400, 1, false);
        foreach (double[] y in data.Y)
            y[0] = random.NextNormal();
        double variance = data.Y.Sum(y => y[0] * y[0]) / 30;
        RidgeSolution solution = data.Solve(_workers, mostRows, null)[0];
        Assert.All(solution.Curve, point => Assert.InRange(point.Error, 0.5 * variance, 3 * variance));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void A_feature_that_hardly_changes_is_left_out_and_changes_nothing(int mostRows)
    {
        Cases data = Cases.Draw(20, 6, 1, false);
        Cases more = data with { X = [.. data.X.Select((x, i) => (float[])[.. x[..3], 5, 0, 1e30f, 0.1f + (i * 1e-9f), .. x[3..]])] };
        RidgeSolution expected = data.Solve(_workers, mostRows, null)[0], actual = more.Solve(_workers, mostRows, null)[0];
        Assert.Equal(expected.Penalty, actual.Penalty);
        Assert.All(actual.Weights[0][3..7], w => Assert.Equal(0, w));
        Assert.Equal(
            [.. expected.Weights[0][..3], 0, 0, 0, 0, .. expected.Weights[0][3..]], actual.Weights[0], (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void Neither_the_scale_of_a_feature_nor_its_offset_matters(int mostRows)
    {
        Cases data = Cases.Draw(25, 30, 1, true);
        Cases scaled = data with { X = [.. data.X.Select(x => x.Select((v, f) => f % 2 == 0 ? (v * 1024) + 4096 : v / 512).ToArray())] };
        RidgeSolution expected = data.Solve(_workers, mostRows, null)[0], actual = scaled.Solve(_workers, mostRows, null)[0];
        Assert.Equal(expected.Penalty, actual.Penalty);
        Assert.Equal(ByCase(expected), ByCase(actual), (a, b) => Math.Abs(a - b) < 2e-3); // adding 4096 rounds floats
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(2, 5)]
    public void One_or_two_cases_leave_their_mean_or_a_line(int n, int p)
    {
        Cases data = Cases.Draw(n, p, 1, false);
        RidgeSolution solution = data.Solve(_workers, p, null)[0];
        Assert.All(solution.Weights[0], w => Assert.True(double.IsFinite(w)));
        Assert.Equal(n == 1 ? 0 : 2, solution.LeftOut.Length); // of a single case nothing is known without it
        if (n == 1)
            Assert.Equal(data.Y[0][0], solution.Predict(0, data.X[0]), 1e-12);
        else
            Assert.All(solution.LeftOut, c => Assert.Equal(data.Y[1 - (int)c.Case.Sequence][0], c.Scores[0], 1e-9));
    }

    [Fact]
    public void Rows_turn_into_sums_without_a_trace()
    {
        // 40 rows of 30 features: rows up to the 30th, sums from then on; the other stores all rows.
        Cases data = Cases.Draw(40, 30, 2, true);
        RidgeSolution expected = data.Solve(_workers, int.MaxValue, null)[0], actual = data.Solve(_workers, 30, null)[0];
        Assert.Equal(expected.Penalty, actual.Penalty);
        Assert.Equal(ByCase(expected), ByCase(actual), (a, b) => Math.Abs(a - b) < 1e-8);
        Assert.Equal(expected.Weights[1], actual.Weights[1], (a, b) => Math.Abs(a - b) < 1e-8);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(35)]
    public void Pieces_are_as_good_as_the_whole(int first)
    {
        Cases data = Cases.Draw(40, 30, 2, true);
        using var regression = new RidgeRegression(30, 2, _workers);
        data.AddTo(regression, 0, first);
        _ = regression.Solve(null);
        using RidgeRegression clone = regression.Clone();
        data.AddTo(clone, first, 40);
        RidgeSolution expected = data.Solve(_workers, 30, null)[0], actual = clone.Solve(null)![0];
        Assert.Equal(expected.Penalty, actual.Penalty);
        Assert.Equal(ByCase(expected), ByCase(actual), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Outputs_that_are_known_in_other_rows_have_penalties_and_cases_of_their_own()
    {
        Cases data = Cases.Draw(40, 50, 2, false);
        for (int i = 0; i < 40; i += 3)
            data.Y[i][1] = double.NaN;
        RidgeSolution[] solutions = data.Solve(_workers, 50, null);
        Cases known = data with
        {
            X = [.. data.X.Where((_, i) => i % 3 != 0)],
            Y = [.. data.Y.Where((_, i) => i % 3 != 0).Select(y => (double[])[y[1]])],
            Weights = [.. data.Weights.Where((_, i) => i % 3 != 0)],
        };
        RidgeSolution alone = known.Solve(_workers, 50, null)[0];
        RidgeSolution second = solutions.Single(s => s.Outputs is [1]);
        Assert.Equal(40, solutions.Single(s => s.Outputs is [0]).LeftOut.Length);
        Assert.Equal(alone.Penalty, second.Penalty);
        Assert.Equal(alone.Weights[0], second.Weights[0], (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(ByCase(alone), ByCase(second), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(300, 500)]
    [InlineData(2500, 300)]
    public void Neither_threads_nor_lanes_change_a_bit(int n, int p)
    {
        Cases data = Cases.Draw(n, p, 3, true);
        double[]? first = null;
        foreach ((int threads, string kernels) in ((int, string)[])[(1, "vector512"), (3, "vector512"), (2, "vector256"),
            (2, "vector128"), (1, "scalar")])
        {
            using var workers = new Workers(threads);
            RidgeSolution solution = data.Solve(workers, p, null, KernelCatalog.Choose<double>(kernels))[0];
            double[] all = [.. solution.Weights.SelectMany(w => w), .. solution.Biases, .. ByCase(solution),
                .. solution.Curve.Select(c => c.Error)];
            first ??= all;
            Assert.Equal(first, all);
        }
    }

    [Fact]
    public void Of_more_cases_than_the_sample_holds_the_sample_is_left_out()
    {
        Cases data = Cases.Draw(RowSample.Capacity + 300, 3, 1, true);
        RidgeSolution solution = data.Solve(_workers, 3, null)[0];
        Assert.Equal(RowSample.Capacity, solution.LeftOut.Length);
        foreach (LeftOutCase leftOut in solution.LeftOut.Take(20))
            Assert.Equal(data.Without((int)leftOut.Case.Sequence, solution.Penalty * 3, 0), leftOut.Scores[0], 1e-8);
    }

    public void Dispose() => _workers.Dispose();

    private static double[] ByCase(RidgeSolution solution) => [.. solution.LeftOut.OrderBy(c => c.Case.Sequence).SelectMany(c => c.Scores)];

    private sealed record Cases(float[][] X, double[][] Y, double[] Weights)
    {
        /// <summary>Draws features of different scales with means other than 0, and their targets with noise.</summary>
        public static Cases Draw(int n, int p, int outputs, bool weighted)
        {
            var random = new SeededRandom((n * 1000) + p);
            float[][] x = [.. Enumerable.Range(0, n)
                .Select(_ => Enumerable.Range(0, p).Select(f => (float)((0.3 * f) + ((1 + (f % 3)) * random.NextNormal()))).ToArray())];
            double[][] y = [.. x.Select(row => Enumerable.Range(0, outputs)
                .Select(o => 2 + row[o % p] - row[(2 * o) % p] + (0.3 * random.NextNormal())).ToArray())];
            return new Cases(x, y, [.. Enumerable.Range(0, n).Select(i => weighted ? 0.5 + (i % 4) : 1)]);
        }

        public void AddTo(RidgeRegression regression, int first, int end)
        {
            for (int i = first; i < end; i++)
                regression.Add(X[i], new RidgeCase(i, 0, Y[i], Weights[i]));
        }

        public RidgeSolution[] Solve(Workers workers, int mostRows, double? ridge, KernelSet<double>? kernels = null)
        {
            using var regression = new RidgeRegression(
                X[0].Length, Y[0].Length, workers, mostRows, kernels ?? KernelCatalog.Default<double>());
            AddTo(regression, 0, X.Length);
            return regression.Solve(ridge)!;
        }

        public double Error(double penalty) =>
            Enumerable.Range(0, Y[0].Length).Average(
                o => Enumerable.Range(0, X.Length).Sum(i => Weights[i] * Math.Pow(Without(i, penalty, o) - Y[i][o], 2)) / Weights.Sum());

        /// <summary>Returns the prediction for a case that was left out of the fit.</summary>
        public double Without(int index, double penalty, int output)
        {
            double[] solution = Normal(penalty, output, index);
            return solution[^1] + X[index].Zip(solution, (x, w) => x * w).Sum();
        }

        /// <summary>
        /// Returns weights and bias of an output for unscaled features; the penalty applies to standardised features, with the deviations
        /// over all cases.
        /// </summary>
        public double[] Normal(double penalty, int output, int leftOut)
        {
            int p = X[0].Length;
            double count = Weights.Sum();
            double[] means = [.. Enumerable.Range(0, p).Select(f => X.Select((x, i) => Weights[i] * x[f]).Sum() / count)];
            double[] deviations = [.. Enumerable.Range(0, p)
                .Select(f => Math.Sqrt(X.Select((x, i) => Weights[i] * Math.Pow(x[f] - means[f], 2)).Sum() / count))];
            double[][] a = [.. Enumerable.Range(0, p + 1).Select(_ => new double[p + 2])];
            for (int r = 0; r < X.Length; r++)
            {
                if (r == leftOut)
                    continue;
                double[] z = [.. X[r].Select((x, f) => (x - means[f]) / deviations[f]), 1, Y[r][output]];
                for (int i = 0; i <= p; i++)
                    for (int j = 0; j < p + 2; j++)
                        a[i][j] += Weights[r] * z[i] * z[j];
            }
            for (int i = 0; i < p; i++)
                a[i][i] += penalty;
            double[] solution = PlainElimination.Solve(a);
            for (int f = 0; f < p; f++)
            {
                solution[f] /= deviations[f];
                solution[p] -= means[f] * solution[f];
            }
            return solution;
        }
    }
}
