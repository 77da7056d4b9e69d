namespace Elman.Benchmarks.Kernels;

/// <summary>The size of a layer's product <c>Y = X·W</c>, and of the product of its weight gradient, <c>∂L/∂W = Xᵀ·∂L/∂Y</c>.</summary>
/// <param name="Rows">The number of rows of X and Y.</param>
/// <param name="Inputs">The number of columns of X and rows of W.</param>
/// <param name="Outputs">The number of columns of W and Y.</param>
public sealed record ProductShape(int Rows, int Inputs, int Outputs) : IComparable
{
    /// <summary>
    /// The measured sizes: the recurrent product of one time step, small, medium and large; a product whose edges all fall inside tiles;
    /// the input product of all time steps together.
    /// </summary>
    public static IReadOnlyList<ProductShape> All { get; } =
        [new(32, 32, 32), new(128, 128, 128), new(64, 256, 256), new(31, 33, 29), new(3584, 28, 128)];

    /// <summary>The number of floating-point operations of either product.</summary>
    public double Flops => 2.0 * Rows * Inputs * Outputs;

    /// <summary>Sorts tables by the amount of work.</summary>
    public int CompareTo(object? obj) => Flops.CompareTo(((ProductShape?)obj)?.Flops ?? 0);

    /// <inheritdoc/>
    public override string ToString() => $"{Rows}×{Inputs}·{Inputs}×{Outputs}";
}
