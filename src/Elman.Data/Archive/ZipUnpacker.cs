using System.Buffers.Binary;
using System.IO.Compression;
using Elman.Checksums;

namespace Elman.Data;

/// <summary>
/// Extracts files from a zip file that may be malicious. Names in it do not determine paths: a file is found by its name and written to the
/// path given by the caller. Extracted bytes are counted, regardless of the sizes declared in the zip file.
/// </summary>
internal sealed class ZipUnpacker(ZipDownload download, ZipLimits limits)
{
    private const int EndLength = 22; // the length of the end record, without its comment
    private const int LongestComment = ushort.MaxValue;
    private static readonly byte[] _endSignature = [(byte)'P', (byte)'K', 5, 6];

    /// <summary>Extracts files.</summary>
    /// <param name="names">Their names.</param>
    /// <param name="folder">The destination.</param>
    /// <exception cref="DataArchiveException">A file is missing, or the zip file is invalid, damaged or malicious.</exception>
    public void Unpack(string[] names, string folder)
    {
        using FileStream file = new(download.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        CheckDirectory(file);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > limits.MostEntries)
                throw Hostile($"has {zip.Entries.Count} entries, more than the allowed {limits.MostEntries}");
            foreach (ZipArchiveEntry entry in zip.Entries)
                CheckName(entry.FullName);
            long rest = limits.MostUnpacked(file.Length);
            foreach (string name in names)
                rest -= Unpack(Find(zip, name), Path.Combine(folder, name), rest);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged("it can't be unpacked", e);
        }
    }

    private ZipArchiveEntry Find(ZipArchive zip, string name)
    {
        ZipArchiveEntry[] found = [.. zip.Entries.Where(entry => entry.Name.Equals(name, StringComparison.Ordinal))];
        ZipArchiveEntry one = found.Length switch
        {
            0 => throw new DataArchiveException($"{download.Address} has no {name}, so it is not a data set in this form; it has "
                + $"{string.Join(", ", zip.Entries.Select(entry => entry.FullName).Take(5))}{(zip.Entries.Count > 5 ? ", …" : "")}."),
            1 => found[0],
            _ => throw Hostile($"has {name} {Amount.Of(found.Length, "time")}"),
        };
        return one.IsEncrypted ? throw new DataArchiveException($"{name} in {download.Address} is encrypted and can't be read; use "
            + "another source.") : one;
    }

    private long Unpack(ZipArchiveEntry entry, string path, long rest)
    {
        using Stream from = entry.Open();
        using FileStream to = new(path, FileMode.CreateNew, FileAccess.Write);
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        uint crc = 0;
        for (int count; (count = from.Read(buffer)) > 0;)
        {
            bytes += count;
            if (bytes > rest)
                throw Hostile($"unpacks to more than {Amount.Of(rest, "byte")}, too much for its size");
            crc = Crc32.Add(crc, buffer.AsSpan(0, count));
            to.Write(buffer, 0, count);
        }
        if (bytes != entry.Length || crc != entry.Crc32)
            throw Damaged($"{entry.Name} does not match its stored length or checksum", null);
        to.Flush(flushToDisk: true);
        return bytes;
    }

    /// <summary>Refuses a zip file that contains a name with a path outside its folder.</summary>
    private void CheckName(string name)
    {
        string[] parts = name.Split('/', '\\');
        if (name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal) || parts.Contains("..")
            || name.Any(char.IsControl))
            throw Hostile($"has an entry '{string.Concat(name.Where(c => !char.IsControl(c)))}', whose path leads out of the folder");
    }

    /// <summary>
    /// Checks the list of entries before it is read: it must lie between the position stated in the end record of the file and that record.
    /// </summary>
    private void CheckDirectory(FileStream file)
    {
        byte[] end = new byte[Math.Min(file.Length, EndLength + LongestComment)];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        file.Seek(0, SeekOrigin.Begin);
        int at = end.AsSpan().LastIndexOf(_endSignature);
        if (at < 0 || at + EndLength > end.Length)
        {
            bool isText = file.ReadByte() is '<' or '{';
            throw new DataArchiveException(isText
                ? $"{download.Address} is a web page, not a zip file; check the URL of the archive."
                : $"{download.Address} is not a complete zip file; download it again.");
        }
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 10));
        long directory = file.Length - end.Length + at - BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        if (entries > limits.MostEntries)
            throw Hostile($"has {entries} entries, more than the allowed {limits.MostEntries}");
        if (directory > limits.MostDirectoryBytes)
            throw Hostile($"has a list of entries of {Amount.Of(directory, "byte")}, more than the allowed {limits.MostDirectoryBytes}");
        if (directory < 0)
            throw Damaged("its list of entries lies outside the file", null);
    }

    private DataArchiveException Hostile(string what) => new($"{download.Address} {what}; it is not unpacked.");

    private DataArchiveException Damaged(string what, Exception? e) => new($"{download.Address} is damaged: {what}; download it again.", e);
}
