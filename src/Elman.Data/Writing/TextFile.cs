using System.IO.Compression;
using System.Text;

namespace Elman.Data;

/// <summary>Writes text files in UTF-8, compressed if the name ends with <c>.gz</c>.</summary>
internal static class TextFile
{
    /// <summary>Writes a file atomically: it replaces an existing file only when it is complete.</summary>
    public static void Write(string path, Action<TextWriter> write) => AtomicFile.Write(path, stream =>
    {
        using GZipStream? packed = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)
            : null;
        using var writer = new StreamWriter(packed ?? stream, new UTF8Encoding(false, throwOnInvalidBytes: true), 1 << 16, leaveOpen: true);
        write(writer);
    });

    /// <summary>Checks that there is something to write, and that all values are finite or missing.</summary>
    /// <param name="data">The sequences.</param>
    /// <param name="format">The name of the file in messages, such as <c>a .ts file</c>.</param>
    /// <param name="canHoldText">Whether the file can hold text.</param>
    /// <exception cref="ArgumentException">There is no sequence, a value is infinite, or there is text.</exception>
    public static void Check(SequenceDataset data, string format, bool canHoldText = false)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Vocabularies.Count > 0 && !canHoldText)
            throw new ArgumentException($"'{data.Name}' holds text, which can only be written as .jsonl or .ndjson.", nameof(data));
        if (data.Count == 0)
            throw new ArgumentException($"'{data.Name}' has no sequences; {format} needs at least one.", nameof(data));
        for (int i = 0; i < data.Count; i++)
        {
            int bad = data[i].Values.Span.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity);
            if (bad >= 0)
                throw new ArgumentException($"Step {(bad / data.Channels) + 1}, channel {(bad % data.Channels) + 1} of sequence {i + 1} of "
                    + $"'{data.Name}' is infinite, which {format} can't hold.", nameof(data));
        }
    }
}
