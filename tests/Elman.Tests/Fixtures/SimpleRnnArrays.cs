namespace Elman.Tests.Fixtures;

/// <summary>The five arrays of a simple recurrent classifier, weights or gradients, row by row.</summary>
/// <param name="Wx">Input weights [features, nodes].</param>
/// <param name="Wh">Recurrent weights [nodes, nodes].</param>
/// <param name="B">Bias [nodes].</param>
/// <param name="WOut">Output weights [nodes, outputs].</param>
/// <param name="BOut">Output bias [outputs].</param>
public sealed record SimpleRnnArrays(double[] Wx, double[] Wh, double[] B, double[] WOut, double[] BOut)
{
    /// <summary>All five arrays with their names.</summary>
    public IEnumerable<(string Name, double[] Values)> Named =>
        [(nameof(Wx), Wx), (nameof(Wh), Wh), (nameof(B), B), (nameof(WOut), WOut), (nameof(BOut), BOut)];
}
