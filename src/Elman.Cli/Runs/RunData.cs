using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Reports;

namespace Elman.Cli.Runs;

/// <summary>The data of a training, <c>data.json</c>: parts, sizes, lengths, classes, channels and missing values.</summary>
internal static class RunData
{
    /// <summary>Writes the file of a run that starts; of a resumed one, checks that the data are still the same.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isResumed">Whether the run was started before.</param>
    /// <param name="parts">The parts of the data: what they are for, the data, and their name on the command line.</param>
    /// <param name="start">The model that training starts from, if there is one.</param>
    /// <param name="terminal">Receives a warning if the data of a resumed run can't be checked.</param>
    /// <returns>The content of the file.</returns>
    /// <exception cref="CommandException">The data have changed since the run was started, or the file is damaged or can't be
    /// written.</exception>
    public static byte[] Write(RunFolder run, bool isResumed, IReadOnlyList<(string Part, SequenceDataset? Data, string? Name)> parts,
        string? start, Terminal terminal)
    {
        byte[] now = JsonText.Document(json =>
        {
            foreach ((string part, SequenceDataset? data, string? name) in parts)
                if (data is not null)
                    Write(json, part, data, name);
            if (start is not null)
                WriteModel(json, start);
        });
        if (File.Exists(run.Data))
            Compare(run, File.ReadAllBytes(run.Data), now);
        else if (isResumed)
            terminal.Warn($"{run.Data} is missing, so it was not checked that the data are still those of the run.");
        OutputFile.Write(run.Data, now);
        return now;
    }

    /// <summary>Compares the data with those of the run.</summary>
    private static void Compare(RunFolder run, byte[] before, byte[] now)
    {
        if (before.AsSpan().SequenceEqual(now))
            return;
        using JsonDocument current = JsonDocument.Parse(now);
        try
        {
            using JsonDocument known = JsonDocument.Parse(before);
            string[] changed = [.. current.RootElement.EnumerateObject()
                .Where(part => !known.RootElement.TryGetProperty(part.Name, out JsonElement other)
                    || !JsonElement.DeepEquals(part.Value, other))
                .Select(part => part.Value.GetProperty("name").GetString()!)];
            throw new CommandException($"The data have changed since the run '{run.Path}' was started: "
                + $"{string.Join(" and ", changed.Select(MessageText.Quoted))} do not match {run.Data}. Train again in a new run.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CommandException($"{run.Data} is damaged: it is not what elman writes. If the data are the same as when the run was "
                + "started, delete it; else train again in a new run.", e);
        }
    }

    private static void WriteModel(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject("from");
        json.WriteString("name", path);
        using FileStream file = File.OpenRead(RunFolder.ModelOf(path));
        json.WriteString("sha256", Sha256.HexOf(file));
        json.WriteEndObject();
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
