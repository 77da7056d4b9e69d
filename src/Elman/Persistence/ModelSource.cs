using Elman.Files;

namespace Elman.Persistence;

/// <summary>The source of a model: a file, a stream or bytes.</summary>
/// <param name="Name">The name in messages: the path, <c>stream</c> or <c>bytes</c>.</param>
/// <param name="Read">The function that reads it.</param>
internal readonly record struct ModelSource(string Name, Func<Safetensors> Read)
{
    /// <summary>The name of bytes in messages.</summary>
    private const string BytesName = "bytes";

    /// <summary>Creates the source of a file.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static ModelSource Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(path, () => SafetensorsReader.Read(path));
    }

    /// <summary>Creates the source of a stream, from its current position to its end.</summary>
    /// <exception cref="ArgumentException">The stream can't be read.</exception>
    public static ModelSource Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new(Safetensors.StreamName, () => FromStream(stream, Safetensors.StreamName))
            : throw new ArgumentException("The stream can't be read from.", nameof(stream));
    }

    /// <summary>Creates the source of bytes, which are read immediately.</summary>
    /// <exception cref="ModelFileException">The bytes are not a valid file.</exception>
    public static unsafe ModelSource Of(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            using Stream stream = start == null ? Stream.Null : new UnmanagedMemoryStream(start, bytes.Length);
            Safetensors content = FromStream(stream, BytesName);
            return new(BytesName, () => content);
        }
    }

    private static Safetensors FromStream(Stream stream, string name)
    {
        try
        {
            if (stream.CanSeek)
                return SafetensorsReader.Read(stream, name);
            using var whole = new MemoryStream(); // needed to compare the sizes that a file claims with its length
            stream.CopyTo(whole);
            whole.Position = 0;
            return SafetensorsReader.Read(whole, name);
        }
        catch (IOException e) when (e is not ModelFileException)
        {
            throw ModelFileException.At(name, $"It can't be read: {FileProblem.ReasonOf(e)}.", e);
        }
    }
}
