using System.Text.Json;
using Elman.Keras.Archive;

namespace Elman.Keras.Configuration;

/// <summary>Reads a Functional model, if its layers form a chain from one input to one output.</summary>
internal sealed class LayerGraph
{
    private const string InputClass = "InputLayer", TensorClass = "__keras_tensor__";

    private readonly KerasSource _source;
    private readonly Dictionary<string, JsonElement> _entries = new(StringComparer.Ordinal);
    private bool _hasMaskArguments;

    private LayerGraph(KerasSource source) => _source = source;

    /// <summary>Reads the layers.</summary>
    /// <param name="config">The <c>config</c> of the model.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">The layers form no chain.</exception>
    public static LayerChain Read(JsonElement config, KerasSource source)
    {
        var graph = new LayerGraph(source);
        IReadOnlyList<JsonElement> entries = config.Find("layers").Items();
        foreach (JsonElement entry in entries)
            if (!graph._entries.TryAdd(entry.FindText("name") ?? entry.Find("config")?.FindText("name") ?? "", entry))
                throw source.Invalid("two layers have the same name");

        (string input, string output) = (graph.EndOf(config, "input_layers"), graph.EndOf(config, "output_layers"));
        List<(string Name, JsonElement Entry)> chain = [];
        for (string? name = output; name is not null; name = graph.SourceOf(name, graph._entries[name], input))
        {
            if (!graph._entries.TryGetValue(name, out JsonElement entry) || chain.Count == entries.Count)
                throw source.Invalid($"the layer {Quoted(name)} is missing, or comes before itself");
            chain.Add((name, entry));
        }
        chain.Reverse();
        foreach (string other in graph._entries.Keys.Except(chain.Select(one => one.Name)).Where(other => !graph.IsMask(other)))
            throw source.Error($"Layer {Quoted(other)} ({Shown(graph._entries[other].FindText("class_name"))}) is not in the chain from "
                + "the input to the output; a model with several branches has no equivalent in Elman. Save the part that is a chain.");
        KerasLayer[] layers = [.. chain.Select(one => KerasLayer.Read(one.Entry, source))];
        return new LayerChain(layers[1..], layers[0], layers, graph._hasMaskArguments);
    }

    /// <summary>Whether an operation computes masks from inputs: Keras adds these to a graph.</summary>
    private bool IsMask(string name) => _hasMaskArguments && _entries[name].FindText("class_name") is "NotEqual" or "Any";

    private string EndOf(JsonElement config, string key)
    {
        IReadOnlyList<JsonElement> ends = config.Find(key).Items();
        if (ends is [{ ValueKind: JsonValueKind.Array } only])
            ends = ((JsonElement?)only).Items();
        else if (ends.Any(end => end.ValueKind == JsonValueKind.Array))
            throw _source.Error($"The model has {Amount.Of(ends.Count, key == "input_layers" ? "input" : "output")}; Elman's models have "
                + "one. Save a model with one.");
        string? name = ends.Count == 3 ? ends[0].AsText() : null; // the layer, its call, and its output
        return name is not null && _entries.ContainsKey(name) ? name : throw _source.Invalid($"its {key} are not known");
    }

    /// <summary>Returns the layer that a layer reads; <see langword="null"/> for the input layer.</summary>
    private string? SourceOf(string name, JsonElement entry, string input)
    {
        IReadOnlyList<JsonElement> nodes = entry.Find("inbound_nodes").Items();
        if (entry.FindText("class_name") == InputClass)
            return name == input ? null : throw _source.Invalid($"the input layer {Quoted(name)} is not an input");
        if (nodes.Count != 1)
            throw _source.Error($"Layer {Quoted(name)} is called {Amount.Of(nodes.Count, "time")}; shared layers have no equivalent in "
                + "Elman. Use each layer once.");
        IReadOnlyList<JsonElement> arguments = nodes[0].Find("args").Items();
        if (arguments.Count != 1 || TensorOf(arguments[0]) is not { } source)
            throw _source.Error($"Layer {Quoted(name)} ({Shown(entry.FindText("class_name"))}) does not read exactly one layer; a model "
                + "with several branches has no equivalent in Elman. Save a model whose layers form a chain.");
        foreach (JsonProperty argument in nodes[0].Find("kwargs") is { ValueKind: JsonValueKind.Object } named
            ? named.EnumerateObject().ToArray() : [])
            CheckArgument(name, argument);
        return _entries.ContainsKey(source) ? source : throw _source.Invalid($"the layer {Quoted(source)} is missing");
    }

    private void CheckArgument(string name, JsonProperty argument)
    {
        if (argument.Value.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return;
        bool isMask = argument.Name == "mask" && TensorOf(argument.Value) is { } mask && _entries.TryGetValue(mask, out JsonElement entry)
            && entry.FindText("class_name") is "NotEqual" or "Any";
        if (!isMask)
            throw _source.Error($"Layer {Quoted(name)} is called with {Quoted(argument.Name)}, which has no equivalent in Elman. Call it "
                + "with its input alone.");
        _hasMaskArguments = true;
    }

    private static string? TensorOf(JsonElement argument) => argument.FindText("class_name") == TensorClass
        && argument.Find("config")?.Find("keras_history").Items() is [var layer, ..]
        ? layer.AsText()
        : null;
}
