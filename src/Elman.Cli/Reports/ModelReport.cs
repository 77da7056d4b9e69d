using Elman.Cli.Output;
using Elman.Cli.Tasks;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes a model file.</summary>
internal static class ModelReport
{
    /// <summary>Writes text.</summary>
    public static void Write(Terminal terminal, string path, TaskRun task)
    {
        SequenceEstimator model = task.Estimator;
        Lines.Write(terminal, $"{path}: {ShapeReport.Describe(model)}; {Parameters(model)}");
        Lines.Write(terminal, $"Input: sequences of {Figures.Count(model.Channels, "channel")}, any "
            + $"length{(model.CanStream ? "" : "; it needs whole sequences and can't run on a stream")}");
        if (model.ChannelNames.Count > 0)
            Lines.Write(terminal, $"Channels: {string.Join(", ", model.ChannelNames)}");
        if (model.Preparation is not null)
            Lines.Write(terminal, $"Values computed as: {model.Preparation}");
        if (ColumnReport.Describe(model.Columns) is { } columns)
            Lines.Write(terminal, $"Trained on a table in {columns}");
        OffsetReport.Write(terminal, model.Offsets, ColumnReport.Channels(model.ChannelNames, model.Channels));
        TextReport.Write(terminal, model);
        Lines.Write(terminal, task.Knows);
        if (model.Summary is { } summary)
        {
            WriteTraining(terminal, model, summary);
        }
        if (model.Members.Count > 1)
            MemberTable.Write(terminal, model.Members);
        else
            terminal.Tables.Write(Parts(terminal, model));
        InputReport.Write(terminal, model);
    }

    /// <summary>Writes the training settings and the results.</summary>
    private static void WriteTraining(Terminal terminal, SequenceEstimator model, TrainingSummary summary)
    {
        bool isReservoir = model.Options.IsReservoir, isChosen = summary.LeftOut is not null;
        string how = isChosen
            ? ", chosen by cross-validation"
            : isReservoir ? " in one pass" : $" for {Figures.Count(summary.Epochs, "epoch")}";
        Lines.Write(terminal, $"Trained on {Figures.Count(summary.Sequences, "sequence")}{how}, "
            + $"seed {summary.Seed}{(summary.Cancelled ? ", stopped early" : "")}");
        if (summary.LeftOut is { } leftOut)
            Lines.Write(terminal, $"Loss on {Figures.Count(leftOut.Cases, "held-out training case")} "
                + $"{Figures.Loss(leftOut.Loss)}{AndAccuracy(leftOut.Accuracy)}");
        else
            Lines.Write(terminal, $"Training loss {Figures.Loss(summary.TrainLoss)}");
        if (summary.ValidationLoss is { } loss)
            Lines.Write(terminal, $"Validation loss {Figures.Loss(loss)}{AndAccuracy(summary.ValidationAccuracy)}"
                + $"{(isReservoir || isChosen ? "" : $", lowest in epoch {summary.BestEpoch}, which is kept")}");
        if (summary.HasLearned == false)
            Lines.Write(terminal, $"The model has not learned: a constant prediction has a loss of "
                + $"{Figures.Loss(summary.GuessLoss!.Value)}");
    }

    private static string AndAccuracy(double? accuracy) => accuracy is { } share ? $", accuracy {Figures.Percent(share)}" : "";

    /// <summary>Describes the number of parameters of a model, and the number of trained ones if it differs.</summary>
    public static string Parameters(SequenceEstimator model) =>
        Figures.Count(model.ParameterCount, "parameter") + (model.LearnedParameterCount == model.ParameterCount
            ? ""
            : $", {Figures.Count(model.LearnedParameterCount)} of them trained");

    /// <summary>
    /// Creates the table of the layers of the model with their shapes, where T is the number of steps of a sequence. A narrow terminal
    /// shows only the output shapes.
    /// </summary>
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
            table.AddRow(cells.Select(cell => Tables.Cell(cell)));
        }
        return table;
    }

    private static string Shape(bool isPerStep, int size) => isPerStep ? $"[T, {size}]" : $"[{size}]";

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output, string path, TaskRun task) => JsonText.WriteObject(output, json =>
    {
        SequenceEstimator model = task.Estimator;
        json.WriteString("type", "model");
        json.WriteString("model", path);
        if (model.Members.Count > 1)
            MemberTable.WriteJson(json, model.Members);
        else
            ShapeReport.WriteJson(json, model.Options);
        json.WriteNumber("channels", model.Channels);
        ColumnReport.WriteJson(json, model.Columns, model.ChannelNames);
        if (model.Preparation is not null)
            json.WriteString("preparation", model.Preparation);
        OffsetReport.WriteJson(json, model.Offsets);
        TextReport.WriteJson(json, model.Vocabularies);
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
            if (summary.LeftOut is { } leftOut)
            {
                json.WriteStartObject("leftOut");
                json.WriteNumber("cases", leftOut.Cases);
                json.WriteNumberOrNull("loss", leftOut.Loss);
                json.WriteNumberOrNull("accuracy", leftOut.Accuracy);
                json.WriteEndObject();
            }
            json.WriteNumberOrNull("guessLoss", summary.GuessLoss);
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
