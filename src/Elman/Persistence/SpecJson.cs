using System.Text.Json;
using Elman.Cells;
using Elman.Files;
using Elman.Models;
using Elman.Readouts;
using Elman.Sequences;
using Elman.Sequences.Stages;

namespace Elman.Persistence;

/// <summary>The description of a model in its file's metadata.</summary>
/// <remarks>
/// Fields at their defaults are left out, except the cell's own options and the sizes. Of the options that only some cells have, only those
/// of this cell are written.
/// </remarks>
internal static class SpecJson
{
    /// <summary>All fields but the options of cells; the last two are those of files of version 1.</summary>
    private static readonly string[] _fields =
    [
        "cell", "inputSize", "layers", "bidirectional", "residual", "zoneout", "readout", "task", "horizon", "missing", "stages",
        "embeddings", "outputSize", "hiddenSize", "classCount",
    ];

    public static string Write(ModelSpec spec) => MetadataJson.Text(json =>
    {
        json.WriteStartObject();
        json.WriteString("cell", spec.Cell.Name);
        json.WriteNumber("inputSize", spec.InputSize);
        json.WriteStartArray("layers");
        foreach (int size in spec.Layers)
            json.WriteNumberValue(size);
        json.WriteEndArray();
        if (spec.Bidirectional)
            json.WriteString("bidirectional", NameOf(spec.Merge));
        if (spec.Residual)
            json.WriteBoolean("residual", spec.Residual);
        if (spec.Zoneout != 0)
            json.WriteNumber("zoneout", spec.Zoneout);
        if (spec.Readout.Kind != ReadoutKind.Last)
            json.WriteString("readout", spec.Readout.FieldValue);
        if (spec.Task != default)
            json.WriteString("task", NameOf(spec.Task));
        if (spec.Task == ModelTask.Forecast)
            json.WriteNumber("horizon", spec.Horizon);
        if (spec.Missing != default)
            json.WriteString("missing", NameOf(spec.Missing));
        if (!spec.Stages.IsNone)
        {
            json.WritePropertyName("stages");
            spec.Stages.Write(json);
        }
        if (spec.Symbols.Count > 0)
            Write(json, spec.Symbols);
        json.WriteNumber("outputSize", spec.OutputSize);
        foreach (OptionDefinition<CellOptions> option in spec.Cell.Options.Where(option => option.ShapesModel))
            if (option.IsAlwaysWritten || !option.IsDefault(spec.Cell))
                option.WriteJson(json, spec.Cell);
        json.WriteEndObject();
    });

    /// <param name="text">The text.</param>
    /// <param name="load">The custom code that the text may name.</param>
    /// <exception cref="FormatException">The text does not describe a model.</exception>
    public static ModelSpec Read(string text, LoadOptions load)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        string name = MetadataJson.Field(root, "cell").GetString() ?? throw new FormatException("cell is null.");
        var spec = new ModelSpec
        {
            Cell = ReadCell(root, name, load),
            InputSize = Size(root, "inputSize"),
            Missing = Word<MissingValues>(root, "missing"),
            Stages = root.TryGetProperty("stages", out JsonElement stages) ? InputStages.Read(stages) : InputStages.None,
            Symbols = ReadSymbols(root),
            Layers = ReadLayers(root),
            Bidirectional = root.TryGetProperty("bidirectional", out _),
            Merge = Word<DirectionMerge>(root, "bidirectional"),
            Residual = root.TryGetProperty("residual", out JsonElement residual) && residual.GetBoolean(),
            Zoneout = root.TryGetProperty("zoneout", out JsonElement zoneout) ? zoneout.GetDouble() : 0,
            Readout = ReadReadout(root, load),
            Task = Word<ModelTask>(root, "task"),
            Horizon = root.TryGetProperty("horizon", out _) ? Size(root, "horizon") : 1,
            OutputSize = Size(
                root, root.TryGetProperty("outputSize", out _) || !root.TryGetProperty("classCount", out _) ? "outputSize" : "classCount"),
        };
        RefuseUnknown(root, spec.Cell);
        IReadOnlyList<string> problems = spec.FindProblems();
        return problems.Count == 0 ? spec : throw new FormatException(string.Join(' ', problems));
    }

    private static CellOptions ReadCell(JsonElement root, string name, LoadOptions load)
    {
        CellOptions cell = load.FindCell(name) ?? CellOptions.FromString(name);
        if (cell is UnknownCell or AutoOptions)
            throw new FormatException($"the cell {Quoted(name)} is unknown to this version; if it is a custom cell, name it in "
                + "LoadOptions.CustomCells.");
        foreach (OptionDefinition<CellOptions> option in cell.Options.Where(option => option.ShapesModel))
            if (option.IsAlwaysWritten || root.TryGetProperty(option.FieldName, out _))
                cell = ReadOption(MetadataJson.Field(root, option.FieldName), option, cell, load);
        RefuseOthers(root, cell);
        return cell;
    }

    private static Readout ReadReadout(JsonElement root, LoadOptions load)
    {
        if (!root.TryGetProperty("readout", out JsonElement field))
            return Readout.Last;
        string? name = field.GetString();
        return load.FindReadout(name) ?? Readout.All.FirstOrDefault(readout => readout.FieldValue == name)
            ?? throw new FormatException($"the readout {Quoted(name)} is unknown to this version; if it is a custom readout, name it in "
                + "LoadOptions.CustomReadouts.");
    }

    private static CellOptions ReadOption(
        JsonElement field, OptionDefinition<CellOptions> option, CellOptions cell, LoadOptions load)
    {
        if (option.ValueOf(cell) is not Activation || field.ValueKind != JsonValueKind.String)
            return option.ReadJson(field, cell);
        string function = field.GetString()!;
        if (option.Name == nameof(RnnOptions.Activation) && load.FindActivation(function) is { } custom)
            return option.With(cell, custom);
        return Activation.BuiltInNames.Contains(function.Split('(')[0], StringComparer.OrdinalIgnoreCase)
            ? option.ReadJson(field, cell)
            : throw new FormatException($"the activation {Quoted(function)} is not built in; pass it when you load the model.");
    }

    /// <summary>Refuses options of other cells that are not at their defaults; files of version 1 have such options.</summary>
    private static void RefuseOthers(JsonElement root, CellOptions cell)
    {
        foreach (IGrouping<string, (CellOptions Cell, OptionDefinition<CellOptions> Option)> others in CellCatalog.All
            .SelectMany(other => other.Options.Where(option => option.ShapesModel).Select(option => (Cell: other, Option: option)))
            .GroupBy(pair => pair.Option.FieldName)
            .Where(pairs => cell.FindOption(pairs.First().Option.Name) is null && root.TryGetProperty(pairs.Key, out _)))
        {
            (CellOptions other, OptionDefinition<CellOptions> option) = others.First();
            if (!option.IsDefault(option.ReadJson(root.GetProperty(others.Key), other)))
                throw new FormatException(CellCatalog.Refusal(option.Name, cell));
        }
    }

    /// <summary>A field of a later version may change what the model computes, so it must not be ignored.</summary>
    private static void RefuseUnknown(JsonElement root, CellOptions cell)
    {
        string[] known = [.. _fields, .. CellCatalog.All.Append(cell).SelectMany(one => one.Options).Select(option => option.FieldName)];
        string[] unknown = [.. root.EnumerateObject().Select(field => field.Name).Except(known, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new FormatException($"the description has the field {Quoted(unknown[0])}, which this version does not know; "
                + "a later version may read the file.");
    }

    private static int Size(JsonElement root, string name)
    {
        int size = MetadataJson.Field(root, name).GetInt32();
        return size is >= 1 and <= ModelSpec.MaxSize
            ? size
            : throw new FormatException($"{name} is {size}; it may be 1 to {ModelSpec.MaxSize}.");
    }

    /// <remarks>Files of version 1 have one layer, <c>hiddenSize</c>, and call the outputs <c>classCount</c>.</remarks>
    private static LayerSizes ReadLayers(JsonElement root) =>
        !root.TryGetProperty("layers", out _) && root.TryGetProperty("hiddenSize", out JsonElement size)
            ? [size.GetInt32()]
            : [.. MetadataJson.Field(root, "layers").EnumerateArray().Select(layer => layer.GetInt32())];

    private static void Write(Utf8JsonWriter json, SymbolTables tables)
    {
        json.WriteStartArray("embeddings");
        foreach (SymbolTable table in tables)
        {
            json.WriteStartObject();
            json.WriteNumber("channel", table.Channel);
            json.WriteNumber("symbols", table.Symbols);
            json.WriteNumber("size", table.Size);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static SymbolTables ReadSymbols(JsonElement root) => !root.TryGetProperty("embeddings", out JsonElement tables)
        ? SymbolTables.None
        : new(tables.EnumerateArray().Select(table => new SymbolTable(
            MetadataJson.Field(table, "channel").GetInt32(), MetadataJson.Field(table, "symbols").GetInt32(),
            MetadataJson.Field(table, "size").GetInt32())));

    private static string NameOf<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Reads one of several words; the default if the field is missing.</summary>
    private static T Word<T>(JsonElement root, string field)
        where T : struct, Enum
    {
        if (!root.TryGetProperty(field, out JsonElement word))
            return default;
        T[] found = [.. Enum.GetValues<T>().Where(value => word.ValueKind == JsonValueKind.String && NameOf(value) == word.GetString())];
        return found.Length == 1
            ? found[0]
            : throw new FormatException(
                $"{field} is {word.GetRawText()}; it may be {string.Join(", ", Enum.GetValues<T>().Select(NameOf))}.");
    }
}
