using System.Globalization;
using System.Text.Json;
using Spectre.Console;
namespace Elman.Cli.Reports;

/// <summary>Table of the averaged models; models with the same name, one for each fold or seed, share a row.</summary>
internal static class MemberTable
{
    /// <summary>Writes text. A narrow terminal shows only names, weights in the average and sizes.</summary>
    public static void Write(Terminal terminal, IReadOnlyList<MemberInfo> members)
    {
        MemberInfo[][] groups = [.. members.GroupBy(member => member.Name).Select(group => group.ToArray())];
        (string Heading, bool IsNumber, Func<MemberInfo[], string> Cell)[] all =
        [
            ("weight", true, group => Figures.Percent(group.Sum(member => member.Weight))),
            ("cell", false, group => group[0].Options.Cell.Name),
            ("units", true, group => Units(group[0].Options)),
            ("read by", false, group => group[0].Options.Model.Readout.Name),
            ("diff.", true, group => OrNone(group[0].Options.Inputs.Differences)),
            ("patch", true, group => OrNone(group[0].Options.Inputs.Patch)),
            ("numbers", true, group => Figures.Count(group.Sum(member => member.Parameters))),
            ("streams", false, group => group.All(member => member.CanStream) ? "yes" : "no"),
        ];
        bool isNarrow = Tables.IsNarrow(terminal);
        (string Heading, bool IsNumber, Func<MemberInfo[], string> Cell)[] columns =
            [.. all.Where(column => (!isNarrow || column.Heading is "weight" or "numbers")
                && (column.Heading is not ("diff." or "patch") || groups.Any(group => column.Cell(group) != OrNone(0))))];
        string[] names = [.. groups.Select(NameOf)];
        if (Tables.Fit(terminal, names, Create) is { } table)
            terminal.Tables.Write(table);

        Table Create(int labelWidth)
        {
            Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "model"));
            foreach ((string heading, bool isNumber, _) in columns)
                table.AddColumn(isNumber ? Tables.Numbers(terminal, heading) : Tables.Texts(terminal, heading));
            foreach ((string name, MemberInfo[] group) in names.Zip(groups))
                table.AddRow(columns.Select(column => Tables.Cell(column.Cell(group))).Prepend(Tables.Label(name, labelWidth)));
            return table;
        }
    }

    /// <summary>Writes JSON: each model separately, as members of an object.</summary>
    public static void WriteJson(Utf8JsonWriter json, IReadOnlyList<MemberInfo> members)
    {
        json.WriteString("cell", new AutoOptions().Name);
        json.WriteStartArray("members");
        foreach (MemberInfo member in members)
        {
            json.WriteStartObject();
            json.WriteString("name", member.Name);
            json.WriteNumber("weight", member.Weight);
            json.WriteNumber("temperature", member.Temperature);
            ShapeReport.WriteJson(json, member.Options);
            json.WriteNumber("differences", member.Options.Inputs.Differences);
            json.WriteNumber("patch", member.Options.Inputs.Patch);
            json.WriteNumber("parameters", member.Parameters);
            json.WriteBoolean("canStream", member.CanStream);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string NameOf(MemberInfo[] group) =>
        group.Length == 1 ? group[0].Name : FormattableString.Invariant($"{group[0].Name}, {group.Length} models");

    private static string Units(TrainingOptions options) =>
        string.Join('+', options.ResolvedLayers.Select(units => units.ToString(CultureInfo.InvariantCulture)))
            + (options.Model.Bidirectional ? " each way" : "");

    private static string OrNone(int number) => number == 0 ? "–" : number.ToString(CultureInfo.InvariantCulture);
}
