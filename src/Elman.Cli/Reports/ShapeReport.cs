using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Says what a model is made of: its cell with options, layers and directions.</summary>
internal static class ShapeReport
{
    /// <summary>In words, such as <c>lstm, 96 units, peepholes</c>.</summary>
    public static string Describe(TrainingOptions options) =>
        string.Join(", ", options.Cell.Options.Select(option => option.Describe(options.Cell)).OfType<string>()
            .Prepend(Units(options)).Prepend(options.Cell.Name));

    /// <summary>In words, of a model that may be an average of several.</summary>
    public static string Describe(SequenceEstimator model) => model.Members.Count == 1
        ? Describe(model.Options)
        : $"average of {Figures.Count(model.Members.Count, "model")}: "
            + string.Join(", ", model.Members.GroupBy(member => member.Name).Select(Share));

    /// <summary>For programs: the cell's own options as members.</summary>
    public static void WriteJson(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteString("cell", options.Cell.Name);
        json.WriteStartArray("layers");
        foreach (int units in options.Layers)
            json.WriteNumberValue(units);
        json.WriteEndArray();
        json.WriteStringOrNull("bidirectional", options.Bidirectional ? OptionText.Of(options.Merge) : null);
        json.WriteBoolean("residual", options.Residual);
        json.WriteNumber("zoneout", options.Zoneout);
        json.WriteString("readout", OptionText.Of(options.Readout));
        foreach (OptionDefinition<CellOptions> option in options.Cell.Options.Where(option => option.ShapesModel))
            option.WriteJson(json, options.Cell);
    }

    private static string Share(IGrouping<string, MemberInfo> members)
    {
        int count = members.Count();
        return $"{Figures.Percent(members.Sum(member => member.Weight))} {members.Key}{(count > 1 ? $" ({Figures.Count(count)})" : "")}";
    }

    /// <summary>Such as <c>128 + 64 units in each direction</c> for two layers.</summary>
    private static string Units(TrainingOptions options)
    {
        string sizes = string.Join(" + ", options.Layers.Select(units => Figures.Count(units)));
        string words = $"{sizes} {(options.Layers is [1] ? "unit" : "units")}";
        if (options.Bidirectional)
            words += $" in each direction{(options.Merge == default ? "" : $", merged by their {OptionText.Of(options.Merge)}")}";
        return options.Residual ? $"{words}, residual" : words;
    }
}
