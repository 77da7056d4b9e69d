using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>The data of a training, <c>data.json</c>: parts, sizes, lengths, classes, channels and missing values.</summary>
internal static class RunData
{
    /// <summary>Writes the members.</summary>
    public static void Write(Utf8JsonWriter json, TrainingPlan plan)
    {
        Write(json, "train", plan.Fitted, plan.Names.Data);
        json.WriteNumber("validationShare", plan.Options.Validation);
        if (plan.Validation is { } validation)
            Write(json, "validation", validation, plan.Names.Validation);
        if (plan.Test is { } test)
            Write(json, "test", test, plan.Names.Test);
        json.WriteNumberOrNull("testShare", plan.HeldOut?.Share);
    }

    private static void Write(Utf8JsonWriter json, string part, SequenceDataset data, string? name)
    {
        json.WriteStartObject(part);
        json.WriteString("name", name ?? data.Name);
        if (name is not null && DataSource.IsPath(name) && File.Exists(name))
        {
            using FileStream file = File.OpenRead(name);
            json.WriteString("sha256", Sha256.HexOf(file));
        }
        json.WriteNumber("sequences", data.Count);
        json.WriteNumber("steps", data.TotalSteps);
        json.WriteNumber("shortest", data.MinSteps);
        json.WriteNumber("longest", data.MaxSteps);
        json.WriteNumber("channels", data.Channels);
        if (data.ChannelNames.Count > 0)
            json.WriteStrings("channelNames", data.ChannelNames);
        json.WriteNumber("missingValues", data.CountMissing());
        if (data.TargetNames.Count > 0)
            json.WriteStrings("targets", data.TargetNames);
        if (data.ClassLabels.Count > 0)
        {
            int[] counts = data.CountByClass();
            json.WriteStartObject("classes");
            for (int c = 0; c < data.ClassLabels.Count; c++)
                json.WriteNumber(data.ClassLabels[c], counts[c]);
            json.WriteEndObject();
        }
        json.WriteStringOrNull("preparation", data.Preparation);
        json.WriteEndObject();
    }
}
