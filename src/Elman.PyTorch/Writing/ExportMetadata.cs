using System.Globalization;
using Elman.Fitted;
using Elman.Models;
using Elman.Persistence;

namespace Elman.PyTorch.Writing;

/// <summary>
/// What a state dictionary can't say about a model, as texts in the metadata of its file. Except for the first four, the keys and values
/// are those of a model file (docs/model-file.md).
/// </summary>
internal static class ExportMetadata
{
    // The first key is what other readers of safetensors look for.
    private const string FormatKey = "format", Format = "pt", TaskKey = "elman.task", ReadoutKey = "elman.readout",
        ModulesKey = "elman.modules", EveryStep = "every step";

    /// <summary>Returns the texts.</summary>
    public static Dictionary<string, string> Of(FittedModel known, IReadOnlyList<string> modules)
    {
        ModelSpec spec = known.Model.Spec;
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [FormatKey] = Format,
            [TaskKey] = known.Task.Name,
            [ReadoutKey] = spec.ReadsEveryStep ? EveryStep : spec.Readout.Name,
            [ModulesKey] = MetadataJson.Write(modules),
            ["elman.classes"] = MetadataJson.Write(known.Names),
        };
        if (known.Preprocessing.Standardization is { } scale)
            texts["elman.standardization"] = MetadataJson.Write(scale);
        if (known.TargetScale is { } targets)
            texts["elman.targetScale"] = MetadataJson.Write(targets);
        if (known.Members[0].Temperature != 1)
            texts["elman.temperature"] = known.Members[0].Temperature.ToString("R", CultureInfo.InvariantCulture);
        if (known.Origin.ChannelNames.Count > 0)
            texts["elman.channels"] = MetadataJson.Write(known.Origin.ChannelNames);
        if (known.Origin.Preparation is { } preparation)
            texts["elman.preparation"] = preparation;
        if (!known.Origin.Offsets.IsNone)
            texts["elman.offsets"] = OffsetsJson.Write(known.Origin.Offsets);
        if (known.Origin.Vocabularies.Count > 0)
            texts["elman.vocabularies"] = VocabularyJson.Write(known.Origin.Vocabularies);
        return texts;
    }
}
