using System.Numerics;
using Elman.Kernels;

namespace Elman.Packing;

/// <summary>A named slice of the parameters: the position of a weight matrix or a bias in the flat buffer.</summary>
/// <param name="Name">The name in model files, for example <c>rnn.0.wx</c>.</param>
/// <param name="Shape">The dimensions, row-major.</param>
/// <param name="Offset">The offset in the buffer, in elements.</param>
internal sealed record ParameterSlice(string Name, int[] Shape, long Offset)
{
    /// <summary>
    /// The maximum number of elements of a slice: in double, their bytes just fit into an array, so that a model file can hold them.
    /// </summary>
    public const long MaxCount = 0x7FFFFFC7 / sizeof(double);

    /// <summary>The maximum of a slice of positive integers; <see langword="null"/> for other slices.</summary>
    public int? MaxInteger { get; init; }

    /// <summary>The number of elements.</summary>
    /// <exception cref="ArgumentException">There are too many elements.</exception>
    public int Count { get; } = CheckedCount(Name, Shape);

    private static int CheckedCount(string name, int[] shape)
    {
        long count = shape.Aggregate(1L, (product, length) => product * length); // lengths are far below 2³¹ and there are two of them
        return count <= MaxCount
            ? (int)count
            : throw new ArgumentException($"The weights {Quoted(name)} would be [{string.Join(", ", shape)}]: {count} numbers, "
                + $"more than the {MaxCount} that are possible. Choose a smaller layer.");
    }
}

/// <summary>The slices of a model's parameters. Values, gradients and an optimizer's moments all have this layout.</summary>
/// <remarks>Every slice begins on a cache line. The gaps are zero and stay zero, since their gradient is zero.</remarks>
internal sealed class ParameterLayout
{
    /// <summary>The granularity of slices in elements: a cache line of floats, and the widest lane.</summary>
    public const int Gap = 16;

    private readonly List<ParameterSlice> _slices = [];

    /// <summary>The slices, in order.</summary>
    public IReadOnlyList<ParameterSlice> Slices => _slices;

    /// <summary>The length of a buffer with this layout, including gaps.</summary>
    public long Length { get; private set; }

    /// <summary>The number of parameters, without gaps.</summary>
    public long Count => _slices.Sum(slice => (long)slice.Count);

    /// <summary>Adds a slice after the others.</summary>
    public ParameterSlice Add(string name, params int[] shape) => Add(new ParameterSlice(name, shape, Length));

    /// <summary>Adds a slice of integers from 1 to <paramref name="greatest"/>.</summary>
    public ParameterSlice AddWhole(string name, int greatest, params int[] shape) =>
        Add(new ParameterSlice(name, shape, Length) { MaxInteger = greatest });

    private ParameterSlice Add(ParameterSlice slice)
    {
        _slices.Add(slice);
        Length += (slice.Count + Gap - 1) / Gap * Gap;
        return slice;
    }
}

/// <summary>A buffer in the layout of a model's parameters: the values, their gradients, or an optimizer's state.</summary>
internal sealed unsafe class Parameters<T>(ParameterLayout layout) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The layout of the slices.</summary>
    public ParameterLayout Layout => layout;

    /// <summary>All elements, in one flat buffer.</summary>
    public NativeBuffer<T> Buffer { get; } = new(layout.Length);

    /// <summary>The pointer to a slice.</summary>
    public T* this[ParameterSlice slice] => Buffer.Start + slice.Offset;

    /// <summary>Returns a slice as a span.</summary>
    public Span<T> Span(ParameterSlice slice) => new(this[slice], slice.Count);

    /// <summary>Copies all elements of a buffer with the same layout.</summary>
    public void CopyFrom(Parameters<T> other) => other.Buffer.Span.CopyTo(Buffer.Span);

    /// <inheritdoc/>
    public void Dispose() => Buffer.Dispose();
}
