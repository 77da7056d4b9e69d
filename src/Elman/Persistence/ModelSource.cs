namespace Elman.Persistence;

/// <summary>Where a model is read from: a file, a stream or bytes.</summary>
/// <param name="Name">What messages call it: the path, <c>stream</c> or <c>bytes</c>.</param>
/// <param name="Read">Reads it.</param>
internal readonly record struct ModelSource(string Name, Func<Safetensors> Read)
{
    /// <summary>What messages call a stream.</summary>
    public const string StreamName = "stream";

    /// <summary>What messages call bytes.</summary>
    private const string BytesName = "bytes";

    /// <summary>A file.</summary>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static ModelSource Of(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(path, () => SafetensorsReader.Read(path));
    }

    /// <summary>A stream, from where it stands to its end.</summary>
    /// <exception cref="ArgumentException">It can't be read.</exception>
    public static ModelSource Of(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return stream.CanRead
            ? new(StreamName, () => FromStream(stream, StreamName))
            : throw new ArgumentException("The stream can't be read from.", nameof(stream));
    }

    /// <summary>Bytes; they are read at once.</summary>
    /// <exception cref="ModelFileException">They are not a sound file.</exception>
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
            using var whole = new MemoryStream(); // the sizes that a file claims are held against how long it is
            stream.CopyTo(whole);
            whole.Position = 0;
            return SafetensorsReader.Read(whole, name);
        }
        catch (IOException e) when (e is not ModelFileException)
        {
            throw ModelFileException.At(name, $"It can't be read: {e.Message}", e);
        }
    }
}
