using Elman.Models;
using Elman.Readouts;
using Elman.Sequences;
using Elman.Stack;

namespace Elman.Fitted;

/// <summary>Lists the parts of a model.</summary>
internal static class ModelDescription
{
    /// <summary>
    /// Returns the parts of all members, in the order in which data pass through them; for several members, with the prefix of their
    /// tensors in a file.
    /// </summary>
    public static IReadOnlyList<LayerInfo> Of(FittedModel fitted) => fitted.Members.Length == 1
        ? Of(fitted.Model)
        : [.. fitted.Members.SelectMany((member, m) => Of(member.Model)
            .Select(part => part with { Name = FormattableString.Invariant($"member.{m}.{part.Name}") }))];

    private static List<LayerInfo> Of(SequenceModel<float> model)
    {
        ModelSpec spec = model.Spec;
        var parts = new List<LayerInfo>();
        foreach (SymbolTable table in spec.Symbols)
        {
            string name = FormattableString.Invariant($"embedding.{table.Channel}");
            parts.Add(new LayerInfo(name, "embedding", 1, table.Size, true, true, Count(model, name)) { Symbols = table.Symbols });
        }
        for (int index = 0; index < model.Layers.Count; index++)
        {
            StackLayer<float> layer = model.Layers[index];
            string name = FormattableString.Invariant($"rnn.{index}"),
                directions = spec.Bidirectional ? $", both ways, {Merged(spec.Merge)}" : "";
            string kind = $"{spec.Cell}{directions}{(layer.IsResidual ? ", residual" : "")}";
            parts.Add(new LayerInfo(name, kind, layer.InputSize, layer.OutputSize, true, true, Count(model, name))
            { IsFixed = model.IsReservoir });
        }
        int width = model.Layers[^1].OutputSize, features = model.Output.InputSize;
        if (!spec.ReadsEveryStep)
            parts.Add(new LayerInfo(
                "readout", spec.Readout.Name, width, features, true, false, Count(model, "attention") + Count(model, "counts"))
            { IsFixed = model.Readout is CountsReadout<float> });
        parts.Add(
            new LayerInfo("output", "dense", features, spec.OutputSize, spec.ReadsEveryStep, spec.ReadsEveryStep, Count(model, "output")));
        return parts;
    }

    private static string Merged(DirectionMerge merge) => merge switch
    {
        DirectionMerge.Concatenate => "side by side",
        DirectionMerge.Sum => "summed",
        DirectionMerge.Mean => "averaged",
        _ => "multiplied",
    };

    private static long Count(SequenceModel<float> model, string name) =>
        model.Values.Layout.Slices.Where(slice => slice.Name.StartsWith(name + ".", StringComparison.Ordinal))
            .Sum(slice => (long)slice.Count);
}
