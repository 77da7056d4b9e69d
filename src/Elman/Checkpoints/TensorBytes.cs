using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Elman.Files;

namespace Elman.Checkpoints;

/// <summary>Arrays of numbers as tensors of a file, and back.</summary>
internal static class TensorBytes
{
    /// <summary>A tensor of floats.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<float> values) => Of(name, "F32", values);

    /// <summary>A tensor of whole numbers.</summary>
    public static SafetensorsTensor Of(string name, ReadOnlySpan<int> values) => Of(name, "I32", values);

    /// <summary>Returns the bytes of a tensor of finite floats as such.</summary>
    /// <param name="content">The file.</param>
    /// <param name="name">The name of the tensor.</param>
    /// <param name="count">The number of values.</param>
    /// <exception cref="FormatException">There is no such tensor, or a value is not finite.</exception>
    public static ReadOnlySpan<float> Floats(Safetensors content, string name, long count)
    {
        ReadOnlySpan<float> values = Values(content, name, count);
        return TensorPrimitives.IsFiniteAll(values) ? values : throw new FormatException($"{name} has a value that is not finite.");
    }

    /// <summary>Returns the bytes of a tensor of floats as such, also of those that are not finite.</summary>
    /// <exception cref="FormatException">There is no such tensor.</exception>
    public static ReadOnlySpan<float> Values(Safetensors content, string name, long count) =>
        MemoryMarshal.Cast<byte, float>(Find(content, name, "F32", count).Bytes);

    /// <summary>Returns the bytes of a tensor of whole numbers as such.</summary>
    /// <exception cref="FormatException">There is no such tensor.</exception>
    public static ReadOnlySpan<int> Integers(Safetensors content, string name, long count) =>
        MemoryMarshal.Cast<byte, int>(Find(content, name, "I32", count).Bytes);

    private static SafetensorsTensor Of<T>(string name, string type, ReadOnlySpan<T> values)
        where T : unmanaged => new(name, type, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    private static SafetensorsTensor Find(Safetensors content, string name, string type, long count) =>
        content.Tensors.FirstOrDefault(tensor => tensor.Name == name) is { } found && found.ElementType == type
            && found.Shape is [var length] && length == count
                ? found
                : throw new FormatException($"there is no tensor {name} of {count} values.");
}
