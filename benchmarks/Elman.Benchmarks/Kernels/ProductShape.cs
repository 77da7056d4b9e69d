namespace Elman.Benchmarks.Kernels;

/// <summary>The size of a layer's product <c>Y = X·W</c>, and of that of its weight gradient, <c>∂L/∂W = Xᵀ·∂L/∂Y</c>.</summary>
/// <param name="Rows">Rows of X and Y.</param>
/// <param name="Inputs">Columns of X, rows of W.</param>
/// <param name="Outputs">Columns of W and Y.</param>
public sealed record ProductShape(int Rows, int Inputs, int Outputs) : IComparable
{
    /// <summary>
    /// The recurrent product of one time step, small, middle and large; one whose every edge falls inside a tile; the input product
    /// of all time steps at once.
    /// </summary>
    public static IReadOnlyList<ProductShape> All { get; } =
        [new(32, 32, 32), new(128, 128, 128), new(64, 256, 256), new(31, 33, 29), new(3584, 28, 128)];

    /// <summary>Floating-point operations of either product.</summary>
    public double Flops => 2.0 * Rows * Inputs * Outputs;

    /// <summary>Orders tables by the amount of work.</summary>
    public int CompareTo(object? obj) => Flops.CompareTo(((ProductShape?)obj)?.Flops ?? 0);

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Inputs}·{Inputs}×{Outputs}";
}
