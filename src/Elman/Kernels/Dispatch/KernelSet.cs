using System.Numerics;

namespace Elman.Kernels;

/// <summary>All kernels at one lane width, chosen once at run time. See <see cref="KernelCatalog"/> for the choice.</summary>
internal abstract unsafe class KernelSet<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What the set is called in <c>ELMAN_KERNEL</c>, tests and benchmarks.</summary>
    public abstract string Name { get; }

    /// <summary>Whether this processor runs it without emulation.</summary>
    public abstract bool IsSupported { get; }

    /// <summary>Columns of a packed panel.</summary>
    public abstract int PanelWidth { get; }

    /// <summary>Columns including the zeros that fill the last panel.</summary>
    public int Pad(int columns) => (columns + PanelWidth - 1) / PanelWidth * PanelWidth;

    /// <inheritdoc cref="Panels{V, T}.Pack"/>
    public abstract void Pack(T* b, nint stride, int k, int n, T* packed);

    /// <inheritdoc cref="Panels{V, T}.PackTransposed"/>
    public abstract void PackTransposed(T* b, nint stride, int k, int n, T* packed);

    /// <inheritdoc cref="Product{V, T}.Multiply"/>
    public abstract void Multiply(T* a, nint aStride, T* packed, T* addend, nint addendStride, T* c, nint cStride, int m, int n, int k);

    /// <inheritdoc cref="Product{V, T}.AddTransposed"/>
    public abstract void AddTransposed(T* a, nint aStride, T* b, nint bStride, T* c, nint cStride, int m, int firstColumn, int endColumn, int k, T* panel);

    /// <inheritdoc cref="ColumnSums{V, T}.Add"/>
    public abstract void AddColumnSums(T* b, nint stride, int k, int firstColumn, int endColumn, T* c);

    /// <summary>Runs generic code with this set's lane as its type parameter.</summary>
    public abstract TResult Accept<TVisitor, TResult>(TVisitor visitor)
        where TVisitor : struct, ILaneVisitor<T, TResult>;
}

/// <summary>The kernels of one lane.</summary>
internal sealed unsafe class KernelSet<V, T>(string name) : KernelSet<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string Name => name;

    public override bool IsSupported => V.IsSupported;

    public override int PanelWidth => Panels<V, T>.Width;

    public override void Pack(T* b, nint stride, int k, int n, T* packed) =>
        Panels<V, T>.Pack(b, stride, k, n, packed);

    public override void PackTransposed(T* b, nint stride, int k, int n, T* packed) =>
        Panels<V, T>.PackTransposed(b, stride, k, n, packed);

    public override void Multiply(T* a, nint aStride, T* packed, T* addend, nint addendStride, T* c, nint cStride, int m, int n, int k) =>
        Product<V, T>.Multiply(a, aStride, packed, addend, addendStride, c, cStride, m, n, k);

    public override void AddTransposed(T* a, nint aStride, T* b, nint bStride, T* c, nint cStride, int m, int firstColumn, int endColumn, int k, T* panel) =>
        Product<V, T>.AddTransposed(a, aStride, b, bStride, c, cStride, m, firstColumn, endColumn, k, panel);

    public override void AddColumnSums(T* b, nint stride, int k, int firstColumn, int endColumn, T* c) =>
        ColumnSums<V, T>.Add(b, stride, k, firstColumn, endColumn, c);

    public override TResult Accept<TVisitor, TResult>(TVisitor visitor) => visitor.Visit<V>();
}
