using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Describes the shape of a model: its cell with options, its layers and directions.</summary>
internal static class ShapeReport
{
    /// <summary>Describes the shape as text, such as <c>lstm, 96 units, peepholes</c>.</summary>
    public static string Describe(TrainingOptions options) =>
        string.Join(", ", options.Cell.Options.Select(option => option.Describe(options.Cell)).OfType<string>()
            .Prepend(Units(options)).Prepend(options.Cell.Name));

    /// <summary>Describes the shape of a model that may be an average of several models.</summary>
    public static string Describe(SequenceEstimator model) => model.Members.Count == 1
        ? Describe(model.Options)
        : $"average of {Figures.Count(model.Members.Count, "model")}: "
            + string.Join(", ", model.Members.GroupBy(member => member.Name).Select(Share));

    /// <summary>Writes JSON: the options of the cell as members.</summary>
    public static void WriteJson(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteString("cell", options.Cell.Name);
        json.WriteStartArray("layers");
        foreach (int units in options.ResolvedLayers)
            json.WriteNumberValue(units);
        json.WriteEndArray();
        json.WriteStringOrNull("bidirectional", options.Model.Bidirectional ? OptionText.Of(options.Model.Merge) : null);
        json.WriteBoolean("residual", options.Model.Residual);
        json.WriteNumber("zoneout", options.Model.Zoneout);
        json.WriteString("readout", options.Model.Readout.Name);
        foreach (OptionDefinition<CellOptions> option in options.Cell.Options.Where(option => option.ShapesModel))
            option.WriteJson(json, options.Cell);
    }

    private static string Share(IGrouping<string, MemberInfo> members)
    {
        int count = members.Count();
        return $"{Figures.Percent(members.Sum(member => member.Weight))} {members.Key}{(count > 1 ? $" ({Figures.Count(count)})" : "")}";
    }

    /// <summary>Describes the units, such as <c>128 + 64 units in each direction</c> for two layers.</summary>
    private static string Units(TrainingOptions options)
    {
        ModelOptions model = options.Model;
        string sizes = string.Join(" + ", options.ResolvedLayers.Select(units => Figures.Count(units)));
        string words = $"{sizes} {(options.ResolvedLayers is [1] ? "unit" : "units")}";
        if (model.Bidirectional)
            words += $" in each direction{(model.Merge == default ? "" : $", merged by their {OptionText.Of(model.Merge)}")}";
        return model.Residual ? $"{words}, residual" : words;
    }
}
