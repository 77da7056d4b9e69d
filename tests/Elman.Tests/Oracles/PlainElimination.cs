namespace Elman.Tests.Oracles;

/// <summary>Solves linear equations by Gaussian elimination with pivoting.</summary>
internal static class PlainElimination
{
    /// <summary>Returns the solution x of A·x = b.</summary>
    /// <param name="a">[A b], row by row; overwritten.</param>
    public static double[] Solve(double[][] a)
    {
        int n = a.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = Enumerable.Range(k, n - k).MaxBy(i => Math.Abs(a[i][k]));
            (a[k], a[pivot]) = (a[pivot], a[k]);
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[i][k] / a[k][k];
                for (int j = k; j <= n; j++)
                    a[i][j] -= factor * a[k][j];
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--)
            x[i] = (a[i][n] - Enumerable.Range(i + 1, n - i - 1).Sum(j => a[i][j] * x[j])) / a[i][i];
        return x;
    }
}
