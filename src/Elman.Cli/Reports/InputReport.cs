using System.Text.Json;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Reports the preprocessing of a model.</summary>
internal static class InputReport
{
    /// <summary>Writes text.</summary>
    public static void Write(Terminal terminal, SequenceEstimator model)
    {
        TrainingOptions options = model.Members[0].Options; // the same for all members, as far as channels are concerned
        if (options.Inputs.ScaleSequences)
            Lines.Write(terminal, "Scales each sequence to mean 0 and deviation 1");
        if (model.Members.Count > 1)
        {
            Lines.Write(
                terminal, model.Standardization is null ? "Values are not standardised" : "Standardises the inputs of each model");
            Lines.Write(terminal, $"Missing values: {Describe(options.Inputs.Missing)}");
            return;
        }
        if (options.Inputs.Differences > 0)
            Lines.Write(terminal, $"{(options.Inputs.DifferencesAlone ? "Instead of values takes" : "Also takes")} "
                + $"{(options.Inputs.Differences == 1 ? "first differences" : "first and second differences")}");
        if (options.Inputs.Patch > 0)
        {
            string stride = Figures.Count((options.Inputs.Patch + 1) / 2, "step");
            Lines.Write(terminal, $"Takes patches of {Figures.Count(options.Inputs.Patch, "step")}, one every {stride}");
        }
        List<(int Input, string Name)> names = Names(model);
        if (model.Standardization is not { } standardization || names.Count == 0)
        {
            Lines.Write(terminal, "Values are not standardised");
        }
        else if (options.Inputs.Patch > 0)
        {
            Lines.Write(terminal, $"Standardises the {Figures.Count(standardization.Means.Count, "value")} of a patch");
        }
        else
        {
            Lines.Write(terminal, "Standardises the values:");
            TableColumn first = options.Inputs.Differences == 0 ? Tables.Numbers(terminal, "channel") : Tables.Texts(terminal, "input");
            Write(terminal, standardization, names, first, options.Inputs.DifferencesAlone ? ValueOffsets.None : model.Offsets);
        }
        Lines.Write(terminal, $"Missing values: {Describe(options.Inputs.Missing)}");
    }

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(Utf8JsonWriter json, SequenceEstimator model)
    {
        if (model.Standardization is { } standardization)
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
        TrainingOptions options = model.Members[0].Options;
        json.WriteString("missing", OptionText.Of(options.Inputs.Missing));
        json.WriteBoolean("scaleSequences", options.Inputs.ScaleSequences);
        if (model.Members.Count > 1)
            return; // each member has its own settings
        json.WriteNumber("differences", options.Inputs.Differences);
        json.WriteBoolean("differencesAlone", options.Inputs.DifferencesAlone);
        json.WriteNumber("patch", options.Inputs.Patch);
    }

    /// <summary>Describes the treatment of missing values.</summary>
    public static string Describe(MissingValues missing) => missing switch
    {
        MissingValues.Refuse => "refused",
        MissingValues.Mask => "steps with missing values are skipped",
        MissingValues.Last => "replaced by the last value",
        MissingValues.Mean => "replaced by the mean",
        MissingValues.Linear => "interpolated linearly",
        MissingValues.Indicate => "replaced by the mean, with two more inputs per channel: whether observed, and how long ago",
        _ => throw new NotSupportedException($"{missing} is not reported."),
    };

    private static void Write(
        Terminal terminal, Standardization standardization, List<(int Input, string Name)> names, TableColumn first, ValueOffsets offsets)
    {
        Table table = Tables.Create().AddColumn(first)
            .AddColumn(Tables.Numbers(terminal, "mean")).AddColumn(Tables.Numbers(terminal, "sd"));
        foreach ((int input, string name) in names)
        {
            string mean = Figures.Number(standardization.Means[input] + offsets.OfChannel(input));
            string deviation = Figures.Number(standardization.Deviations[input]);
            table.AddRow(Tables.Cell(name), Tables.Cell(mean), Tables.Cell(deviation));
        }
        terminal.Tables.Write(table);
    }

    /// <summary>
    /// Returns the standardised inputs of a step in their order: the channels without symbols and, after all channels and indicators, their
    /// differences; or first differences instead of the channels.
    /// </summary>
    private static List<(int Input, string Name)> Names(SequenceEstimator model)
    {
        int[] numbers =
            [.. Enumerable.Range(0, model.Channels).Where(c => model.Options.Inputs.Embed.All(symbols => symbols.Channel != c + 1))];
        int next = model.Channels * (model.Options.Inputs.Missing == MissingValues.Indicate ? 3 : 1);
        bool isAlone = model.Options.Inputs.DifferencesAlone;
        IReadOnlyList<string> channels = ColumnReport.Channels(model.ChannelNames, model.Channels);
        List<(int, string)> names =
            [.. numbers.Select(c => (c, isAlone ? $"{channels[c]}, first difference" : channels[c]))];
        for (int order = isAlone ? 2 : 1; order <= model.Options.Inputs.Differences; order++)
            foreach (int c in numbers)
                names.Add((next++, $"{channels[c]}, {(order == 1 ? "first" : "second")} difference"));
        return names;
    }
}
