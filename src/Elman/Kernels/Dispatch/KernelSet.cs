using System.Numerics;

namespace Elman.Kernels;

/// <summary>All kernels at one lane width, chosen once at run time. See <see cref="KernelCatalog"/> for the choice.</summary>
internal abstract unsafe class KernelSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name of the set in <c>ELMAN_KERNEL</c>, tests and benchmarks.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this processor runs it without emulation.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>The number of columns of a packed panel.</summary>
    public abstract int PanelWidth { get; }

    /// <summary>The number of elements in a lane: half a panel.</summary>
    public int LaneWidth => PanelWidth / 2;

    /// <summary>Returns the number of columns including the padding of the last panel.</summary>
    public int Pad(int columns) => (columns + PanelWidth - 1) / PanelWidth * PanelWidth;

    /// <inheritdoc cref="Panels{V, T}.Pack"/>
    public abstract void Pack(T* b, nint stride, int k, int n, T* packed, int panelRows);

    /// <inheritdoc cref="Panels{V, T}.PackLane"/>
    public abstract void PackLane(T* b, nint stride, int k, int columns, T* target);

    /// <inheritdoc cref="Panels{V, T}.PackTransposed"/>
    public abstract void PackTransposed(T* b, nint stride, int k, int n, T* packed, int panelRows);

    /// <inheritdoc cref="RowProduct{V, T}.Multiply"/>
    public abstract void Multiply(
        RowOperand<T> a, T* packed, int panelRows, T* addend, nint addendStride, T* c, nint cStride, int m, int n);

    /// <inheritdoc cref="WideProduct{V, T}.Multiply"/>
    public abstract void MultiplyWide(T* a, nint aStride, int k, T* packed, T* addend, T* c, nint cStride, int m, int n);

    /// <inheritdoc cref="GradientProduct{V, T}.Add"/>
    public abstract void AddGradients(
        GradientOperand<T> first, GradientOperand<T> second, T* b, nint bStride, int rows, int firstColumn,
        int endColumn, T* sums, T* scratch);

    /// <inheritdoc cref="GradientProduct{V, T}.ScratchSize"/>
    public abstract long GradientScratchSize(int firstColumns, int secondColumns);

    /// <inheritdoc cref="TriangleSolve{V, T}.Negated"/>
    public abstract void SolveTriangle(T* u, nint uStride, int rows, T* x, nint xStride, int columns);

    /// <summary>Runs generic code with this set's lane as its type parameter.</summary>
    public abstract TResult Accept<TVisitor, TResult>(TVisitor visitor)
        where TVisitor : struct, ILaneVisitor<T, TResult>;
}

/// <summary>The kernels for one lane type.</summary>
internal sealed unsafe class KernelSet<V, T>(string name) : KernelSet<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    public override bool IsSupported => V.IsSupported;

    public override int PanelWidth => Panels<V, T>.Width;

    public override void Pack(T* b, nint stride, int k, int n, T* packed, int panelRows) =>
        Panels<V, T>.Pack(b, stride, k, n, packed, panelRows);

    public override void PackLane(T* b, nint stride, int k, int columns, T* target) => Panels<V, T>.PackLane(b, stride, k, columns, target);

    public override void PackTransposed(T* b, nint stride, int k, int n, T* packed, int panelRows) =>
        Panels<V, T>.PackTransposed(b, stride, k, n, packed, panelRows);

    public override void Multiply(
        RowOperand<T> a, T* packed, int panelRows, T* addend, nint addendStride, T* c, nint cStride, int m, int n) =>
        RowProduct<V, T>.Multiply(a, packed, panelRows, addend, addendStride, c, cStride, m, n);

    public override void MultiplyWide(T* a, nint aStride, int k, T* packed, T* addend, T* c, nint cStride, int m, int n) =>
        WideProduct<V, T>.Multiply(a, aStride, k, packed, addend, c, cStride, m, n);

    public override void AddGradients(
        GradientOperand<T> first, GradientOperand<T> second, T* b, nint bStride, int rows, int firstColumn,
        int endColumn, T* sums, T* scratch) =>
        GradientProduct<V, T>.Add(first, second, b, bStride, rows, firstColumn, endColumn, sums, scratch);

    public override long GradientScratchSize(int firstColumns, int secondColumns) =>
        GradientProduct<V, T>.ScratchSize(firstColumns, secondColumns);

    public override void SolveTriangle(T* u, nint uStride, int rows, T* x, nint xStride, int columns) =>
        TriangleSolve<V, T>.Negated(u, uStride, rows, x, xStride, columns);

    public override TResult Accept<TVisitor, TResult>(TVisitor visitor) => visitor.Visit<V>();
}
