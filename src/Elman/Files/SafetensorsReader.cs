using System.Buffers.Binary;

namespace Elman.Files;

/// <summary>Reads <c>.safetensors</c> files and refuses every file that violates the format.</summary>
internal static class SafetensorsReader
{
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
                Directory.Exists(path)
                    ? "This is a directory; a model is a .safetensors file."
                    : $"The file can't be read: {FileProblem.ReasonOf(e)}.",
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
            throw NotOne(path, $"it has {Amount.Of(total, "byte")}");
        Span<byte> lengthBytes = stackalloc byte[8];
        stream.ReadExactly(lengthBytes);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (headerLength > Safetensors.MaxHeaderLength)
            throw NotOne(path, $"its header would have {headerLength} bytes, more than {Safetensors.MaxHeaderLength}");
        if (headerLength > (ulong)(total - 8))
            throw NotOne(path, $"its header of {headerLength} bytes would end past the {Amount.Of(total, "byte")} of the file, which may "
                + "be truncated");

        byte[] header = new byte[headerLength];
        stream.ReadExactly(header);
        SafetensorsHeader parsed;
        try
        {
            parsed = SafetensorsHeader.Read(header);
        }
        catch (FormatException e)
        {
            throw NotOne(path, e.Message, e);
        }
        long available = total - 8 - header.Length, next = 0;
        var tensors = new List<SafetensorsTensor>();
        foreach (SafetensorsEntry entry in parsed.Entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            CheckSize(entry, path);
            (string name, string type, long[] shape, long begin, long end) = entry;
            if (begin != next)
                throw ModelFileException.At(
                    path, $"Tensor {Quoted(name)} begins at byte {begin} of the data, expected {next}: the file has a gap or an overlap.");
            if (end > available)
                throw ModelFileException.At(
                    path, $"Tensor {Quoted(name)} ends at byte {end} of the data, but the file has only {Amount.Of(available, "byte")}: "
                        + "the file is truncated.");
            if (end - begin > Array.MaxLength)
                throw ModelFileException.At(path, $"Tensor {Quoted(name)} has {end - begin} bytes; at most {Array.MaxLength} are "
                    + "supported.");
            byte[] bytes = new byte[end - begin];
            stream.ReadExactly(bytes);
            tensors.Add(new SafetensorsTensor(name, type, shape, bytes));
            next = end;
        }
        if (next != available)
            throw ModelFileException.At(path, $"After the last tensor, the file has {Amount.Of(available - next, "byte")} more. Get the "
                + "file again.");
        return new Safetensors(tensors, parsed.Texts);
    }

    private static void CheckSize(SafetensorsEntry entry, string path)
    {
        (string name, string type, long[] shape, long begin, long end) = entry;
        int size = Safetensors.ElementSize(type);
        if (size == 0)
            throw ModelFileException.At(path, $"Tensor {Quoted(name)} has the unknown element type {Quoted(type)}.");
        long bytes;
        try
        {
            bytes = shape.Aggregate((long)size, (product, length) => checked(product * length));
        }
        catch (OverflowException e)
        {
            throw ModelFileException.At(path, $"Tensor {Quoted(name)} has the shape [{string.Join(", ", shape)}], which overflows.", e);
        }
        if (end < begin || end - begin != bytes)
            throw ModelFileException.At(path, $"Tensor {Quoted(name)} of shape [{string.Join(", ", shape)}] and type {type} takes "
                + $"{Amount.Of(bytes, "byte")}, but its offsets are {begin} to {end}.");
    }

    private static ModelFileException NotOne(string path, string why, Exception? cause = null) =>
        ModelFileException.At(path, $"This is not a valid .safetensors file: {why}.", cause);
}
