using System.Text.Json;

namespace Elman.Data;

/// <summary>
/// A partial download, <c>.NAME.part</c>, and next to it <c>.NAME.part.json</c> with its URL and the server's validator for the file.
/// </summary>
internal sealed class PartialFile
{
    private readonly string _path, _notes;
    private readonly Uri _address;

    /// <summary>Finds a partial download; removes it if it can't be resumed.</summary>
    public PartialFile(string path, Uri address)
    {
        _path = path;
        _notes = path + ".json";
        _address = address;
        if (!TryRead())
            Delete();
    }

    /// <summary>The validator of the file, if there is one.</summary>
    public string? Mark { get; private set; }

    /// <summary>The length of the whole file, if it is known.</summary>
    public long? Total { get; private set; }

    /// <summary>The number of bytes received so far, from which the download can be resumed.</summary>
    public long Length => File.Exists(_path) ? new FileInfo(_path).Length : 0;

    /// <summary>Starts with an empty file.</summary>
    public void Begin(string? mark, long? total)
    {
        Delete();
        (Mark, Total) = (mark, total);
        AtomicFile.Write(_notes, stream =>
        {
            using var json = new Utf8JsonWriter(stream);
            json.WriteStartObject();
            json.WriteString("address", _address.AbsoluteUri);
            json.WriteString("mark", mark);
            if (total is { } length)
                json.WriteNumber("bytes", length);
            json.WriteEndObject();
        });
    }

    /// <summary>Opens the file to append.</summary>
    public FileStream Append() => new(_path, FileMode.Append, FileAccess.Write);

    /// <summary>Removes the file.</summary>
    public void Delete()
    {
        (Mark, Total) = (null, null);
        File.Delete(_path);
        File.Delete(_notes);
    }

    private bool TryRead()
    {
        if (!File.Exists(_path) || !File.Exists(_notes))
            return false;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(_notes));
            JsonElement root = json.RootElement;
            Mark = root.GetProperty("mark").GetString();
            Total = root.TryGetProperty("bytes", out JsonElement bytes) ? bytes.GetInt64() : null;
            return root.GetProperty("address").GetString() == _address.AbsoluteUri && Mark is not null && !(Length >= Total);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }
}
