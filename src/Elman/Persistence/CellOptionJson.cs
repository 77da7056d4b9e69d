using System.Text.Json;
using Elman.Cells;

namespace Elman.Persistence;

/// <summary>The options that only some cells take, as fields of a model's description.</summary>
internal static class CellOptionJson
{
    /// <summary>Those that shape a model. What shapes the first weights is gone once they are drawn.</summary>
    public static IEnumerable<CellOption> All => Enum.GetValues<CellOption>().Where(option => option.ShapesModel());

    /// <summary>
    /// Whether the field is there in every file of a cell that takes the option, or only where it is not at its default,
    /// as in files from before there was the option.
    /// </summary>
    public static bool IsAlwaysThere(CellOption option) =>
        option is CellOption.Activation or CellOption.GruReset or CellOption.Peepholes or CellOption.CoupledGates
            or CellOption.GateClip or CellOption.LeakRate;

    /// <summary>The name of the field: <c>CoupledGates</c> becomes <c>coupledGates</c>.</summary>
    public static string NameOf(CellOption option) => JsonNamingPolicy.CamelCase.ConvertName(option.ToString());

    /// <summary>Writes a field, unless the option does not shape a model.</summary>
    public static void Write(Utf8JsonWriter json, CellOption option, CellOptions options)
    {
        string name = NameOf(option);
        switch (option)
        {
            case CellOption.Activation: json.WriteString(name, options.Activation.Name); break;
            case CellOption.GateActivation: json.WriteString(name, options.GateActivation.Name); break;
            case CellOption.CandidateActivation: json.WriteString(name, options.CandidateActivation.Name); break;
            case CellOption.OutputActivation: json.WriteString(name, options.OutputActivation.Name); break;
            case CellOption.GruReset: json.WriteString(name, NameOf(options.GruReset)); break;
            case CellOption.Peepholes: json.WriteBoolean(name, options.Peepholes); break;
            case CellOption.CoupledGates: json.WriteBoolean(name, options.CoupledGates); break;
            case CellOption.GateClip when double.IsPositiveInfinity(options.GateClip): json.WriteNull(name); break; // JSON has no infinity
            case CellOption.GateClip: json.WriteNumber(name, options.GateClip); break;
            case CellOption.Projection: json.WriteNumber(name, options.Projection); break;
            case CellOption.LayerNorm: json.WriteBoolean(name, options.LayerNorm); break;
            case CellOption.LeakRate: json.WriteNumber(name, options.LeakRate); break;
            case CellOption.Mix: json.WriteBoolean(name, options.Mix); break;
            case var other when !other.ShapesModel(): break;
            default: throw new ArgumentOutOfRangeException(nameof(option), option, "Not an option.");
        }
    }

    /// <summary>The options with one more field read.</summary>
    /// <param name="field">The field's value.</param>
    /// <param name="option">Which option it is.</param>
    /// <param name="options">The options so far.</param>
    /// <param name="custom">An activation of the caller's own that the field may name.</param>
    /// <exception cref="FormatException">The value is none that the field may have.</exception>
    public static CellOptions Read(JsonElement field, CellOption option, CellOptions options, Activation? custom) => option switch
    {
        CellOption.Activation => options with { Activation = FindActivation(Word(field, option), custom) },
        CellOption.GateActivation => options with { GateActivation = FindActivation(Word(field, option), null) },
        CellOption.CandidateActivation => options with { CandidateActivation = FindActivation(Word(field, option), null) },
        CellOption.OutputActivation => options with { OutputActivation = FindActivation(Word(field, option), null) },
        CellOption.GruReset => options with { GruReset = FindReset(Word(field, option)) },
        CellOption.Peepholes => options with { Peepholes = Boolean(field, option) },
        CellOption.CoupledGates => options with { CoupledGates = Boolean(field, option) },
        CellOption.GateClip => options with { GateClip = Limit(field, option) },
        CellOption.Projection => options with { Projection = Size(field, option) },
        CellOption.LayerNorm => options with { LayerNorm = Boolean(field, option) },
        CellOption.LeakRate => options with { LeakRate = Share(field, option) },
        CellOption.Mix => options with { Mix = Boolean(field, option) },
        _ => throw new ArgumentOutOfRangeException(nameof(option), option, "Not an option that shapes a model."),
    };

    private static Activation FindActivation(string name, Activation? custom)
    {
        if (custom is not null && custom.Name == name)
            return custom;
        string withoutParameters = name.Split('(')[0];
        return Activation.BuiltInNames.Contains(withoutParameters, StringComparer.OrdinalIgnoreCase)
            ? Activation.Parse(name)
            : throw new FormatException($"the activation '{name}' is not built in; pass it when you load the model.");
    }

    private static string NameOf(GruReset reset) => reset == GruReset.Before ? "before" : "after";

    private static GruReset FindReset(string word) => word switch
    {
        "after" => GruReset.After,
        "before" => GruReset.Before,
        _ => throw new FormatException($"{NameOf(CellOption.GruReset)} is '{word}'; it may be after or before."),
    };

    private static string Word(JsonElement field, CellOption option) =>
        field.ValueKind == JsonValueKind.String
            ? field.GetString()!
            : throw new FormatException($"{NameOf(option)} is {field.GetRawText()}; it must be a text.");

    private static bool Boolean(JsonElement field, CellOption option) =>
        field.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? field.GetBoolean()
            : throw new FormatException($"{NameOf(option)} is {field.GetRawText()}; it may be true or false.");

    private static int Size(JsonElement field, CellOption option) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetInt32(out int size) && size >= 0 ? size
        : throw new FormatException($"{NameOf(option)} is {field.GetRawText()}; it must be a whole number, 0 for none.");

    private static double Share(JsonElement field, CellOption option) =>
        field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out double share) && share is > 0 and <= 1 ? share
        : throw new FormatException($"{NameOf(option)} is {field.GetRawText()}; it must be a number above 0 and at most 1.");

    private static double Limit(JsonElement field, CellOption option) =>
        field.ValueKind == JsonValueKind.Null ? double.PositiveInfinity
        : field.ValueKind == JsonValueKind.Number && field.TryGetDouble(out double limit) && double.IsFinite(limit) && limit > 0 ? limit
        : throw new FormatException($"{NameOf(option)} is {field.GetRawText()}; it must be a number above 0, or null for no limit.");
}
