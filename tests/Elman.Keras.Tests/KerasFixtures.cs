using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Elman.Keras.Tests;

/// <summary>The models of <c>Fixtures/keras_files.py</c>, and changed copies of them.</summary>
internal static class KerasFixtures
{
    private static readonly Dictionary<string, byte[]> _files = ReadAll("keras_files.zip");
    private static readonly Dictionary<string, byte[]> _unusual = ReadAll("keras_unusual.zip");
    private static readonly JsonObject _outputs = JsonNode.Parse(_files["outputs.json"])!.AsObject();

    /// <summary>The names of all models.</summary>
    public static IEnumerable<string> Names => _outputs.Select(model => model.Key);

    /// <summary>The <c>.keras</c> file of a model.</summary>
    public static byte[] File(string name) => _files[$"{name}.keras"];

    /// <summary>The names of the weights that Keras does not write.</summary>
    public static IEnumerable<string> UnusualNames => _unusual.Keys;

    /// <summary>The model <c>lstm</c> with weights of <c>Fixtures/keras_unusual.py</c>.</summary>
    public static byte[] Unusual(string name) => With(File("lstm"), "model.weights.h5", _unusual[$"{name}.h5"]);

    /// <summary>The sequences, and what the equations of Keras give for each, row by row.</summary>
    public static IEnumerable<(Sequence Sequence, double[] Output)> Cases(string name)
    {
        JsonNode model = _outputs[name]!;
        foreach ((JsonNode? input, JsonNode? output) in model["inputs"]!.AsArray().Zip(model["outputs"]!.AsArray()))
        {
            float[][] steps = [.. input!.AsArray().Select(step => step!.AsArray().Select(value => value!.GetValue<float>()).ToArray())];
            yield return (new Sequence(steps.SelectMany(step => step).ToArray(), steps[0].Length), Flat(output!));
        }
    }

    public static KerasImport Load(byte[] file, KerasLoadOptions? options = null)
    {
        using var stream = new MemoryStream(file, writable: false);
        return KerasFile.Load(stream, options);
    }

    public static KerasImport Load(string name, KerasLoadOptions? options = null) => Load(File(name), options);

    /// <summary>The message with which a file is refused.</summary>
    public static string Refused(byte[] file, KerasLoadOptions? options = null)
    {
        string message = Assert.Throws<ModelFileException>(() => Load(file, options).Model.Dispose()).Message;
        Assert.StartsWith("stream: ", message, StringComparison.Ordinal);
        Assert.EndsWith(".", message, StringComparison.Ordinal);
        return message;
    }

    /// <summary>A copy of a file with another description of the model.</summary>
    public static byte[] WithConfig(string name, Action<JsonObject> change)
    {
        JsonObject config = JsonNode.Parse(Entry(File(name), "config.json"))!.AsObject();
        change(config);
        return With(File(name), "config.json", Encoding.UTF8.GetBytes(config.ToJsonString()));
    }

    /// <summary>A copy of a file in which one setting of a layer is another.</summary>
    public static byte[] WithSetting(string name, string className, string setting, string json) => WithConfig(name, config =>
    {
        JsonNode layer = config["config"]!["layers"]!.AsArray().First(one => (string?)one!["class_name"] == className)!;
        layer["config"]![setting] = JsonNode.Parse(json);
    });

    /// <summary>A copy of a file with other content of one of its entries; without it if there is none.</summary>
    public static byte[] With(byte[] file, string entry, byte[]? content, CompressionLevel level = CompressionLevel.NoCompression)
    {
        var entries = new Dictionary<string, byte[]>();
        foreach (string one in (string[])["metadata.json", "config.json", "model.weights.h5"])
            entries[one] = Entry(file, one);
        if (content is null)
            entries.Remove(entry);
        else
            entries[entry] = content;
        return Zip(level, [.. entries.Select(pair => (pair.Key, pair.Value))]);
    }

    /// <summary>A zip file.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] content) in entries)
            {
                using Stream to = zip.CreateEntry(name, level).Open();
                to.Write(content);
            }
        return file.ToArray();
    }

    /// <summary>The content of an entry of a file.</summary>
    public static byte[] Entry(byte[] file, string name)
    {
        using var stream = new MemoryStream(file);
        using var zip = new ZipArchive(stream);
        using Stream from = zip.GetEntry(name)!.Open();
        return ReadAll(from);
    }

    private static double[] Flat(JsonNode node) => node is JsonArray list
        ? [.. list.SelectMany(item => Flat(item!))]
        : [node.GetValue<double>()];

    private static Dictionary<string, byte[]> ReadAll(string archive)
    {
        using Stream stream = typeof(KerasFixtures).Assembly.GetManifestResourceStream(archive)!;
        using var zip = new ZipArchive(stream);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using Stream from = entry.Open();
            return ReadAll(from);
        });
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
