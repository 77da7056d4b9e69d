using System.Text.Json;
using Elman.Kernels;
using Elman.Tests.Fixtures;
using Elman.Training.Ridge;

namespace Elman.Tests.Training.Ridge;

/// <summary>Compared with ridge regression by singular values in NumPy (<c>ridge_svd.py</c>), which scikit-learn confirms.</summary>
public sealed class RidgeFixtureTests : IDisposable
{
    private static readonly Fixture[] _fixtures = Load();

    private readonly Workers _workers = new(2);

    public static TheoryData<int, int> Numbers
    {
        get
        {
            var data = new TheoryData<int, int>();
            for (int i = 0; i < _fixtures.Length; i++)
            {
                data.Add(i, 1);
                data.Add(i, _fixtures[i].Features);
                data.Add(i, int.MaxValue);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Penalty_weights_and_cases_left_out_are_those_of_singular_values(int number, int mostRows)
    {
        Fixture fixture = _fixtures[number];
        using var regression = new RidgeRegression(fixture.Features, fixture.Classes, _workers, mostRows, KernelCatalog.Default<double>());
        (float[][] x, double[][] y) = fixture.Draw();
        for (int i = 0; i < x.Length; i++)
            regression.Add(x[i], new RidgeCase(i, 0, y[i], 1));
        RidgeSolution solution = regression.Solve(null)!.Single();
        Assert.Equal(fixture.Penalty, solution.Penalty, 1e-12 * fixture.Penalty);
        Assert.Equal(fixture.Errors, solution.Curve.Select(point => point.Error), Close);
        Assert.Equal(fixture.LeftOut, solution.LeftOut.OrderBy(c => c.Case.Sequence).SelectMany(c => c.Scores), Close);
        Assert.Equal(fixture.Biases, solution.Biases, Close);
        Assert.Equal(fixture.Weights, Enumerable.Range(0, 5).SelectMany(f => solution.Weights.Select(w => w[f])), Close);
    }

    public void Dispose() => _workers.Dispose();

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-8;

    private static Fixture[] Load()
    {
        using Stream stream = typeof(RidgeFixtureTests).Assembly.GetManifestResourceStream("ridge_svd.json")!;
        return JsonSerializer.Deserialize<Fixture[]>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record Fixture(
        int Rows, int Features, int Classes, ulong Seed, double Penalty, double[] Errors, double[] LeftOut,
        double[] Weights, double[] Biases)
    {
        /// <summary>Draws the same data as <c>draw</c> of the script.</summary>
        public (float[][] X, double[][] Y) Draw()
        {
            var numbers = new SplitMix64(Seed);
            double[] causes = numbers.Even(1, Rows * 8), ways = numbers.Even(1, 8 * Features), noise = numbers.Even(0.5, Rows * Features);
            int[] chances = numbers.Below(5, Rows);
            float[][] x = [.. Enumerable.Range(0, Rows).Select(i => Enumerable.Range(0, Features).Select(f =>
                (float)(Enumerable.Range(0, 8).Sum(c => causes[(i * 8) + c] * ways[(c * Features) + f]) + noise[(i * Features) + f]))
                .ToArray())];
            double[][] y = [.. Enumerable.Range(0, Rows).Select(i =>
            {
                double[] first = causes[(i * 8)..((i * 8) + Classes)];
                int label = Array.IndexOf(first, first.Max());
                label = chances[i] == 0 ? (label + 1) % Classes : label;
                return Enumerable.Range(0, Classes).Select(c => c == label ? 1.0 : 0).ToArray();
            })];
            return (x, y);
        }
    }
}
