using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Elman.Files;

/// <summary>Reads <c>.safetensors</c> files and refuses every file that violates the format.</summary>
internal static class SafetensorsReader
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file.</summary>
    /// <exception cref="ModelFileException">The file does not exist, can't be read, or is not valid.</exception>
    public static Safetensors Read(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(stream, path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ModelFileException.At(path, "There is no such file.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException or (IOException
            and not ModelFileException))
        {
            throw ModelFileException.At(path,
                Directory.Exists(path) ? "This is a directory; a model is a .safetensors file." : $"The file can't be read: {e.Message}",
                e);
        }
    }

    /// <summary>Reads a stream whose length is known.</summary>
    /// <param name="stream">The stream, from its current position.</param>
    /// <param name="path">The name in messages.</param>
    /// <exception cref="ModelFileException">The content is not a valid file.</exception>
    public static Safetensors Read(Stream stream, string path)
    {
        long total = stream.Length - stream.Position;
        if (total < 8)
            throw NotOne(path, $"it has {total} bytes");
        Span<byte> lengthBytes = stackalloc byte[8];
        stream.ReadExactly(lengthBytes);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (headerLength > Safetensors.MaxHeaderLength)
            throw NotOne(path, $"its header would have {headerLength} bytes, more than {Safetensors.MaxHeaderLength}");
        if (headerLength > (ulong)(total - 8))
            throw NotOne(path, $"its header of {headerLength} bytes would end past the {total} bytes of the file, which may be truncated");

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        (List<(string Name, string Type, long[] Shape, long Begin, long End)> entries, Dictionary<string, string> metadata) = ParseHeader(
            header, path);
        long available = total - 8 - header.Length, next = 0;
        var tensors = new List<SafetensorsTensor>();
        foreach ((string name, string type, long[] shape, long begin, long end) in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (begin != next)
                throw ModelFileException.At(
                    path, $"Tensor '{name}' begins at byte {begin} of the data, expected {next}: the file has a gap or an overlap.");
            if (end > available)
                throw ModelFileException.At(
                    path, $"Tensor '{name}' ends at byte {end} of the data, but there are only {available} bytes: the file is truncated.");
            if (end - begin > Array.MaxLength)
                throw ModelFileException.At(path, $"Tensor '{name}' has {end - begin} bytes; at most {Array.MaxLength} are supported.");
            byte[] bytes = new byte[end - begin];
            stream.ReadExactly(bytes);
            tensors.Add(new SafetensorsTensor(name, type, shape, bytes));
            next = end;
        }
        if (next != available)
            throw ModelFileException.At(path, $"{available - next} bytes follow the last tensor, which is not allowed.");
        return new Safetensors(tensors, metadata);
    }

    private static (List<(string, string, long[], long, long)> Entries, Dictionary<string, string> Metadata) ParseHeader(
        byte[] header, string path)
    {
        var entries = new List<(string, string, long[], long, long)>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            _strictUtf8.GetCharCount(header);
            using JsonDocument document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false });
            foreach (JsonProperty property in document.RootElement.EnumerateObject())
            {
                if (property.Name == Safetensors.MetadataKey)
                {
                    foreach (JsonProperty text in property.Value.EnumerateObject())
                        metadata.Add(text.Name, text.Value.ValueKind == JsonValueKind.String
                            ? text.Value.GetString()!
                            : throw new JsonException($"the text '{text.Name}' is not a string"));
                    continue;
                }
                entries.Add(ParseEntry(property, path));
            }
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException or InvalidOperationException or FormatException)
        {
            throw NotOne(path, $"its header is not valid JSON ({e.Message.TrimEnd('.')})", e);
        }
        return (entries, metadata);
    }

    private static (string, string, long[], long, long) ParseEntry(JsonProperty property, string path)
    {
        string name = property.Name;
        string type = "";
        long[]? shape = null, offsets = null;
        foreach (JsonProperty field in property.Value.EnumerateObject())
        {
            switch (field.Name)
            {
                case "dtype": type = field.Value.GetString() ?? ""; break;
                case "shape": shape = Numbers(field.Value); break;
                case "data_offsets": offsets = Numbers(field.Value); break;
                default: throw new JsonException($"tensor '{name}' has the unknown field '{field.Name}'");
            }
        }
        if (shape is null || offsets is not { Length: 2 })
            throw new JsonException($"tensor '{name}' has no shape or not two data_offsets");

        int size = Safetensors.ElementSize(type);
        if (size == 0)
            throw ModelFileException.At(path, $"Tensor '{name}' has the unknown element type '{type}'.");
        long begin = offsets[0], end = offsets[1], bytes;
        try
        {
            bytes = shape.Aggregate((long)size, (product, length) => checked(product * length));
        }
        catch (OverflowException e)
        {
            throw ModelFileException.At(path, $"Tensor '{name}' has the shape [{string.Join(", ", shape)}], which overflows.", e);
        }
        if (end < begin || end - begin != bytes)
            throw ModelFileException.At(path, $"Tensor '{name}' of shape [{string.Join(", ", shape)}] and type {type} takes {bytes} bytes, "
                + $"but its offsets are {begin} to {end}.");
        return (name, type, shape, begin, end);
    }

    private static long[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number =>
        number.TryGetInt64(out long value) && value >= 0 ? value : throw new JsonException($"{number} is not a valid size"))];

    private static ModelFileException NotOne(string path, string why, Exception? cause = null) =>
        ModelFileException.At(path, $"This is not a valid .safetensors file: {why}.", cause);
}
