using System.Text.Json;
using Elman.Evaluations;

namespace Elman.Tests.Evaluations;

/// <summary>Figures compared with scikit-learn, intervals with SciPy: <c>evaluation_figures.py</c>.</summary>
public sealed class EvaluationFixtureTests
{
    private static readonly JsonElement _fixture = Read();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Figures_of_classes_are_those_of_scikit_learn(int index)
    {
        JsonElement expected = _fixture.GetProperty("cases")[index];
        float[][] rows = [.. expected.GetProperty("rows").EnumerateArray()
            .Select(row => row.EnumerateArray().Select(p => p.GetSingle()).ToArray())];
        int[] labels = [.. expected.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        var evaluation = Evaluation.From([.. rows[0].Select((_, c) => $"{c}")], labels, rows);
        for (int c = 0; c < rows[0].Length; c++)
        {
            Assert.Equal(expected.GetProperty("averagePrecision")[c].GetDouble(), evaluation.PerClass[c].AveragePrecision, 1e-9);
            Assert.Equal(expected.GetProperty("rocAuc")[c].GetDouble(), evaluation.PerClass[c].RocAuc, 1e-9);
        }
        Assert.Equal(expected.GetProperty("balancedAccuracy").GetDouble(), evaluation.BalancedAccuracy, 1e-9);
        Assert.Equal(expected.GetProperty("macroF1").GetDouble(), evaluation.MacroF1, 1e-9);
        Assert.Equal(expected.GetProperty("logLoss").GetDouble(), evaluation.LogLoss, 1e-6);
    }

    [Fact]
    public void Score_intervals_are_those_of_SciPy()
    {
        foreach (double[] row in Rows("wilson"))
        {
            var interval = ConfidenceInterval.OfProportion(row[0], row[1], row[2]);
            Assert.Equal(row[0] / row[1], interval.Estimate);
            Assert.Equal(row[3], interval.Lower, 1e-9);
            Assert.Equal(row[4], interval.Upper, 1e-9);
        }
    }

    [Fact]
    public void The_p_value_of_McNemar_is_the_binomial_one_of_SciPy()
    {
        foreach (double[] row in Rows("mcnemar"))
            Assert.Equal(row[2], PairedComparison.McNemar((int)row[0], (int)row[1]), 1e-9);
    }

    [Fact]
    public void Normal_quantiles_are_those_of_SciPy()
    {
        foreach (double[] row in Rows("normal"))
        {
            Assert.Equal(row[1], NormalDistribution.Quantile(row[0]), 1e-9);
            Assert.Equal(row[1], NormalDistribution.QuickQuantile(row[0]), 5e-4);
        }
    }

    [Fact]
    public void Quantiles_of_Student_are_those_of_SciPy()
    {
        foreach (double[] row in Rows("student"))
        {
            double z = NormalDistribution.Quantile(row[0]);
            Assert.Equal(1, z * NormalDistribution.StudentFactor(z, row[1]) / row[2], 0.01);
        }
    }

    private static double[][] Rows(string name) =>
        [.. _fixture.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(number => number.GetDouble()).ToArray())];

    private static JsonElement Read()
    {
        using Stream stream = typeof(EvaluationFixtureTests).Assembly.GetManifestResourceStream("evaluation_figures.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
