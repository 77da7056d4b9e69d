using Elman.Onnx.Protocol;
using Google.Protobuf;

namespace Elman.Onnx.Reading;

/// <summary>A model as read: its messages, and where they come from.</summary>
/// <param name="Model">The messages.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Folder">The folder of its file; <see langword="null"/> if it comes from a stream.</param>
internal sealed record ModelBytes(ModelProto Model, long Length, string? Folder)
{
    /// <summary>The largest file: protobuf messages are limited to 2 GiB.</summary>
    private static readonly long _mostBytes = Array.MaxLength;

    /// <summary>Reads a file.</summary>
    /// <exception cref="GraphException">It can't be read, or is no ONNX model.</exception>
    public static ModelBytes Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Of(stream, Path.GetDirectoryName(Path.GetFullPath(path)));
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException or NotSupportedException or ArgumentException)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Reads a stream from its current position to its end.</summary>
    /// <exception cref="GraphException">It can't be read, or is no ONNX model.</exception>
    public static ModelBytes Read(Stream stream)
    {
        try
        {
            return Of(stream, null);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            throw Unreadable(e);
        }
    }

    private static ModelBytes Of(Stream stream, string? folder)
    {
        if (stream.CanSeek)
        {
            long length = stream.Length - stream.Position;
            CheckLength(length);
            byte[] bytes = new byte[length];
            stream.ReadExactly(bytes);
            return new(Parse(bytes), length, folder);
        }
        using var whole = new MemoryStream();
        byte[] part = new byte[1 << 16];
        for (int read; (read = stream.Read(part)) > 0;)
        {
            CheckLength(whole.Length + read);
            whole.Write(part, 0, read);
        }
        return new(Parse(whole.GetBuffer().AsSpan(0, (int)whole.Length)), whole.Length, folder);
    }

    private static void CheckLength(long length)
    {
        if (length > _mostBytes)
            throw new GraphException($"It has more than {_mostBytes} bytes, which no ONNX file may have. Export the model "
                + "with external data.");
        if (length == 0)
            throw new GraphException("It is empty. Export the model again.");
    }

    private static ModelProto Parse(ReadOnlySpan<byte> bytes)
    {
        WireScan.Check(bytes);
        try
        {
            return ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            throw WireScan.Damaged();
        }
    }

    private static GraphException Unreadable(Exception e) => new($"It can't be read: {FileProblem.ReasonOf(e)}.");
}
