using Elman.Kernels;
using Elman.Tests.Oracles;
using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

/// <summary>Compared with the normal equations with a column of ones, solved by elimination.</summary>
public sealed class RidgeRegressionTests : IDisposable
{
    private readonly Workers _workers = new(3);

    public static TheoryData<int, int, int, double> Shapes => new()
    {
        { 2, 1, 1, 1e-3 }, { 5, 9, 2, 1e-2 }, { 40, 3, 1, 1e-9 }, { 255, 7, 3, 1e-4 }, { 256, 8, 1, 1 },
        { 257, 17, 2, 1e-6 }, { 1000, 33, 5, 1e-3 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_solution_is_that_of_the_normal_equations(int rows, int features, int outputs, double ridge)
    {
        Data data = Data.Draw(rows, features, outputs);
        Assert.Equal(data.Expected(ridge), Solve(data, ridge), (a, b) => Close(a, b));
    }

    [Fact]
    public void A_row_that_counts_three_times_is_three_rows()
    {
        Data data = Data.Draw(20, 4, 2);
        double[] weights = [.. Enumerable.Range(0, 20).Select(i => i == 5 ? 3.0 : 1)];
        Data repeated = data with
        {
            X = [.. data.X, data.X[5], data.X[5]],
            Y = [.. data.Y, data.Y[5], data.Y[5]],
            Weights = [.. data.Weights, 1, 1],
        };
        Assert.Equal(Solve(repeated, 1e-2), Solve(data with { Weights = weights }, 1e-2), (a, b) => Close(a, b));
    }

    [Fact]
    public void An_output_that_is_not_known_is_left_out_there_and_there_alone()
    {
        Data data = Data.Draw(600, 5, 4);
        foreach (int i in Enumerable.Range(0, 600))
        {
            if (i is 0 or 7 || i > 590)
                data.Y[i][1] = double.NaN;
            if (i % 3 == 0)
                (data.Y[i][0], data.Y[i][2]) = (double.NaN, double.NaN);
        }
        Assert.Equal(data.Expected(1e-3), Solve(data, 1e-3), (a, b) => Close(a, b));
    }

    [Fact]
    public void An_output_that_is_never_known_is_0()
    {
        Data data = Data.Draw(30, 3, 2);
        foreach (double[] y in data.Y)
            y[1] = double.NaN;
        double[] solution = Solve(data, 1e-3);
        Assert.All(solution[4..], w => Assert.Equal(0, w));
        Assert.All(solution[..4], w => Assert.NotEqual(0, w));
    }

    [Fact]
    public void What_comes_later_joins_what_came_before()
    {
        Data data = Data.Draw(700, 6, 2);
        using var regression = new RidgeRegression(6, 2, _workers);
        data.AddTo(regression, 0, 300);
        double[] early = Flat(regression.Solve(1e-3)!, 6, 2);
        using RidgeRegression clone = regression.Clone();
        data.AddTo(clone, 300, 700);
        Assert.Equal(Solve(data, 1e-3), Flat(clone.Solve(1e-3)!, 6, 2), (a, b) => Close(a, b));
        Assert.Equal(early, Flat(regression.Solve(1e-3)!, 6, 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        Data data = Data.Draw(1500, 90, 3);
        using var workers = new Workers(threads);
        Assert.Equal(Solve(data, 1e-3), Solve(data, 1e-3, workers));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1f)]
    [InlineData(3e-20f)]
    [InlineData(-70000f)]
    public void Features_that_never_change_leave_the_mean(float value)
    {
        Data data = Data.Draw(50, 20, 1);
        foreach (float[] x in data.X)
            x.AsSpan().Fill(value);
        double[] solution = Solve(data, 1e-3);
        double prediction = solution[^1] + solution[..^1].Sum(w => w * value);
        Assert.Equal(data.Y.Average(y => y[0]), prediction, 1e-9);
    }

    [Fact]
    public void A_penalty_that_rounding_swallows_is_reported()
    {
        Data data = Data.Draw(50, 30, 1);
        foreach (float[] x in data.X)
            x.AsSpan(1).Fill(x[0]); // thirty times the same
        using var regression = new RidgeRegression(30, 1, _workers);
        data.AddTo(regression, 0, 50);
        Assert.Null(regression.Solve(1e-300));
        Assert.NotNull(regression.Solve(1e-9));
    }

    [Fact]
    public void With_a_given_penalty_too_cases_are_left_out()
    {
        // The penalty is that of all rows, so the penalty of the oracle, which is per row and by the variance, is scaled.
        Data data = Data.Draw(70, 6, 1) with { Weights = [.. Enumerable.Range(0, 70).Select(i => 0.5 + (i % 4))] };
        using var regression = new RidgeRegression(6, 1, _workers);
        data.AddTo(regression, 0, 70);
        RidgeSolution solution = regression.Solve(0.05)![0];
        double penalty = data.Penalty(0.05, 0);
        Assert.Equal(70, solution.LeftOut.Length);
        foreach (LeftOutCase leftOut in solution.LeftOut)
        {
            int i = (int)leftOut.Case.Sequence;
            double[] without = (data with { Weights = [.. data.Weights.Select((w, k) => k == i ? 0 : w)] }).Normal(penalty, 0);
            double expected = without[^1] + data.X[i].Zip(without, (x, w) => x * w).Sum();
            Assert.Equal(expected, leftOut.Scores[0], 1e-9);
        }
    }

    public void Dispose() => _workers.Dispose();

    private double[] Solve(Data data, double ridge, Workers? workers = null)
    {
        int features = data.X[0].Length, outputs = data.Y[0].Length;
        using var regression = new RidgeRegression(features, outputs, workers ?? _workers);
        data.AddTo(regression, 0, data.X.Length);
        return Flat(regression.Solve(ridge)!, features, outputs);
    }

    /// <summary>Returns weights and bias of each output.</summary>
    private static double[] Flat(RidgeSolution[] solutions, int features, int outputs)
    {
        double[] all = new double[outputs * (features + 1)];
        foreach (RidgeSolution solution in solutions)
        {
            for (int o = 0; o < solution.Outputs.Length; o++)
            {
                solution.Weights[o].CopyTo(all, solution.Outputs[o] * (features + 1));
                all[(solution.Outputs[o] * (features + 1)) + features] = solution.Biases[o];
            }
        }
        return all;
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-7 * Math.Max(1, Math.Abs(expected));

    private sealed record Data(float[][] X, double[][] Y, double[] Weights)
    {
        /// <summary>
        /// Draws features of different scales with means other than 0, some of which depend on others, and their targets with noise.
        /// </summary>
        public static Data Draw(int rows, int features, int outputs)
        {
            var random = new SeededRandom((rows * 1000) + features);
            float[][] x = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, features)
                .Select(i => (float)((0.3 * i) + ((1 + (i % 3)) * random.NextNormal()))).ToArray())];
            double[][] y = [.. x.Select(row => Enumerable.Range(0, outputs)
                .Select(o => 2 + row[o % features] + (0.5 * random.NextNormal())).ToArray())];
            return new Data(x, y, [.. Enumerable.Repeat(1.0, rows)]);
        }

        public void AddTo(RidgeRegression regression, int first, int end)
        {
            for (int i = first; i < end; i++)
                regression.Add(X[i], new RidgeCase(i, 0, Y[i], Weights[i]));
        }

        public double[] Expected(double ridge) => [.. Enumerable.Range(0, Y[0].Length).SelectMany(o => Normal(Penalty(ridge, o), o))];

        /// <summary>Returns λ·n·(the mean variance of the features).</summary>
        public double Penalty(double ridge, int output)
        {
            int[] known = [.. Enumerable.Range(0, X.Length).Where(i => !double.IsNaN(Y[i][output]))];
            double n = known.Sum(i => Weights[i]), variances = 0, squares = 0;
            for (int f = 0; f < X[0].Length; f++)
            {
                double mean = known.Sum(i => Weights[i] * X[i][f]) / n;
                variances += known.Sum(i => Weights[i] * (X[i][f] - mean) * (X[i][f] - mean)) / n;
                squares += known.Sum(i => Weights[i] * X[i][f] * X[i][f]) / n;
            }
            return ridge * n * Math.Max(variances, 1e-8 * squares) / X[0].Length;
        }

        /// <summary>
        /// Returns weights and bias of an output: <c>(ZᵀZ + penalty)·β = Zᵀy</c> with Z = [X 1], by elimination with pivoting.
        /// </summary>
        public double[] Normal(double penalty, int output)
        {
            int n = X[0].Length + 1;
            double[][] a = [.. Enumerable.Range(0, n).Select(_ => new double[n + 1])];
            for (int r = 0; r < X.Length; r++)
            {
                if (double.IsNaN(Y[r][output]))
                    continue;
                double[] z = [.. X[r].Select(x => (double)x), 1, Y[r][output]];
                for (int i = 0; i < n; i++)
                    for (int j = 0; j <= n; j++)
                        a[i][j] += Weights[r] * z[i] * z[j];
            }
            for (int i = 0; i < n - 1; i++)
                a[i][i] += penalty;
            return PlainElimination.Solve(a);
        }
    }
}
