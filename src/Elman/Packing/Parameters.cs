using System.Numerics;
using Elman.Kernels;

namespace Elman.Packing;

/// <summary>A named part of the parameters: where a weight matrix or a bias lies in the flat buffer.</summary>
/// <param name="Name">The name in model files, for example <c>rnn.0.wx</c>.</param>
/// <param name="Shape">Its dimensions, row-major.</param>
/// <param name="Offset">Where it begins in the buffer, in numbers.</param>
internal sealed record ParameterSlice(string Name, int[] Shape, long Offset)
{
    /// <summary>
    /// The most numbers that a slice may have: in double, the bytes of that many just fit an array, so a model file can hold them.
    /// </summary>
    public const long MaxCount = 0x7FFFFFC7 / sizeof(double);

    /// <summary>Where its numbers must be whole, from 1 on: the greatest that one may be; else <see langword="null"/>.</summary>
    public int? GreatestWhole { get; init; }

    /// <summary>How many numbers it has.</summary>
    /// <exception cref="ArgumentException">There are too many.</exception>
    public int Count { get; } = CheckedCount(Name, Shape);

    private static int CheckedCount(string name, int[] shape)
    {
        long count = shape.Aggregate(1L, (product, length) => product * length); // lengths are far below 2³¹ and there are two of them
        return count <= MaxCount
            ? (int)count
            : throw new ArgumentException($"The weights '{name}' would be [{string.Join(", ", shape)}]: {count} numbers, "
                + $"more than the {MaxCount} that are possible. Choose a smaller layer.");
    }
}

/// <summary>Which slices a model's parameters consist of. Values, gradients and an optimizer's moments all have this layout.</summary>
/// <remarks>Every slice begins on a cache line. The gaps are zero and stay so, since a zero gradient moves nothing.</remarks>
internal sealed class ParameterLayout
{
    /// <summary>Every slice takes a multiple of so many numbers: a cache line of floats, and the widest lane.</summary>
    public const int Gap = 16;

    private readonly List<ParameterSlice> _slices = [];

    /// <summary>The slices, in order.</summary>
    public IReadOnlyList<ParameterSlice> Slices => _slices;

    /// <summary>Length of a buffer with this layout, gaps included.</summary>
    public long Length { get; private set; }

    /// <summary>How many parameters there are, gaps not counted.</summary>
    public long Count => _slices.Sum(slice => (long)slice.Count);

    /// <summary>Adds a slice behind the others.</summary>
    public ParameterSlice Add(string name, params int[] shape) => Add(new ParameterSlice(name, shape, Length));

    /// <summary>Adds a slice of whole numbers from 1 to <paramref name="greatest"/>.</summary>
    public ParameterSlice AddWhole(string name, int greatest, params int[] shape) =>
        Add(new ParameterSlice(name, shape, Length) { GreatestWhole = greatest });

    private ParameterSlice Add(ParameterSlice slice)
    {
        _slices.Add(slice);
        Length += (slice.Count + Gap - 1) / Gap * Gap;
        return slice;
    }
}

/// <summary>Numbers in the layout of a model's parameters: the values, their gradients, or an optimizer's state.</summary>
internal sealed unsafe class Parameters<T>(ParameterLayout layout) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The slices.</summary>
    public ParameterLayout Layout => layout;

    /// <summary>All of them, one flat buffer.</summary>
    public NativeBuffer<T> Buffer { get; } = new(layout.Length);

    /// <summary>Where a slice begins.</summary>
    public T* this[ParameterSlice slice] => Buffer.Start + slice.Offset;

    /// <summary>A slice as a span.</summary>
    public Span<T> Span(ParameterSlice slice) => new(this[slice], slice.Count);

    /// <summary>Takes over the numbers of a buffer with the same layout.</summary>
    public void CopyFrom(Parameters<T> other) => other.Buffer.Span.CopyTo(Buffer.Span);

    /// <inheritdoc/>
    public void Dispose() => Buffer.Dispose();
}
