using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Elman.Files;

/// <summary>
/// Writes <c>.safetensors</c> files: length of the header (u64), header (JSON, padded with spaces to a multiple of 8), tensors.
/// </summary>
internal static class SafetensorsWriter
{
    /// <summary>The encoder of texts.</summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>Writes a file atomically. If anything fails, an existing file is not changed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="ModelFileException">The file can't be written, or readers would not accept it.</exception>
    public static void Write(string path, Safetensors content)
    {
        try
        {
            AtomicFile.Write(path, stream => Write(stream, content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string why = Directory.Exists(path) ? "it is a directory; give the name of a file" : FileProblem.ReasonOf(e);
            throw ModelFileException.At(path, $"The model can't be written here: {why}.", e);
        }
    }

    /// <summary>Writes to a stream of the caller, from its current position.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="content">The content.</param>
    /// <exception cref="ModelFileException">Writing to the stream failed, or readers would not accept the file; in the latter case nothing
    /// is written.</exception>
    public static void WriteTo(Stream stream, Safetensors content)
    {
        try
        {
            Write(stream, content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw ModelFileException.At(Safetensors.StreamName, $"The model can't be written here: {FileProblem.ReasonOf(e)}.", e);
        }
    }

    /// <summary>Writes to a stream.</summary>
    public static void Write(Stream stream, Safetensors content)
    {
        SafetensorsTensor[] tensors = [.. Safetensors.InFileOrder(content.Tensors)];
        ReadOnlySpan<byte> header = Header(tensors, content.Metadata);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (SafetensorsTensor tensor in tensors)
            stream.Write(tensor.Bytes);
    }

    private static ReadOnlySpan<byte> Header(SafetensorsTensor[] tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder }))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(Safetensors.MetadataKey);
                foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (SafetensorsTensor tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.ElementType);
                json.WriteStartArray("shape");
                foreach (long dimension in tensor.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += tensor.Bytes.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        int padding = (8 - (buffer.WrittenCount % 8)) % 8;
        if (buffer.WrittenCount + padding > Safetensors.MaxHeaderLength)
            throw FileProblem.Create($"its description has {Amount.Of(buffer.WrittenCount, "byte")}, more than the "
                + $"{Safetensors.MaxHeaderLength} that a .safetensors file may have. Shorten the names of classes and channels, or choose "
                + "a cell, so that there is one model.");
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan;
    }
}
