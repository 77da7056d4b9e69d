using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>The data of a training, <c>data.json</c>: parts, sizes, lengths, classes, channels and missing values.</summary>
internal static class RunData
{
    private const string FileName = "data.json";

    /// <summary>Writes the file of a run that starts; of a resumed one, checks that the data are still the same.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parts">The parts of the data: what they are for, the data, and their name on the command line.</param>
    /// <exception cref="CommandException">The data have changed since the run was started, or the file can't be written.</exception>
    public static void Write(RunFolder run, IEnumerable<(string Part, SequenceDataset? Data, string? Name)> parts)
    {
        byte[] now = JsonText.Document(json =>
        {
            foreach ((string part, SequenceDataset? data, string? name) in parts)
                if (data is not null)
                    Write(json, part, data, name);
        });
        string path = run.File(FileName);
        if (File.Exists(path) && !File.ReadAllBytes(path).AsSpan().SequenceEqual(now))
            throw new CommandException(
                $"The data have changed since the run '{run.Path}' was started: they do not match {path}. Train again in a new run.");
        OutputFile.Write(path, now);
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
