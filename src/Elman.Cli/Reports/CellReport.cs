using System.Text.Json;
using Elman.Cli.Options;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Tells what a recurrent layer is: its cell with its options.</summary>
internal static class CellReport
{
    private static readonly TrainingOptions _defaults = new();
    /// <summary>What shapes the first weights or training: a model file has what came of it.</summary>
    private static readonly string[] _goneOnceLearned =
    [
        nameof(TrainingOptions.ForgetBias), nameof(TrainingOptions.SpectralRadius), nameof(TrainingOptions.ReservoirDensity),
        nameof(TrainingOptions.InputScale), nameof(TrainingOptions.LongestMemory), nameof(TrainingOptions.Ridge),
    ];

    /// <summary>In words, such as <c>lstm, 96 units, peepholes</c>.</summary>
    public static string Describe(TrainingOptions options) =>
        string.Join(", ", TrainingOptions.OptionsOfCell(options.Cell).Select(name => Word(name, options)).OfType<string>()
            .Prepend(Units(options)).Prepend(options.Cell));

    /// <summary>In words, of a model that may be an average of several.</summary>
    public static string Describe(SequenceEstimator model) => model.Members.Count == 1
        ? Describe(model.Options)
        : $"average of {Figures.Count(model.Members.Count, "model")}: "
            + string.Join(", ", model.Members.GroupBy(member => member.Name).Select(Share));

    private static string Share(IGrouping<string, MemberInfo> members)
    {
        int count = members.Count();
        return $"{Figures.Percent(members.Sum(member => member.Weight))} {members.Key}{(count > 1 ? $" ({Figures.Count(count)})" : "")}";
    }

    /// <summary>For programs: the cell's own options as members.</summary>
    public static void WriteJson(Utf8JsonWriter json, TrainingOptions options)
    {
        json.WriteString("cell", options.Cell);
        json.WriteStartArray("layers");
        foreach (int units in options.Layers)
            json.WriteNumberValue(units);
        json.WriteEndArray();
        json.WriteStringOrNull("bidirectional", options.Bidirectional ? Words.Of(options.Merge) : null);
        json.WriteBoolean("residual", options.Residual);
        json.WriteNumber("zoneout", options.Zoneout);
        json.WriteString("readout", Words.Of(options.Readout));
        foreach (string name in options.IsAuto ? [] : TrainingOptions.OptionsOfCell(options.Cell))
        {
            switch (name)
            {
                case nameof(options.Activation): json.WriteString("activation", options.Activation.Name); break;
                case nameof(options.GateActivation): json.WriteString("gateActivation", options.GateActivation.Name); break;
                case nameof(options.CandidateActivation): json.WriteString("candidateActivation", options.CandidateActivation.Name); break;
                case nameof(options.OutputActivation): json.WriteString("outputActivation", options.OutputActivation.Name); break;
                case nameof(options.Projection): json.WriteNumber("projection", options.Projection); break;
                case nameof(options.LayerNorm): json.WriteBoolean("layerNorm", options.LayerNorm); break;
                case nameof(options.GruReset): json.WriteString("gruReset", Words.Of(options.GruReset)); break;
                case nameof(options.Peepholes): json.WriteBoolean("peepholes", options.Peepholes); break;
                case nameof(options.CoupledGates): json.WriteBoolean("coupledGates", options.CoupledGates); break;
                case nameof(options.GateClip): json.WriteNumberOrNull("gateClip", options.GateClip); break;
                case nameof(options.LeakRate): json.WriteNumber("leakRate", options.LeakRate); break;
                case nameof(options.Mix): json.WriteBoolean("mix", options.Mix); break;
                case var other when _goneOnceLearned.Contains(other): break;
                default: throw new NotSupportedException($"The option {name} is not reported.");
            }
        }
    }

    /// <summary>Such as <c>128 + 64 units in each direction</c> for two layers.</summary>
    private static string Units(TrainingOptions options)
    {
        string sizes = string.Join(" + ", options.Layers.Select(units => Figures.Count(units)));
        string words = $"{sizes} {(options.Layers is [1] ? "unit" : "units")}";
        if (options.Bidirectional)
            words += $" in each direction{(options.Merge == default ? "" : $", merged by their {Words.Of(options.Merge)}")}";
        return options.Residual ? $"{words}, residual" : words;
    }

    private static string? Unusual(string what, Activation function, Activation usual) =>
        function.Name == usual.Name ? null : $"{what} through {function.Name}";

    /// <summary>What is to be said of an option; <see langword="null"/> where it is nothing out of the ordinary.</summary>
    private static string? Word(string name, TrainingOptions options) => name switch
    {
        nameof(options.Activation) => options.Activation.Name,
        nameof(options.GateActivation) => Unusual("gates", options.GateActivation, _defaults.GateActivation),
        nameof(options.CandidateActivation) => Unusual("candidate", options.CandidateActivation, _defaults.CandidateActivation),
        nameof(options.OutputActivation) => Unusual("output", options.OutputActivation, _defaults.OutputActivation),
        nameof(options.Projection) => options.Projection > 0 ? $"projected to {Figures.Count(options.Projection)}" : null,
        nameof(options.LayerNorm) => options.LayerNorm ? "gates normalised" : null,
        nameof(options.GruReset) => $"reset gate {Words.Of(options.GruReset)} the product",
        nameof(options.Peepholes) => options.Peepholes ? "peepholes" : null,
        nameof(options.CoupledGates) => options.CoupledGates ? "input and forget gate coupled" : null,
        nameof(options.GateClip) => double.IsFinite(options.GateClip) ? $"gates limited to ±{Figures.Number(options.GateClip)}" : null,
        nameof(options.Mix) => options.Mix ? "mixed" : null,
        nameof(options.LeakRate) => $"leak rate {Figures.Number(options.LeakRate)}",
        var other when _goneOnceLearned.Contains(other) => null,
        _ => throw new NotSupportedException($"The option {name} is not reported."),
    };
}
