using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Values;

/// <summary>
/// A constant tensor, row-major: floats or integers. Of one with equal numbers throughout, such as a zero state, only one number is kept.
/// </summary>
internal sealed record Constant : Value
{
    private readonly Array _numbers; // float[] or long[]

    private Constant(Array numbers, long[] shape, bool isUniform) => (_numbers, Shape, IsUniform, Count) =
        (numbers, shape, isUniform, CountOf(shape));

    /// <summary>The dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>Whether all elements are one number, which is kept once.</summary>
    public bool IsUniform { get; }

    /// <summary>Whether the elements are integers.</summary>
    public bool IsInteger => _numbers is long[];

    /// <summary>The number of dimensions.</summary>
    public int Rank => Shape.Count;

    /// <summary>Whether every element is 0.</summary>
    public bool IsZero => _numbers is long[] integers ? !integers.AsSpan().ContainsAnyExcept(0L) : !((float[])_numbers).AsSpan()
        .ContainsAnyExcept(0f);

    /// <summary>Creates a tensor of floats or integers.</summary>
    public static Constant Of<T>(T[] numbers, params long[] shape)
        where T : struct => new(numbers, shape, isUniform: false);

    /// <summary>Creates a tensor of one number throughout.</summary>
    public static Constant Uniform<T>(T number, long[] shape)
        where T : struct => new(new[] { number }, shape, isUniform: true);

    /// <summary>Creates a list of integers, [n].</summary>
    public static Constant List(params long[] numbers) => Of(numbers, numbers.Length);

    /// <summary>Returns the number of elements of a shape.</summary>
    /// <exception cref="GraphException">A dimension is negative, or there are more elements than any file has.</exception>
    public static long CountOf(IReadOnlyList<long> shape)
    {
        long count = 1;
        foreach (long length in shape)
        {
            if (length < 0)
                throw new GraphException($"A tensor [{string.Join(", ", shape.Take(8))}] has a negative dimension.");
            if (length > 0 && count > (1L << 60) / length)
                throw new GraphException($"A tensor [{string.Join(", ", shape.Take(8))}] has more elements than can be counted.");
            count *= length;
        }
        return count;
    }

    /// <summary>Returns the elements as floats; integers are converted.</summary>
    /// <param name="budget">The memory that may be taken if a new array is needed.</param>
    public float[] Floats(MemoryBudget budget)
    {
        if (_numbers is float[] all && !IsUniform)
            return all;
        budget.Take(Count, sizeof(float), "A tensor");
        return _numbers switch
        {
            float[] one => [.. Enumerable.Repeat(one[0], (int)Count)],
            long[] one when IsUniform => [.. Enumerable.Repeat((float)one[0], (int)Count)],
            var integers => Array.ConvertAll((long[])integers, number => (float)number),
        };
    }

    /// <summary>Returns the elements as integers.</summary>
    /// <param name="budget">The memory that may be taken if a new array is needed.</param>
    /// <param name="what">What they are, as the subject of a sentence.</param>
    /// <exception cref="GraphException">They are floats.</exception>
    public long[] Integers(MemoryBudget budget, string what)
    {
        if (_numbers is not long[] integers)
            throw new GraphException($"{what} must be integers.");
        if (!IsUniform)
            return integers;
        budget.Take(Count, sizeof(long), what);
        return [.. Enumerable.Repeat(integers[0], (int)Count)];
    }

    /// <summary>Returns the same elements in another shape of as many.</summary>
    /// <exception cref="GraphException">The number of elements differs.</exception>
    public Constant Reshaped(params long[] shape) => CountOf(shape) == Count
        ? new(_numbers, shape, IsUniform)
        : throw new GraphException($"A tensor of {Count} elements can't have the shape [{string.Join(", ", shape.Take(8))}].");

    /// <summary>Returns elements at regular distances: every transposition, slice and expansion.</summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="strides">The distance of neighbours in each dimension.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="budget">The memory that may be taken.</param>
    public Constant Strided(long[] shape, long[] strides, long offset, MemoryBudget budget)
    {
        long count = CountOf(shape);
        if (IsUniform)
            return new(_numbers, shape, isUniform: true);
        budget.Take(count, IsInteger ? sizeof(long) : sizeof(float), "A tensor");
        return _numbers is long[] integers
            ? Of(Strided(integers, shape, strides, offset, count), shape)
            : Of(Strided((float[])_numbers, shape, strides, offset, count), shape);
    }

    /// <summary>Concatenates tensors of one type along a dimension; the others must agree.</summary>
    public static Constant Concatenated(IReadOnlyList<Constant> parts, int axis, MemoryBudget budget)
    {
        long[] shape = [.. parts[0].Shape];
        foreach (Constant part in parts)
            if (part.Rank != shape.Length || part.IsInteger != parts[0].IsInteger
                || part.Shape.Where((length, d) => d != axis && length != shape[d]).Any())
                throw new GraphException("Concatenated tensors differ in type or in another dimension.");
        shape[axis] = 0;
        foreach (Constant part in parts)
            shape[axis] = part.Shape[axis] <= long.MaxValue - shape[axis]
                ? shape[axis] + part.Shape[axis]
                : throw new GraphException("Concatenated tensors have more elements than can be counted.");
        bool isUniform = parts.All(part => part.IsUniform && part._numbers.GetValue(0)!.Equals(parts[0]._numbers.GetValue(0)));
        if (isUniform)
            return new(parts[0]._numbers, shape, isUniform);
        budget.Take(CountOf(shape), parts[0].IsInteger ? sizeof(long) : sizeof(float), "A tensor");
        return parts[0].IsInteger
            ? Of(Concatenated(parts.Select(part => (part.Integers(budget, "A tensor"), part.Shape[axis])), shape, axis), shape)
            : Of(Concatenated(parts.Select(part => (part.Floats(budget), part.Shape[axis])), shape, axis), shape);
    }

    private static T[] Concatenated<T>(IEnumerable<(T[] Numbers, long Length)> parts, long[] shape, int axis)
    {
        T[] all = new T[CountOf(shape)];
        long inner = CountOf(shape[(axis + 1)..]), outer = CountOf(shape[..axis]), to = 0;
        foreach ((T[] numbers, long length) in parts)
        {
            for (long o = 0; o < outer; o++)
                Array.Copy(numbers, o * length * inner, all, (o * shape[axis] * inner) + to, length * inner);
            to += length * inner;
        }
        return all;
    }

    private static T[] Strided<T>(T[] from, long[] shape, long[] strides, long offset, long count)
    {
        T[] all = new T[count];
        long[] index = new long[shape.Length];
        for (long i = 0; i < count; i++)
        {
            all[i] = from[offset];
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                offset += strides[d];
                if (++index[d] < shape[d])
                    break;
                offset -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return all;
    }
}
