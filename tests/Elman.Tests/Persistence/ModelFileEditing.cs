using System.Text.Json.Nodes;
using Elman.Files;

namespace Elman.Tests.Persistence;

/// <summary>A saved classifier of 2 channels, 3 units and 2 classes, to be changed in ways that its checksum does not detect.</summary>
internal sealed class ModelFileEditing : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="options">The options of a cell other than the default.</param>
    /// <param name="standardize">Whether the file contains a standardisation.</param>
    public ModelFileEditing(TrainingOptions? options = null, bool standardize = true)
    {
        options ??= Waves.Quick;
        using SequenceClassifier classifier = Waves.Fitted(Recurrent.CellVariants.Trained(options with
        {
            Model = options.Model with { Layers = [3] },
            Inputs = options.Inputs with { Standardize = standardize },
            Epochs = 1,
            Threads = 1,
        }), channels: 2);
        Path = _folder.File("m.safetensors");
        classifier.Save(Path);
        Saved = File.ReadAllBytes(Path);
        Content = SafetensorsReader.Read(Path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The original bytes of the file.</summary>
    public byte[] Saved { get; }

    /// <summary>The original content of the file.</summary>
    public Safetensors Content { get; }

    /// <summary>Writes the content with a changed text, without the checksum; <see langword="null"/> removes the text.</summary>
    public void WithText(string key, string? text)
    {
        var texts = Content.Metadata.Where(pair => pair.Key is not "elman.crc32c" && pair.Key != key).ToDictionary();
        if (text is not null)
            texts[key] = text;
        SafetensorsWriter.Write(Path, Content with { Metadata = texts });
    }

    /// <summary>Writes the content with a field of a JSON text set or removed.</summary>
    public void WithField(string key, string field, string? json)
    {
        JsonObject text = JsonNode.Parse(Content.Metadata[key])!.AsObject();
        if (json is null)
            text.Remove(field);
        else
            text[field] = JsonNode.Parse(json);
        WithText(key, text.ToJsonString());
    }

    /// <summary>Writes the content with another text and with a field of the description set.</summary>
    public void WithText(string key, string text, string field, string json)
    {
        JsonObject spec = JsonNode.Parse(Content.Metadata["elman.spec"])!.AsObject();
        spec[field] = JsonNode.Parse(json);
        var texts = Content.Metadata.Where(pair => pair.Key is not "elman.crc32c").ToDictionary();
        (texts[key], texts["elman.spec"]) = (text, spec.ToJsonString());
        SafetensorsWriter.Write(Path, Content with { Metadata = texts });
    }

    /// <summary>Writes the content with other tensors, without the checksum.</summary>
    public void WithTensors(Func<SafetensorsTensor, IEnumerable<SafetensorsTensor>> change) =>
        SafetensorsWriter.Write(Path, Content with
        {
            Tensors = [.. Content.Tensors.SelectMany(change)],
            Metadata = Content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary(),
        });

    /// <summary>Asserts that loading is refused with a message that contains the file and all of <paramref name="names"/>.</summary>
    public void AssertRefused(params string[] names)
    {
        var e = Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(Path));
        Assert.StartsWith(Path + ": ", e.Message, StringComparison.Ordinal);
        Assert.All(names, name => Assert.Contains(name, e.Message, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
