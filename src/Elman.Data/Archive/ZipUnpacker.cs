using System.Buffers.Binary;
using System.IO.Compression;

namespace Elman.Data;

/// <summary>
/// Unpacks wanted files of a zip file that may be hostile. Names in it choose no path: a wanted file is found by its name alone and goes
/// where the caller says. What is unpacked is counted as it comes out, whatever the zip file says of its size.
/// </summary>
internal sealed class ZipUnpacker(ZipDownload download, ZipLimits limits)
{
    private const int EndLength = 22; // of the record at the end, without its comment
    private const int LongestComment = ushort.MaxValue;
    private static readonly byte[] _endSignature = [(byte)'P', (byte)'K', 5, 6];

    /// <summary>Unpacks files.</summary>
    /// <param name="names">What they are called.</param>
    /// <param name="folder">Where they go.</param>
    /// <exception cref="DataArchiveException">One is not there, or the zip file is damaged, hostile or none.</exception>
    public void Unpack(string[] names, string folder)
    {
        using FileStream file = new(download.Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        CheckDirectory(file);
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > limits.MostEntries)
                throw Hostile($"has {zip.Entries.Count} entries, where at most {limits.MostEntries} are taken");
            foreach (ZipArchiveEntry entry in zip.Entries)
                CheckName(entry.FullName);
            long rest = limits.MostUnpacked(file.Length);
            foreach (string name in names)
                rest -= Unpack(Find(zip, name), Path.Combine(folder, name), rest);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Damaged(e.Message.TrimEnd('.'), e);
        }
    }

    private ZipArchiveEntry Find(ZipArchive zip, string name)
    {
        ZipArchiveEntry[] found = [.. zip.Entries.Where(entry => entry.Name.Equals(name, StringComparison.Ordinal))];
        ZipArchiveEntry one = found.Length switch
        {
            0 => throw new DataArchiveException($"{download.Address} has no {name}, so it is no data set of this form; it has "
                + $"{string.Join(", ", zip.Entries.Select(entry => entry.FullName).Take(5))}{(zip.Entries.Count > 5 ? ", …" : "")}."),
            1 => found[0],
            _ => throw Hostile($"has {name} {found.Length} times"),
        };
        return one.IsEncrypted ? throw new DataArchiveException($"{name} in {download.Address} is encrypted; get it from elsewhere.") : one;
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
                throw Hostile($"unpacks to more than {rest} bytes, which no data set of its size does");
            crc = Crc32.Add(crc, buffer.AsSpan(0, count));
            to.Write(buffer, 0, count);
        }
        if (bytes != entry.Length || crc != entry.Crc32)
            throw Damaged($"{entry.Name} has another length or checksum than is written there", null);
        to.Flush(flushToDisk: true);
        return bytes;
    }

    /// <summary>Refuses names that lead out of a folder, of whatever file: nobody packs such by accident.</summary>
    private void CheckName(string name)
    {
        string[] parts = name.Split('/', '\\');
        if (name.StartsWith('/') || name.StartsWith('\\') || name.Contains(':', StringComparison.Ordinal) || parts.Contains("..")
            || name.Any(char.IsControl))
            throw Hostile($"has an entry '{string.Concat(name.Where(c => !char.IsControl(c)))}', whose name leads out of a folder");
    }

    /// <summary>
    /// Looks at the list of entries before all of it is read: it lies between the place that the record at the end of the file says and
    /// that record.
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
                ? $"{download.Address} is a page and no zip file; check the address of the archive."
                : $"{download.Address} is no zip file, or not all of it; get it anew.");
        }
        int entries = BinaryPrimitives.ReadUInt16LittleEndian(end.AsSpan(at + 10));
        long directory = file.Length - end.Length + at - BinaryPrimitives.ReadUInt32LittleEndian(end.AsSpan(at + 16));
        if (entries > limits.MostEntries)
            throw Hostile($"has {entries} entries, where at most {limits.MostEntries} are taken");
        if (directory > limits.MostDirectoryBytes)
            throw Hostile($"has a list of entries of {directory} bytes, where at most {limits.MostDirectoryBytes} are taken");
        if (directory < 0)
            throw Damaged("its list of entries lies outside", null);
    }

    private DataArchiveException Hostile(string what) => new($"{download.Address} {what}; it is not unpacked.");

    private DataArchiveException Damaged(string what, Exception? e) => new($"{download.Address} is damaged: {what}; get it anew.", e);
}
