using System.Numerics.Tensors;
using Elman.Training;

namespace Elman.Baselines;

/// <summary>
/// Least squares with a penalty that is chosen by what each case would have been given without itself (D. Allen, 1974): exact, from one solution each
/// penalty, <c>y − ŷ₋ᵢ = (y − ŷ)/(1 − hᵢ)</c>, h the leverage. The bias is not penalised. For features that are standardised already.
/// </summary>
/// <remarks>
/// With fewer features than cases the equations of the features are solved, <c>XᵀX + αI</c>, else those of the cases, <c>XXᵀ + αI</c>; both have the same
/// solution. X is taken from its means. Of equally good penalties the greatest is taken.
/// </remarks>
internal sealed class RidgeByLeaveOneOut
{
    /// <summary>Penalties a case, λ, from the greatest on; α is λ times the number of cases.</summary>
    private static readonly double[] _penalties = [.. Enumerable.Range(-6, 19).Select(i => Math.Pow(10, -i / 2.0))];

    private readonly double[][] _x; // [n][F], from their means
    private readonly double[] _means;
    private readonly int _features;

    private RidgeByLeaveOneOut(double[][] x)
    {
        _features = x[0].Length;
        _means = new double[_features];
        foreach (double[] row in x)
            TensorPrimitives.Add<double>(_means, row, _means);
        TensorPrimitives.Divide(_means, x.Length, _means);
        _x = [.. x.Select(row =>
        {
            double[] centred = new double[_features];
            TensorPrimitives.Subtract<double>(row, _means, centred);
            return centred;
        })];
    }

    /// <summary>One penalty for all outputs, so that they can be compared: the one with the least sum of squared errors.</summary>
    /// <param name="x">Features of each case, <c>[n][F]</c>; at least one case.</param>
    /// <param name="y">Truth of each output, <c>[O][n]</c>.</param>
    /// <param name="cancellationToken">Stops between penalties.</param>
    public static RidgeOutput[] FitTogether(double[][] x, double[][] y, CancellationToken cancellationToken) =>
        new RidgeByLeaveOneOut(x).Best(y, errors => Array.Fill(errors, errors.Sum()), _penalties, cancellationToken);

    /// <summary>A penalty for each output.</summary>
    /// <inheritdoc cref="FitTogether"/>
    public static RidgeOutput[] FitEach(double[][] x, double[][] y, CancellationToken cancellationToken) =>
        new RidgeByLeaveOneOut(x).Best(y, _ => { }, _penalties, cancellationToken);

    /// <summary>With a penalty that is given.</summary>
    /// <param name="lambda">The penalty, a case.</param>
    /// <param name="x">Features of each case, <c>[n][F]</c>; at least one case.</param>
    /// <param name="y">Truth of each output, <c>[O][n]</c>.</param>
    internal static RidgeOutput[] FitWith(double lambda, double[][] x, double[][] y) => new RidgeByLeaveOneOut(x).Best(y, _ => { }, [lambda], default);

    private bool HasFewFeatures => _features < _x.Length;

    private RidgeOutput[] Best(double[][] y, Action<double[]> share, double[] penalties, CancellationToken cancellationToken)
    {
        var best = new RidgeOutput[y.Length];
        double[] bestErrors = new double[y.Length];
        Array.Fill(bestErrors, double.PositiveInfinity);
        double[]? gram = null;
        foreach (double lambda in penalties)
        {
            cancellationToken.ThrowIfCancellationRequested();
            gram ??= HasFewFeatures ? GramOfFeatures() : GramOfCases();
            RidgeOutput[]? outputs = Solve(lambda, gram, y);
            if (outputs is null)
                continue; // a penalty so small that rounding leaves no solution
            double[] errors = [.. outputs.Select((output, o) => output.LeftOut.Select((answer, i) => (answer - y[o][i]) * (answer - y[o][i])).Sum())];
            share(errors);
            for (int o = 0; o < y.Length; o++)
                if (best[o] is null || errors[o] < bestErrors[o])
                    (best[o], bestErrors[o]) = (outputs[o], errors[o]);
        }
        return best;
    }

    private RidgeOutput[]? Solve(double lambda, double[] gram, double[][] y)
    {
        int n = _x.Length, size = HasFewFeatures ? _features : n;
        double alpha = lambda * n;
        double[] factor = [.. gram];
        for (int i = 0; i < size; i++)
            factor[(i * size) + i] += alpha;
        if (!Cholesky.Factor(factor, size))
            return null;
        double[] rest = HasFewFeatures ? RestsByFeatures(factor) : RestsByCases(factor, alpha);
        return [.. y.Select(truth =>
        {
            double mean = truth.Average();
            double[] centred = [.. truth.Select(value => value - mean)];
            double[] solved = HasFewFeatures ? Transposed(centred) : [.. centred];
            Cholesky.Solve(factor, size, solved);
            double[] weights = HasFewFeatures ? solved : Transposed(solved);
            double bias = mean - Dot(_means, weights);
            // y − ŷ; of the equations of the cases it is α times the solution, without the digits that a difference of near numbers loses.
            double[] errors = [.. _x.Select((row, i) => HasFewFeatures ? centred[i] - Dot(row, weights) : alpha * solved[i])];
            // Where a case alone decides its answer, hardly anything is known there without it: the mean.
            double[] leftOut = [.. errors.Select((error, i) => rest[i] < 1e-12 ? mean : truth[i] - (error / rest[i]))];
            return new RidgeOutput(lambda, weights, bias, leftOut);
        })];
    }

    /// <summary><c>1 − h</c> of each case.</summary>
    private double[] RestsByFeatures(double[] factor)
    {
        double[] z = new double[_features];
        return [.. _x.Select(row =>
        {
            row.CopyTo(z, 0);
            Cholesky.SolveTransposed(factor, _features, z);
            return 1 - (1.0 / _x.Length) - Dot(z, z);
        })];
    }

    /// <summary>The same, as <c>α·(XXᵀ + 11ᵀ + αI)⁻¹ᵢᵢ</c> less the part of it that belongs to the constant, <c>α/(n + α)/n</c>.</summary>
    private double[] RestsByCases(double[] factor, double alpha)
    {
        int n = _x.Length;
        double[] z = new double[n];
        return [.. Enumerable.Range(0, n).Select(i =>
        {
            Array.Clear(z);
            z[i] = 1;
            Cholesky.SolveTransposed(factor, n, z);
            return alpha * (Dot(z, z) - (1 / (n + alpha) / n));
        })];
    }

    private double[] GramOfFeatures()
    {
        double[] gram = new double[checked(_features * _features)];
        foreach (double[] row in _x)
            for (int i = 0; i < _features; i++)
                TensorPrimitives.FusedMultiplyAdd(row.AsSpan(i), row[i], gram.AsSpan((i * _features) + i, _features - i), gram.AsSpan((i * _features) + i, _features - i));
        return gram;
    }

    /// <summary>And a constant feature: rows from their means are singular without, and what is solved here has no part of it.</summary>
    private double[] GramOfCases()
    {
        int n = _x.Length;
        double[] gram = new double[checked(n * n)];
        for (int i = 0; i < n; i++)
            for (int j = i; j < n; j++)
                gram[(i * n) + j] = Dot(_x[i], _x[j]) + 1;
        return gram;
    }

    /// <summary><c>Xᵀ·v</c>.</summary>
    private double[] Transposed(double[] v)
    {
        double[] sums = new double[_features];
        for (int i = 0; i < _x.Length; i++)
            TensorPrimitives.FusedMultiplyAdd(_x[i], v[i], sums, sums);
        return sums;
    }

    /// <summary>A chain of multiply-adds: unlike the library's sum, the same at every vector width.</summary>
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++)
            sum = Math.FusedMultiplyAdd(x[i], y[i], sum);
        return sum;
    }
}

/// <summary>The solution for an output.</summary>
/// <param name="Lambda">The penalty that was chosen, a case.</param>
/// <param name="Weights">Of the features.</param>
/// <param name="Bias">What is added.</param>
/// <param name="LeftOut">What each case would have been given without itself.</param>
internal sealed record RidgeOutput(double Lambda, double[] Weights, double Bias, double[] LeftOut)
{
    /// <summary>What it says of a case.</summary>
    public double Predict(double[] features)
    {
        double sum = Bias;
        for (int i = 0; i < features.Length; i++)
            sum = Math.FusedMultiplyAdd(features[i], Weights[i], sum);
        return sum;
    }
}
