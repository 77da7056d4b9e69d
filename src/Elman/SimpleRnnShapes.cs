using System.Numerics;
using System.Numerics.Tensors;

namespace Elman;

/// <summary>Checks the tensors passed to <see cref="SimpleRnnClassifier{T}"/>.</summary>
internal static class SimpleRnnShapes
{
    /// <exception cref="ArgumentException">The tensor is not <c>[batch ≥ 1, steps ≥ 1, inputSize]</c>.</exception>
    public static void CheckSequences<T>(in ReadOnlyTensorSpan<T> x, int inputSize, string parameter)
    {
        if (x.Rank != 3 || x.Lengths[0] < 1 || x.Lengths[1] < 1 || x.Lengths[2] != inputSize)
            throw new ArgumentException(
                $"x is {Describe(x.Lengths)}; it must be [batch, steps, {inputSize}] with at least one sequence and one step.", parameter);
    }

    /// <exception cref="ArgumentException">The tensor has another shape.</exception>
    public static void Check<T>(in ReadOnlyTensorSpan<T> tensor, ReadOnlySpan<int> shape, string name, string parameter)
    {
        bool same = tensor.Rank == shape.Length;
        for (int i = 0; same && i < shape.Length; i++)
            same = tensor.Lengths[i] == shape[i];
        if (!same)
            throw new ArgumentException(
                $"{name} is {Describe(tensor.Lengths)}; it must be [{string.Join(", ", shape.ToArray())}].", parameter);
    }

    /// <exception cref="ArgumentException">A number of the tensor is NaN or infinite.</exception>
    public static void CheckFinite<T>(in ReadOnlyTensorSpan<T> tensor, string parameter)
        where T : IBinaryFloatingPointIeee754<T>
    {
        nint index = 0;
        foreach (T value in tensor)
        {
            if (!T.IsFinite(value))
            {
                var place = new List<nint>();
                for (int d = tensor.Rank - 1; d >= 0; index /= tensor.Lengths[d], d--)
                    place.Insert(0, index % tensor.Lengths[d]);
                throw new ArgumentException($"{parameter}[{string.Join(", ", place)}] is {value}; every number must be finite.", parameter);
            }
            index++;
        }
    }

    private static string Describe(ReadOnlySpan<nint> lengths) => $"[{string.Join(", ", lengths.ToArray())}]";
}
