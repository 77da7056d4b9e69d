using System.Text.Json;
using Elman.Keras.Archive;

namespace Elman.Keras.Configuration;

/// <summary>The layers of a model in the order in which they compute.</summary>
/// <param name="Layers">The layers without the input layer.</param>
/// <param name="Input">The input layer.</param>
/// <param name="All">All layers in the order in which Keras saves their weights.</param>
/// <param name="HasMaskArguments">Whether layers of a graph receive a mask that other operations compute.</param>
internal sealed record LayerChain(
    IReadOnlyList<KerasLayer> Layers, KerasLayer Input, IReadOnlyList<KerasLayer> All, bool HasMaskArguments)
{
    private const string InputClass = "InputLayer";

    /// <summary>Reads the layers of a model.</summary>
    /// <param name="root">The root of <c>config.json</c>.</param>
    /// <param name="source">The file that is imported, for messages.</param>
    /// <exception cref="ModelFileException">The model is neither Sequential nor Functional, or not a chain.</exception>
    public static LayerChain Read(JsonElement root, KerasSource source)
    {
        string kind = root.FindText("class_name") ?? "", module = root.FindText("module") ?? "";
        if (root.Find("config") is not { ValueKind: JsonValueKind.Object } config)
            throw source.Invalid($"its {KerasArchive.ConfigurationName} has no config");
        bool isOfKeras = module == "keras" || module.StartsWith("keras.src.", StringComparison.Ordinal)
            || module.StartsWith("keras.models", StringComparison.Ordinal);
        return (kind, isOfKeras) switch
        {
            ("Sequential", true) => ReadSequence(config.Find("layers").Items(), source),
            ("Functional" or "Model", true) => LayerGraph.Read(config, source),
            _ => throw source.Error($"The model is a {Quoted(kind)} of {Quoted(module)}, whose code is not run. Build it with "
                + "keras.Sequential or keras.Model(inputs, outputs)."),
        };
    }

    private static LayerChain ReadSequence(IReadOnlyList<JsonElement> entries, KerasSource source)
    {
        KerasLayer[] layers = [.. entries.Select(entry => KerasLayer.Read(entry, source))];
        if (layers.Length == 0 || layers[0].ClassName != InputClass)
            throw source.Error("The model has no input layer, so it was saved before it was built. Begin it with "
                + "keras.Input((None, channels)), or call it once before you save it.");
        return new LayerChain(layers[1..], layers[0], layers, HasMaskArguments: false);
    }
}
