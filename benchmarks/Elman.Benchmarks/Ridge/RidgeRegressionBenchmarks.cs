using BenchmarkDotNet.Attributes;
using Elman.Kernels;
using Elman.Training;

namespace Elman.Benchmarks.Ridge;

/// <summary>Whole ridge regressions with ten outputs: from rows in memory to weights, the penalty chosen by leaving out one case at a time.</summary>
public class RidgeRegressionBenchmarks : IDisposable
{
    private const int Outputs = 10, Causes = 60;

    private float[][] _rows = [];
    private RidgeCase[] _cases = [];
    private Workers? _workers;

    /// <summary>Cases x features.</summary>
    [Params("270x4800", "1000x8000", "7494x4800")]
    public string Shape { get; set; } = "";

    /// <summary>Threads that work.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Draws features that follow from a few causes, and noise; a case has the class of the greatest of ten of its causes.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _workers = new Workers(Threads);
        int[] shape = [.. Shape.Split('x').Select(int.Parse)];
        var random = new SeededRandom(1);
        float[][] ways = [.. Enumerable.Range(0, Causes).Select(_ => Enumerable.Range(0, shape[1]).Select(_ => (float)random.NextNormal()).ToArray())];
        _rows = new float[shape[0]][];
        _cases = new RidgeCase[shape[0]];
        for (int i = 0; i < _rows.Length; i++)
        {
            float[] causes = [.. Enumerable.Range(0, Causes).Select(_ => (float)random.NextNormal())];
            float[] row = _rows[i] = [.. Enumerable.Range(0, shape[1]).Select(_ => (float)random.NextNormal())];
            for (int c = 0; c < Causes; c++)
                for (int f = 0; f < row.Length; f++)
                    row[f] += causes[c] * ways[c][f];
            double[] truth = new double[Outputs];
            truth[Array.IndexOf(causes, causes[..Outputs].Max())] = 1;
            _cases[i] = new RidgeCase(i, 0, truth, 1);
        }
    }

    /// <summary>All of it.</summary>
    [Benchmark]
    public double Solve()
    {
        using var regression = new RidgeRegression(_rows[0].Length, Outputs, _workers!);
        for (int i = 0; i < _rows.Length; i++)
            regression.Add(_rows[i], _cases[i]);
        return regression.Solve(null)![0].Penalty;
    }

    /// <inheritdoc cref="IDisposable.Dispose"/>
    [GlobalCleanup]
    public void Dispose()
    {
        _workers?.Dispose();
        GC.SuppressFinalize(this);
    }
}
