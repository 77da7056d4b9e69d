using System.Text.Json;
using Elman.Keras.Archive;
using Elman.Models;

namespace Elman.Keras.Configuration;

/// <summary>A layer as <c>config.json</c> describes it.</summary>
internal sealed class KerasLayer
{
    private readonly JsonElement _config;
    private readonly KerasSource _source;

    private KerasLayer(string className, JsonElement config, KerasSource source)
    {
        (ClassName, _config, _source) = (className, config, source);
        Name = config.FindText("name") ?? "";
        Policy = new DtypePolicy(this, config.Find("dtype"));
    }

    /// <summary>The class, such as <c>LSTM</c>.</summary>
    public string ClassName { get; }

    /// <summary>The name that Keras or the user gave to the layer.</summary>
    public string Name { get; }

    /// <summary>The precision of weights and arithmetic.</summary>
    public DtypePolicy Policy { get; }

    /// <summary>The layer in messages.</summary>
    public string Label => $"Layer {Quoted(Name)} ({Shown(ClassName)})";

    /// <summary>Reads the description of a layer that belongs to Keras.</summary>
    /// <param name="entry">The object with its class and its settings.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">It is a custom layer, a layer of another kind, or has an unknown setting.</exception>
    public static KerasLayer Read(JsonElement entry, KerasSource source)
    {
        string className = entry.FindText("class_name") ?? throw source.Invalid("a layer has no class_name");
        if (entry.Find("config") is not { ValueKind: JsonValueKind.Object } config)
            throw source.Invalid($"the {Quoted(className)} has no config");
        // The settings of a custom layer need its code, which an import never runs.
        string module = entry.FindText("module") ?? "";
        if (!module.StartsWith("keras.layers", StringComparison.Ordinal) && !module.StartsWith("keras.src.layers", StringComparison.Ordinal)
            && !module.StartsWith("keras.src.models", StringComparison.Ordinal) && module != "keras")
            throw source.Error($"Layer {Quoted(config.FindText("name"))} ({Shown(className)}) is custom code of {Quoted(module)}, which is "
                + "not run. Build the model from layers of Keras alone.");
        var layer = new KerasLayer(className, config, source);
        KnownSettings.Check(layer, config);
        return layer;
    }

    /// <summary>Reads a layer within this one.</summary>
    /// <exception cref="ModelFileException">There is none, or as for the outer layer.</exception>
    public KerasLayer Inner(string key) => Read(Find(key) ?? throw Error($"has no {key}"), _source);

    /// <summary>Creates an exception about the layer.</summary>
    /// <param name="what">What is wrong, as the rest of the sentence without its point.</param>
    /// <param name="fix">What to do, as a sentence.</param>
    public ModelFileException Error(string what, string fix = "Save the model again.") => _source.Error($"{Label} {what}. {fix}");

    /// <summary>Returns a setting; <see langword="null"/> if it is missing or null.</summary>
    public JsonElement? Find(string key) => _config.Find(key);

    /// <summary>Returns a text setting; <see langword="null"/> if it is missing or null.</summary>
    /// <exception cref="ModelFileException">It is no text.</exception>
    public string? Text(string key) => Find(key) is not { } value ? null : value.AsText() ?? throw Error($"has a {key} that is no text");

    /// <summary>Returns a setting that is true or false.</summary>
    /// <exception cref="ModelFileException">It is something else.</exception>
    public bool Flag(string key, bool fallback = false) => Find(key) switch
    {
        null => fallback,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Error($"has a {key} that is neither true nor false"),
    };

    /// <summary>Returns a number of units, symbols or the like.</summary>
    /// <exception cref="ModelFileException">It is missing, or not between 1 and the maximum.</exception>
    public int Size(string key, int most = ModelSpec.MaxSize) =>
        Find(key) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int size) && size >= 1 && size <= most
            ? size
            : throw Error($"has {key} = {Shown(Find(key)?.GetRawText() ?? "nothing")}; it may be 1 to {most}");

    /// <summary>Returns a number; 0 if it is missing.</summary>
    /// <exception cref="ModelFileException">It is no number.</exception>
    public double Number(string key) => Find(key) switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out double number) => number,
        _ => throw Error($"has a {key} that is no number"),
    };
}
