using System.Globalization;
using Elman.Fitted;
using Elman.Models;

namespace Elman.PyTorch.Writing;

/// <summary>What a model does that modules of PyTorch don't, and how a program does it, as sentences.</summary>
internal static class ExportNotes
{
    private const string InMetadata = "of the file's metadata";

    /// <summary>Returns the sentences.</summary>
    /// <param name="known">The model.</param>
    /// <param name="embeddings">The names of the embeddings.</param>
    public static IEnumerable<string> Of(FittedModel known, IReadOnlyList<string> embeddings)
    {
        ModelSpec spec = known.Model.Spec;
        if (!known.Origin.Offsets.IsNone)
            yield return $"The model subtracts offsets from its values: subtract those in 'elman.offsets' {InMetadata} first, and add them "
                + "to numbers that are predicted.";
        if (known.Preprocessing.Standardization is not null)
            yield return $"The model standardises its inputs: in PyTorch compute x = (x − means) / deviations with the numbers in "
                + $"'elman.standardization' {InMetadata}.";
        if (known.Origin.Vocabularies.Count > 0)
            yield return "The model takes text: in PyTorch replace each symbol by its number, that of the list in 'elman.vocabularies' "
                + $"{InMetadata} plus 1, and a symbol that is not in the list by 0.";
        if (embeddings.Count > 0 && (embeddings.Count > 1 || spec.Channels > embeddings.Count))
            yield return "The first recurrent module takes the channels of numbers, then the vectors of "
                + $"{string.Join(", ", embeddings)}: torch.cat them in this order in the last dimension.";
        if (spec.Missing != MissingValues.Refuse)
            yield return "The model takes missing values; modules of PyTorch compute NaN with them, so fill them first.";
        if (spec.Layers.Distinct().Count() > 1)
            yield return "The layers have different sizes, so that they are several modules: give each the output of the one before.";
        if (known.Members[0].Temperature is not 1 and var temperature)
            yield return $"The scores are calibrated: divide them by {temperature.ToString("R", CultureInfo.InvariantCulture)} "
                + $"('elman.temperature' {InMetadata}) before softmax or sigmoid.";
        if (known.TargetScale is not null)
            yield return "The numbers that the model predicts are scaled: multiply outputs by the deviations in 'elman.targetScale' "
                + $"{InMetadata} and add its means.";
        if (spec.Task == ModelTask.Forecast && known.Preprocessing.Standardization is not null)
            yield return "Forecasts are in standardised units: multiply them by the deviations of their channels and add the means.";
        if (spec is { Bidirectional: true, ReadsEveryStep: false } && spec.Readout == Readout.Last)
            yield return "The output layer takes the last state of both directions, torch.cat([h_n[-2], h_n[-1]], 1), not output[:, -1].";
    }
}
