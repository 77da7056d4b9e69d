using System.Globalization;
using System.Text.Json;
using Elman.Cli.Output;

namespace Elman.Cli.Reports;

/// <summary>Reports the roles in which the columns of a table were read.</summary>
internal static class ColumnReport
{
    /// <summary>
    /// Describes the columns, such as <c>long form, a row is a step; id in 'subject', time in 't', label in 'kind'</c>;
    /// <see langword="null"/> if there was no table.
    /// </summary>
    public static string? Describe(TableColumns? columns)
    {
        if (columns is null)
            return null;
        if (columns is
            { Id: null, Time: null, Group: null, LabelIsLast: false, Labels.Count: 0, Texts.Count: 0, Windowing: { } windowing })
            return WindowsOf(windowing); // for audio, or a file that is not a table
        string[] texts = columns.Texts.Count == 0 ? [] : [$"text in {string.Join(", ", columns.Texts.Select(NameOf))}"];
        string[] parts =
        [
            .. texts,
            .. Role("id", columns.Id), .. Role("time", columns.Time), .. Role("group", columns.Group),
            columns.LabelIsLast
                ? "label in the last field"
                : columns.Labels.Count == 0 ? "no label" : $"label in {string.Join(", ", columns.Labels.Select(NameOf))}",
            .. columns.Windowing is { } windows ? (string[])[WindowsOf(windows)] : [],
        ];
        return $"{(columns.IsLong ? "long form, a row is a step" : columns.Texts.Count > 0 ? "wide form, a row is a text"
            : "wide form, a row is a sequence")}; {string.Join(", ", parts)}";
    }

    private static string WindowsOf(Windowing windows) => FormattableString.Invariant(
        $"windows of {Figures.Count(windows.Length, "step")}, one every {Figures.Count(windows.Stride, "step")}");

    /// <summary>Returns the names of the channels, or their numbers from 1.</summary>
    public static IReadOnlyList<string> Channels(IReadOnlyList<string> names, int channels) =>
        names.Count > 0 ? names : [.. Enumerable.Range(1, channels).Select(c => c.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Writes the columns as JSON members, <c>null</c> if there was no table.</summary>
    public static void WriteJson(Utf8JsonWriter json, TableColumns? columns, IReadOnlyList<string> channels)
    {
        json.WriteStrings("channelNames", channels);
        if (columns is null)
        {
            json.WriteNull("columns");
            return;
        }
        json.WriteStartObject("columns");
        json.WriteString("form", columns.IsLong ? "long" : "wide");
        json.WriteString("id", columns.Id);
        json.WriteString("time", columns.Time);
        json.WriteString("group", columns.Group);
        json.WriteStrings("labels", columns.Labels);
        json.WriteStrings("texts", columns.Texts);
        json.WriteBoolean("labelIsLast", columns.LabelIsLast);
        json.WriteEndObject();
    }

    private static string[] Role(string role, string? column) => column is null ? [] : [$"{role} in {NameOf(column)}"];

    private static string NameOf(string column) =>
        int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? $"column {column}" : Quoted(column);
}
