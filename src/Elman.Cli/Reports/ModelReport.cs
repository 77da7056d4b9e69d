using System.Text.Json;
using Elman.Cli.Output;
using Elman.Cli.Tasks;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes a model file.</summary>
internal static class ModelReport
{
    /// <summary>Writes for people.</summary>
    public static void Write(Terminal terminal, string path, TaskRun task)
    {
        SequenceEstimator model = task.Estimator;
        Lines.Write(terminal, $"{path}: {CellReport.Describe(model)}; {Parameters(model)}");
        Lines.Write(terminal, $"Takes sequences of {Figures.Count(model.Channels, "channel")}, any length");
        Lines.Write(terminal, task.Knows);
        if (model.Summary is { } summary)
        {
            Lines.Write(terminal, $"Trained on {Figures.Count(summary.Sequences, "sequence")} {(model.Options.IsReservoir ? "in one pass" : $"for {Figures.Count(summary.Epochs, "epoch")}")}, seed {summary.Seed}{(summary.Cancelled ? ", stopped before its end" : "")}");
            Lines.Write(terminal, $"Training loss {Figures.Loss(summary.TrainLoss)}");
            if (summary.ValidationLoss is { } loss)
                Lines.Write(terminal, $"Validation loss {Figures.Loss(loss)}{(summary.ValidationAccuracy is { } accuracy ? $", accuracy {Figures.Percent(accuracy)}" : "")}{(model.Options.IsReservoir ? "" : $", at its best in epoch {summary.BestEpoch}, which is kept")}");
        }
        terminal.Tables.Write(Parts(terminal, model));
        InputReport.Write(terminal, model);
    }

    private static void WriteMembers(Utf8JsonWriter json, IReadOnlyList<MemberInfo> members)
    {
        json.WriteStartArray("members");
        foreach (MemberInfo member in members)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            json.WriteNumber("weight", member.Weight);
            json.WriteNumber("temperature", member.Temperature);
            json.WriteString("cell", member.Options.Cell);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>How many numbers a model has, and how many of them were learned where those are not all.</summary>
    public static string Parameters(SequenceEstimator model) =>
        Figures.Count(model.ParameterCount, "parameter") + (model.LearnedParameterCount == model.ParameterCount ? "" : $", {Figures.Count(model.LearnedParameterCount)} of them learned");

    /// <summary>What the model consists of, with shapes: T for the steps of a sequence. A narrow screen has room for what goes out alone.</summary>
    private static Table Parts(Terminal terminal, SequenceEstimator model)
    {
        bool isNarrow = Tables.IsNarrow(terminal);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "part"));
        foreach (string heading in isNarrow ? ["out"] : (string[])["kind", "in", "out"])
            table.AddColumn(Tables.Texts(terminal, heading));
        table.AddColumn(Tables.Numbers(terminal, isNarrow ? "numbers" : "parameters"));
        foreach (LayerInfo layer in model.Layers)
        {
            string kind = layer.Symbols is { } symbols ? $"{layer.Kind}, {Figures.Count(symbols, "symbol")}" : layer.Kind;
            string takes = Shape(layer.TakesSteps, layer.Inputs), gives = Shape(layer.GivesSteps, layer.Outputs);
            string numbers = $"{Figures.Count(layer.Parameters)}{(layer.IsFixed ? isNarrow ? "*" : " fixed" : "")}";
            string[] cells = isNarrow ? [layer.Name, gives, numbers] : [layer.Name, kind, takes, gives, numbers];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }
        return table;
    }

    private static string Shape(bool isPerStep, int size) => isPerStep ? $"[T, {size}]" : $"[{size}]";

    /// <summary>Writes for programs.</summary>
    public static void WriteJson(TextWriter output, string path, TaskRun task) => JsonText.WriteObject(output, json =>
    {
        SequenceEstimator model = task.Estimator;
        json.WriteString("type", "model");
        json.WriteString("model", path);
        CellReport.WriteJson(json, model.Options);
        if (model.Members.Count > 1)
            WriteMembers(json, model.Members);
        json.WriteNumber("channels", model.Channels);
        task.WriteMembers(json);
        json.WriteNumber("parameters", model.ParameterCount);
        json.WriteStartArray("parts");
        foreach (LayerInfo layer in model.Layers)
        {
            json.WriteStartObject();
            json.WriteString("name", layer.Name);
            json.WriteString("kind", layer.Kind);
            if (layer.Symbols is { } symbols)
                json.WriteNumber("symbols", symbols);
            json.WriteNumber("inputs", layer.Inputs);
            json.WriteNumber("outputs", layer.Outputs);
            json.WriteNumber("parameters", layer.Parameters);
            json.WriteBoolean("learned", !layer.IsFixed);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        InputReport.WriteJson(json, model);
        if (model.Summary is { } summary)
        {
            json.WriteStartObject("training");
            json.WriteNumber("sequences", summary.Sequences);
            json.WriteNumber("epochs", summary.Epochs);
            json.WriteNumber("bestEpoch", summary.BestEpoch);
            json.WriteNumberOrNull("trainLoss", summary.TrainLoss);
            json.WriteNumberOrNull("validationLoss", summary.ValidationLoss);
            json.WriteNumberOrNull("validationAccuracy", summary.ValidationAccuracy);
            json.WriteNumber("seed", summary.Seed);
            json.WriteBoolean("cancelled", summary.Cancelled);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("training");
        }
    });
}
