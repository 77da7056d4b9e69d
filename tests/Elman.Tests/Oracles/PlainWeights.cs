using Elman.Tests.Fixtures;

namespace Elman.Tests.Oracles;

/// <summary>The weights of a simple recurrent classifier, or their gradients; a matrix is an array of rows.</summary>
/// <param name="Wx">Input weights [features][nodes].</param>
/// <param name="Wh">Recurrent weights [nodes][nodes].</param>
/// <param name="B">Bias [nodes].</param>
/// <param name="WOut">Output weights [nodes][outputs].</param>
/// <param name="BOut">Output bias [outputs].</param>
public sealed record PlainWeights(double[][] Wx, double[][] Wh, double[] B, double[][] WOut, double[] BOut)
{
    /// <summary>Returns zeros of the same shapes.</summary>
    public PlainWeights Zeros() =>
        new(Zeros(Wx), Zeros(Wh), new double[B.Length], Zeros(WOut), new double[BOut.Length]);

    /// <summary>Copies arrays that hold the matrices row by row.</summary>
    public static PlainWeights From(SimpleRnnArrays arrays)
    {
        int nodes = arrays.B.Length, outputs = arrays.BOut.Length;
        return new PlainWeights(
            [.. arrays.Wx.Chunk(nodes)], [.. arrays.Wh.Chunk(nodes)], [.. arrays.B], [.. arrays.WOut.Chunk(outputs)], [.. arrays.BOut]);
    }

    /// <summary>Returns a copy with the matrices row by row.</summary>
    public SimpleRnnArrays ToArrays() =>
        new([.. Wx.SelectMany(row => row)], [.. Wh.SelectMany(row => row)], [.. B], [.. WOut.SelectMany(row => row)], [.. BOut]);

    private static double[][] Zeros(double[][] matrix) => [.. matrix.Select(row => new double[row.Length])];
}
