using System.Runtime.InteropServices;
using Elman.Files;

namespace Elman.Tests.Files;

/// <summary>The content of <c>example.safetensors</c>, as <c>safetensors.py</c> writes it.</summary>
internal static class SafetensorsExample
{
    /// <summary>The file.</summary>
    public static byte[] File { get; } = Resource();

    /// <summary>The content of the file, in another order.</summary>
    public static Safetensors Content { get; } = new(
        [
            Tensor<byte>("bytes", "U8", [3], 0, 128, 255),
            Tensor("ünïcode.漢", "F32", [1], float.PositiveInfinity),
            Tensor("w", "F32", [2, 3], 1f, 2, 3, -4, 5e-45f, float.MaxValue),
            Tensor<ushort>("half", "U16", [3], 0, 1, 65535),
            Tensor("rank 0", "F32", [], 1.5f),
            Tensor("whole", "I64", [1, 1], long.MinValue),
            Tensor("wide", "F64", [2], 1.0 / 3, -0.0),
            Tensor("Upper", "F32", [1], 0.1f),
            Tensor<double>("empty", "F64", [0, 4]),
        ],
        new Dictionary<string, string> { ["z.last"] = "1", ["b"] = "", ["a.first"] = "says \"ü\\é漢\" &\tmore" });

    public static SafetensorsTensor Tensor<T>(string name, string elementType, long[] shape, params ReadOnlySpan<T> numbers)
        where T : unmanaged =>
        new(name, elementType, shape, MemoryMarshal.AsBytes(numbers).ToArray());

    /// <summary>Returns the bytes that the writer writes for a content.</summary>
    public static byte[] Write(Safetensors content)
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, content);
        return stream.ToArray();
    }

    /// <summary>Returns the content that the reader reads from bytes.</summary>
    public static Safetensors Read(byte[] file) => SafetensorsReader.Read(new MemoryStream(file), "m.safetensors");

    /// <summary>Asserts that texts and tensors are the same, in any order.</summary>
    public static void AssertSame(Safetensors expected, Safetensors actual)
    {
        Assert.Equal(expected.Metadata, actual.Metadata.AsEnumerable());
        Assert.Equal(Describe(expected), Describe(actual));
    }

    private static string[] Describe(Safetensors content) =>
        [.. content.Tensors.Select(t => $"{t.Name}|{t.ElementType}|{string.Join(",", t.Shape)}|{Convert.ToHexString(t.Bytes)}")
            .Order(StringComparer.Ordinal)];

    private static byte[] Resource()
    {
        using Stream stream = typeof(SafetensorsExample).Assembly.GetManifestResourceStream("example.safetensors")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
