namespace Elman.Data.Audio.Tests;

/// <summary>A temporary folder for one test.</summary>
public sealed class AudioWorkspace : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("elman-audio-").FullName;

    public string Write(string path, byte[] content)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, content);
        return full;
    }

    public string Write(string path, string content) => Write(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Writes two tones of each of two classes.</summary>
    public string Tones()
    {
        Write("tones/low/b.wav", Wav.Tone(300));
        Write("tones/low/a.wav", Wav.Tone(320));
        Write("tones/high/a.wav", Wav.Tone(2000, 0.3));
        Write("tones/high/c.WAV", Wav.Tone(2100));
        return Path.Combine(Folder, "tones");
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal SequenceDataset Read(string path, AudioOptions? audio = null, DataFileOptions? options = null) =>
        AudioData.Read(Path.Combine(Folder, path), audio, options);

    internal string Refuses(string path, AudioOptions? audio = null, DataFileOptions? options = null)
    {
        string message = Assert.Throws<DataFileException>(() => Read(path, audio, options)).Message;
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        return message;
    }
}
