using System.Globalization;
using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes a data set.</summary>
internal static class DataReport
{
    /// <summary>Writes for people.</summary>
    public static void Write(Terminal terminal, DataStatistics statistics)
    {
        SequenceDataset data = statistics.Data;
        Lines.Write(terminal, $"{data.Name}: {Figures.Count(data.Count, "sequence")}, {Figures.Count(data.ClassLabels.Count, "class")}, {Figures.Count(data.Channels, "channel")}, {Figures.Steps(data)}");
        if (data.MinSteps != data.MaxSteps)
            Lines.Write(terminal, FormattableString.Invariant($"Median length: {statistics.MedianSteps} steps"));
        if (statistics.Unlabelled > 0)
            Lines.Write(terminal, $"Without a label: {Figures.Count(statistics.Unlabelled, "sequence")}");
        if (statistics.Missing > 0)
            Lines.Write(terminal, Figures.Missing(data));

        if (data.ClassLabels.Count > 0)
            terminal.Tables.Write(Tables.Fit(terminal, data.ClassLabels, width => Classes(terminal, statistics, width)) ?? Classes(terminal, statistics, 1));
        terminal.Tables.Write(Channels(terminal, statistics));
    }

    /// <summary>Writes for programs.</summary>
    public static void WriteJson(TextWriter output, DataStatistics statistics) => JsonText.WriteObject(output, json =>
    {
        SequenceDataset data = statistics.Data;
        json.WriteString("type", "data");
        json.WriteString("name", data.Name);
        json.WriteNumber("cases", data.Count);
        json.WriteNumber("unlabelled", statistics.Unlabelled);
        json.WriteNumber("channels", data.Channels);
        json.WriteNumber("missing", statistics.Missing);
        json.WriteStartArray("classes");
        for (int c = 0; c < data.ClassLabels.Count; c++)
        {
            json.WriteStartObject();
            json.WriteString("label", data.ClassLabels[c]);
            json.WriteNumber("cases", statistics.CasesByClass[c]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("lengths");
        json.WriteNumber("min", data.MinSteps);
        json.WriteNumber("median", statistics.MedianSteps);
        json.WriteNumber("max", data.MaxSteps);
        json.WriteEndObject();
        json.WriteStartArray("channelStatistics");
        foreach (ChannelStatistics channel in statistics.Channels)
        {
            json.WriteStartObject();
            json.WriteNumberOrNull("mean", channel.Mean);
            json.WriteNumberOrNull("sd", channel.Deviation);
            WriteFloat(json, "min", channel.Min);
            WriteFloat(json, "max", channel.Max);
            json.WriteNumber("missing", channel.Missing);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static Table Classes(Terminal terminal, DataStatistics statistics, int labelWidth)
    {
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class")).AddColumn(Tables.Numbers(terminal, "cases"));
        for (int c = 0; c < statistics.CasesByClass.Count; c++)
            table.AddRow(Tables.Label(statistics.Data.ClassLabels[c], labelWidth), new Text(Figures.Count(statistics.CasesByClass[c])));
        return table;
    }

    private static void WriteFloat(Utf8JsonWriter json, string name, float value)
    {
        if (float.IsNaN(value))
            json.WriteNull(name);
        else
            json.WriteNumber(name, value);
    }

    private static Table Channels(Terminal terminal, DataStatistics statistics)
    {
        Table table = Tables.Create();
        foreach (string heading in (string[])["channel", "mean", "sd", "min", "max", .. statistics.Missing > 0 ? (string[])["missing"] : []])
            table.AddColumn(Tables.Numbers(terminal, heading));
        for (int c = 0; c < statistics.Channels.Count; c++)
        {
            ChannelStatistics channel = statistics.Channels[c];
            string[] figures = [(c + 1).ToString(CultureInfo.InvariantCulture), .. ((double[])[channel.Mean, channel.Deviation, channel.Min, channel.Max]).Select(Figures.Number), Figures.Count(channel.Missing)];
            table.AddRow(figures.Take(table.Columns.Count).Select(figure => new Text(figure)));
        }
        return table;
    }
}
