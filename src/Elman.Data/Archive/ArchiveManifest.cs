using System.Text.Json;

namespace Elman.Data;

/// <summary>Checksums of a downloaded data set, stored next to its files to verify them at each use.</summary>
internal static class ArchiveManifest
{
    private const string FileName = "archive.json";

    /// <summary>Writes the checksums of a folder.</summary>
    public static void Write(string folder, string name, Uri address, string sha256)
    {
        using FileStream stream = File.Create(Path.Combine(folder, FileName));
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("address", address.AbsoluteUri);
        json.WriteString("sha256", sha256);
        json.WriteStartObject("files");
        foreach (string file in ArchiveSet.FileNames(name))
        {
            var hash = FileHash.Of(Path.Combine(folder, file));
            json.WriteStartObject(file);
            json.WriteNumber("bytes", hash.Bytes);
            json.WriteString("sha256", hash.Sha256);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Returns the data set in a folder, or a sentence about the problem with it.</summary>
    public static (ArchiveSet? Set, string? Problem) Read(string name, string folder)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, FileName)));
            JsonElement root = json.RootElement;
            foreach (string file in ArchiveSet.FileNames(name))
            {
                JsonElement known = root.GetProperty("files").GetProperty(file);
                var found = FileHash.Of(Path.Combine(folder, file));
                if (found != new FileHash(known.GetProperty("bytes").GetInt64(), known.GetProperty("sha256").GetString() ?? ""))
                    return (null, $"{file} was changed after the download.");
            }
            return (new ArchiveSet(name, folder, root.GetProperty("sha256").GetString() ?? ""), null);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, $"{Path.GetFileName(((e as FileNotFoundException)?.FileName) ?? folder)} is not there.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return (null, $"{FileName} can't be read.");
        }
    }
}
