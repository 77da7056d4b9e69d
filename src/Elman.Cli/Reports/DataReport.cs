using System.Globalization;
using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes a data set.</summary>
internal static class DataReport
{
    /// <summary>Writes text.</summary>
    /// <param name="terminal">The terminal.</param>
    /// <param name="statistics">The data set.</param>
    /// <param name="test">The test part of the data set; only its name is shown.</param>
    public static void Write(Terminal terminal, DataStatistics statistics, SequenceDataset? test = null)
    {
        SequenceDataset data = statistics.Data;
        Lines.Write(terminal, $"{data.Name}: {Figures.Count(data.Count, "sequence")}, {LabelsOf(statistics)}, "
            + $"{Figures.Count(data.Channels, "channel")}, {Figures.Steps(data)}");
        if (test is not null)
            Lines.Write(terminal, $"Test part: {test.Name}, {Figures.Count(test.Count, "sequence")}, {Figures.Steps(test)}");
        if (data.Preparation is not null)
            Lines.Write(terminal, $"Computed as: {data.Preparation}");
        if (ColumnReport.Describe(data.Columns) is { } columns)
            Lines.Write(terminal, $"Read as {columns}");
        OffsetReport.Write(terminal, data.Offsets, statistics.ChannelNames);
        if (data.MinSteps != data.MaxSteps)
            Lines.Write(terminal, FormattableString.Invariant(
                $"Median length: {statistics.MedianSteps} steps; distribution of lengths: {statistics.LengthBars}"));
        if (statistics.Unlabelled > 0)
            Lines.Write(terminal, $"Unlabelled: {Figures.Count(statistics.Unlabelled, "sequence")}");
        if (statistics.Missing > 0)
            Lines.Write(terminal, Figures.Missing(data));
        if (statistics.Constant.Count > 0)
            Lines.Write(terminal, $"Constant: channel {string.Join(", ", statistics.Constant)}");

        if (data.ClassLabels.Count > 0)
            WriteClasses(terminal, statistics);
        if (statistics.Targets.Count > 0)
            terminal.Tables.Write(Numbers(terminal, "target", data.TargetNames, statistics.Targets));
        int[] numbers = [.. Enumerable.Range(0, data.Channels).Where(c => !data.IsText(c))];
        if (numbers.Length < data.Channels)
            TextReport.Write(terminal, data, statistics.ChannelNames);
        if (numbers.Length > 0)
            terminal.Tables.Write(Numbers(terminal, "channel", numbers.Select(c => statistics.ChannelNames[c]),
                [.. numbers.Select(c => statistics.Channels[c])]));
    }

    private static string LabelsOf(DataStatistics statistics) => statistics.Targets.Count > 0
        ? Figures.Count(statistics.Targets.Count, "target")
        : Figures.Count(statistics.Data.ClassLabels.Count, "class") + (statistics.IsByStep ? " of steps" : "");

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output, DataStatistics statistics, SequenceDataset? test = null) =>
        JsonText.WriteObject(output, json =>
    {
        SequenceDataset data = statistics.Data;
        json.WriteString("type", "data");
        json.WriteString("name", data.Name);
        json.WriteNumber("cases", data.Count);
        if (test is not null)
        {
            json.WriteStartObject("test");
            json.WriteString("name", test.Name);
            json.WriteNumber("cases", test.Count);
            json.WriteEndObject();
        }
        json.WriteNumber("unlabelled", statistics.Unlabelled);
        json.WriteNumber("channels", data.Channels);
        ColumnReport.WriteJson(json, data.Columns, data.ChannelNames);
        if (data.Preparation is not null)
            json.WriteString("preparation", data.Preparation);
        OffsetReport.WriteJson(json, data.Offsets);
        json.WriteNumber("missing", statistics.Missing);
        json.WriteStartArray("classes");
        for (int c = 0; c < data.ClassLabels.Count; c++)
        {
            json.WriteStartObject();
            json.WriteString("label", data.ClassLabels[c]);
            json.WriteNumber(statistics.IsByStep ? "steps" : "cases", statistics.CasesByClass[c]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("lengths");
        json.WriteNumber("min", data.MinSteps);
        json.WriteNumber("median", statistics.MedianSteps);
        json.WriteNumber("max", data.MaxSteps);
        json.WriteEndObject();
        if (statistics.Targets.Count > 0)
            WriteNumbers(json, "targetStatistics", statistics.Targets, data.TargetNames);
        WriteNumbers(json, "channelStatistics", statistics.Channels, names: null);
        TextReport.WriteJson(json, data.Vocabularies);
    });

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<ChannelStatistics> all, IReadOnlyList<string>? names)
    {
        json.WriteStartArray(name);
        for (int c = 0; c < all.Count; c++)
        {
            json.WriteStartObject();
            if (names is not null)
                json.WriteString("name", names[c]);
            json.WriteNumberOrNull("mean", all[c].Mean);
            json.WriteNumberOrNull("sd", all[c].Deviation);
            json.WriteNumber("min", all[c].Min, all[c].Offset);
            json.WriteNumber("max", all[c].Max, all[c].Offset);
            json.WriteNumber("missing", all[c].Missing);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes the frequency of each class; with very many classes, the most frequent ones.</summary>
    private static void WriteClasses(Terminal terminal, DataStatistics statistics)
    {
        IReadOnlyList<string> names = statistics.Data.ClassLabels;
        (string Name, int Cases)[] shown = [.. names.Zip(statistics.CasesByClass)];
        if (names.Count > ManyClasses.Most)
        {
            shown = [.. shown.OrderByDescending(one => one.Cases).Take(ManyClasses.Rows)];
            Lines.Write(terminal, $"The {shown.Length} most frequent of {Figures.Count(names.Count, "class")} ('--json' has all):");
        }
        terminal.Tables.Write(Tables.Fit(terminal, shown.Select(one => one.Name), Create) ?? Create(1));

        Table Create(int labelWidth)
        {
            Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "class"))
                .AddColumn(Tables.Numbers(terminal, statistics.IsByStep ? "steps" : "cases"));
            foreach ((string name, int cases) in shown)
                table.AddRow(Tables.Label(name, labelWidth), Tables.Cell(Figures.Count(cases)));
            return table;
        }
    }

    /// <summary>Formats a number; with all its digits if an offset was subtracted.</summary>
    private static string Figure(double value, double offset) =>
        offset == 0 ? Figures.Number(value) : value.ToString("0.###", CultureInfo.InvariantCulture);

    private static Table Numbers(Terminal terminal, string what, IEnumerable<string> names, IReadOnlyList<ChannelStatistics> all)
    {
        Table table = Tables.Create();
        foreach (string heading in (string[])[what, "mean", "sd", "min", "max",
            .. all.Any(one => one.Missing > 0) ? (string[])["missing"] : []])
            table.AddColumn(Tables.Numbers(terminal, heading));
        foreach ((string name, ChannelStatistics one) in names.Zip(all))
        {
            string[] figures = [name, Figure(one.Mean, one.Offset), Figures.Number(one.Deviation), Figure(one.Min + one.Offset, one.Offset),
                Figure(one.Max + one.Offset, one.Offset), Figures.Count(one.Missing)];
            table.AddRow(figures.Take(table.Columns.Count).Select(figure => Tables.Cell(figure)));
        }
        return table;
    }
}
