using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Tests;

/// <summary>Dense tensors for tests.</summary>
public static class DenseTensor
{
    /// <summary>Returns a tensor with the given numbers, row by row.</summary>
    public static Tensor<T> Of<T>(IEnumerable<double> numbers, params ReadOnlySpan<nint> lengths)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Tensor.Create(numbers.Select(T.CreateChecked).ToArray(), lengths);

    /// <summary>Returns the numbers of each element along the first axis.</summary>
    public static float[][] Rows(this Tensor<float> tensor)
    {
        float[] all = new float[tensor.FlattenedLength];
        tensor.FlattenTo(all);
        return [.. all.Chunk(all.Length / (int)tensor.Lengths[0])];
    }

    /// <summary>Returns a row for each label with a 1 in its column, [labels, classes].</summary>
    public static Tensor<T> OneHot<T>(int[] labels, int classes)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Of<T>(labels.SelectMany(label => Enumerable.Range(0, classes).Select(c => c == label ? 1.0 : 0)), labels.Length, classes);
}
