using System.Numerics;

namespace Elman.Files;

/// <summary>The content of a <c>.safetensors</c> file: named tensors as raw little-endian bytes, and a map of texts.</summary>
/// <param name="Tensors">The tensors.</param>
/// <param name="Metadata">The texts under <c>__metadata__</c>.</param>
internal sealed record Safetensors(IReadOnlyList<SafetensorsTensor> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The maximum length of a header that readers accept.</summary>
    public const long MaxHeaderLength = 100_000_000;

    /// <summary>The name of a stream in messages.</summary>
    public const string StreamName = "stream";

    /// <summary>The key under which the header holds the texts.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>
    /// The order of tensors in the file: larger element types first, then by name, so that every tensor is aligned to its type.
    /// </summary>
    public static IEnumerable<SafetensorsTensor> InFileOrder(IEnumerable<SafetensorsTensor> tensors) =>
        tensors.OrderByDescending(t => ElementSize(t.ElementType)).ThenBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>Returns the number of bytes of an element, or 0 if the type is unknown.</summary>
    public static int ElementSize(string elementType) => elementType switch
    {
        "F64" or "I64" or "U64" or "C64" => 8,
        "F32" or "I32" or "U32" => 4,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "BOOL" or "U8" or "I8" or "F8_E4M3" or "F8_E5M2" or "F8_E8M0" => 1,
        _ => 0,
    };

    /// <summary>
    /// Computes CRC-32C over texts and tensors, independent of their order in the file, to detect accidental changes.
    /// </summary>
    /// <param name="exceptKey">The key of the text to leave out: the checksum itself.</param>
    public uint Checksum(string exceptKey)
    {
        uint crc = uint.MaxValue;
        foreach ((string key, string value) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (key == exceptKey)
                continue;
            Add(ref crc, key);
            Add(ref crc, value);
        }
        foreach (SafetensorsTensor tensor in InFileOrder(Tensors))
        {
            Add(ref crc, tensor.Name);
            Add(ref crc, tensor.ElementType);
            foreach (long length in tensor.Shape)
                crc = BitOperations.Crc32C(crc, (ulong)length);
            Add(ref crc, tensor.Bytes);
        }
        return ~crc;
    }

    private static void Add(ref uint crc, string text) => Add(ref crc, System.Text.Encoding.UTF8.GetBytes(text));

    private static void Add(ref uint crc, ReadOnlySpan<byte> bytes)
    {
        crc = Checksums.Checksum.Add(BitOperations.Crc32C(crc, (ulong)bytes.Length), bytes);
    }
}

/// <summary>One tensor of a file.</summary>
/// <param name="Name">The name.</param>
/// <param name="ElementType">The element type, for example <c>F32</c>.</param>
/// <param name="Shape">The dimensions, row-major.</param>
/// <param name="Bytes">The elements, little-endian.</param>
internal sealed record SafetensorsTensor(string Name, string ElementType, long[] Shape, byte[] Bytes);
