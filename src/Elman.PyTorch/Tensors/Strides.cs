using Elman.PyTorch.Pickles;

namespace Elman.PyTorch.Tensors;

/// <summary>Collects the numbers of a tensor from its storage.</summary>
internal static class Strides
{
    /// <summary>Returns the numbers in row-major order.</summary>
    /// <param name="tensor">The tensor, which lies in its storage.</param>
    /// <param name="size">The number of bytes of a number.</param>
    /// <param name="storage">The bytes of the storage.</param>
    /// <param name="left">The number of bytes that tensors may still take.</param>
    /// <exception cref="FormatException">There are not enough bytes left.</exception>
    public static byte[] Collect(TorchTensor tensor, int size, ReadOnlySpan<byte> storage, ref long left)
    {
        long count = tensor.Shape.Aggregate(1L, (product, length) => product * length); // at most that of the storage
        left -= count * size;
        if (left < 0)
            throw new FormatException("its tensors share their numbers so often that together they are far larger than the file");
        byte[] values = new byte[count * size];
        if (IsRowMajor(tensor))
        {
            if (count > 0)
                storage.Slice((int)(tensor.Offset * size), values.Length).CopyTo(values);
            return values;
        }
        long[] index = new long[tensor.Shape.Length];
        long from = tensor.Offset;
        for (int to = 0; to < values.Length; to += size)
        {
            storage.Slice((int)(from * size), size).CopyTo(values.AsSpan(to));
            for (int d = index.Length - 1; d >= 0; d--)
            {
                from += tensor.Strides[d];
                if (++index[d] < tensor.Shape[d])
                    break;
                from -= tensor.Strides[d] * tensor.Shape[d];
                index[d] = 0;
            }
        }
        return values;
    }

    /// <summary>Reverses the bytes of every number.</summary>
    public static void Reverse(byte[] values, int size)
    {
        for (int at = 0; at < values.Length; at += size)
            values.AsSpan(at, size).Reverse();
    }

    private static bool IsRowMajor(TorchTensor tensor)
    {
        long expected = 1;
        for (int d = tensor.Shape.Length - 1; d >= 0; d--)
        {
            if (tensor.Shape[d] != 1 && tensor.Strides[d] != expected)
                return false;
            expected *= tensor.Shape[d];
        }
        return true;
    }
}
