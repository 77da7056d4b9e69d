using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes a model file.</summary>
internal static class ModelReport
{
    /// <summary>Writes for people.</summary>
    public static void Write(Terminal terminal, string path, SequenceClassifier classifier)
    {
        Lines.Write(terminal, $"{path}: {CellReport.Describe(classifier.Options)}; {Figures.Count(classifier.ParameterCount, "parameter")}");
        Lines.Write(terminal, $"Takes sequences of {Figures.Count(classifier.Channels, "channel")}, any length");
        Lines.Write(terminal, $"Knows {Figures.Count(classifier.Classes.Count, "class")}: {string.Join(", ", classifier.Classes)}");
        if (classifier.Summary is { } summary)
        {
            Lines.Write(terminal, $"Trained on {Figures.Count(summary.Sequences, "sequence")} for {Figures.Count(summary.Epochs, "epoch")}, seed {summary.Seed}{(summary.Cancelled ? ", stopped before its end" : "")}");
            Lines.Write(terminal, $"Training loss {Figures.Loss(summary.TrainLoss)}");
            if (summary.ValidationAccuracy is { } accuracy)
                Lines.Write(terminal, $"Validation loss {Figures.Loss(summary.ValidationLoss ?? double.NaN)}, accuracy {Figures.Percent(accuracy)}, at its best in epoch {summary.BestEpoch}, which is kept");
        }
        if (classifier.Standardization is { } standardization)
        {
            Table table = Tables.Create().AddColumn(Tables.Numbers(terminal, "channel")).AddColumn(Tables.Numbers(terminal, "mean")).AddColumn(Tables.Numbers(terminal, "sd"));
            for (int c = 0; c < standardization.Means.Count; c++)
                table.AddRow(new Text(Figures.Count(c + 1)), new Text(Figures.Number(standardization.Means[c])), new Text(Figures.Number(standardization.Deviations[c])));
            Lines.Write(terminal, "Standardises the values:");
            terminal.Tables.Write(table);
        }
        else
        {
            Lines.Write(terminal, "Takes values as they are");
        }
    }

    /// <summary>Writes for programs.</summary>
    public static void WriteJson(TextWriter output, string path, SequenceClassifier classifier) => JsonText.WriteObject(output, json =>
    {
        json.WriteString("type", "model");
        json.WriteString("model", path);
        CellReport.WriteJson(json, classifier.Options);
        json.WriteNumber("channels", classifier.Channels);
        json.WriteStrings("classes", classifier.Classes);
        json.WriteNumber("parameters", classifier.ParameterCount);
        if (classifier.Standardization is { } standardization)
        {
            json.WriteStartObject("standardization");
            json.WriteNumbers("means", standardization.Means);
            json.WriteNumbers("deviations", standardization.Deviations);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("standardization");
        }
        if (classifier.Summary is { } summary)
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
