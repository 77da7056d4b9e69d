using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Stack;

/// <summary>The elementwise merges of two directions: value and gradient.</summary>
internal static class Merging
{
    /// <summary>Merges two outputs.</summary>
    /// <param name="merge">The merge.</param>
    /// <param name="f">The outputs of one direction.</param>
    /// <param name="r">The outputs of the other direction.</param>
    /// <param name="y">Receives the result; may be one of the inputs.</param>
    public static void Apply<T>(DirectionMerge merge, ReadOnlySpan<T> f, ReadOnlySpan<T> r, Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (merge)
        {
            case DirectionMerge.Sum:
                TensorPrimitives.Add(f, r, y);
                break;
            case DirectionMerge.Mean:
                TensorPrimitives.Add(f, r, y);
                TensorPrimitives.Multiply(y, T.CreateTruncating(0.5), y);
                break;
            case DirectionMerge.Product:
                TensorPrimitives.Multiply(f, r, y);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(merge), merge, "Not a merge of single elements.");
        }
    }

    /// <summary>Replaces the two outputs with the gradients with respect to them.</summary>
    /// <param name="merge">The merge.</param>
    /// <param name="yGradient">The gradient with respect to the result.</param>
    /// <param name="f">The outputs of one direction; become the gradient with respect to it.</param>
    /// <param name="r">The outputs of the other direction; become the gradient with respect to it.</param>
    public static void Differentiate<T>(DirectionMerge merge, ReadOnlySpan<T> yGradient, Span<T> f, Span<T> r)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (merge)
        {
            case DirectionMerge.Sum:
                yGradient.CopyTo(f);
                yGradient.CopyTo(r);
                break;
            case DirectionMerge.Mean:
                TensorPrimitives.Multiply(yGradient, T.CreateTruncating(0.5), f);
                f.CopyTo(r);
                break;
            case DirectionMerge.Product:
                for (int i = 0; i < yGradient.Length; i++)
                    (f[i], r[i]) = (yGradient[i] * r[i], yGradient[i] * f[i]);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(merge), merge, "Not a merge of single elements.");
        }
    }
}
