using System.Text.Json;
using Elman.Cli.Imports;
using Elman.Cli.Output;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Describes how a file of another library was read or written.</summary>
internal static class ImportReport
{
    /// <summary>Writes an import as text.</summary>
    public static void Write(Terminal terminal, string file, string? target, ImportedModel import)
    {
        SequenceEstimator model = import.Estimator;
        Lines.Write(terminal, $"{file}: {ShapeReport.Describe(model)}; {ModelReport.Parameters(model)}");
        terminal.Tables.Write(Table(terminal, import.Parts));
        WriteDefinition(terminal, import.Definition);
        Lines.Write(terminal, "Assumed:");
        foreach (string note in import.Notes)
            Lines.WriteIndented(terminal, note);
        Lines.WriteUnbroken(
            terminal, target is null ? "Nothing was written; add --out FILE to keep the model." : $"Wrote the model to {target}");
    }

    /// <summary>Writes an export as text.</summary>
    public static void Write(Terminal terminal, string model, string format, string file, ExportedModel export)
    {
        terminal.Tables.Write(Table(terminal, export.Parts));
        WriteDefinition(terminal, export.Definition);
        Lines.WriteUnbroken(terminal, $"Wrote {Figures.Count(export.Parts.Count, "tensor")} of {model} to {file} for {format}");
    }

    /// <summary>Writes an import as JSON.</summary>
    public static void WriteJson(TextWriter output, string file, string format, string? target, ImportedModel import) =>
        JsonText.WriteObject(output, json =>
        {
            json.WriteString("type", "import");
            json.WriteString("file", file);
            json.WriteString("format", format);
            json.WriteStringOrNull("model", target);
            ShapeReport.WriteJson(json, import.Estimator.Options);
            json.WriteNumber("channels", import.Estimator.Channels);
            json.WriteNumber("parameters", import.Estimator.ParameterCount);
            WriteJson(json, import.Parts, import.Definition);
            json.WriteStrings("notes", import.Notes);
            json.WriteStrings("warnings", import.Warnings);
        });

    /// <summary>Writes an export as JSON.</summary>
    public static void WriteJson(TextWriter output, string model, string format, string file, ExportedModel export) =>
        JsonText.WriteObject(output, json =>
        {
            json.WriteString("type", "export");
            json.WriteString("model", model);
            json.WriteString("format", format);
            json.WriteString("file", file);
            WriteJson(json, export.Parts, export.Definition);
            json.WriteStrings("warnings", export.Warnings);
        });

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<FilePart> parts, IReadOnlyList<string> definition)
    {
        json.WriteStartArray("tensors");
        foreach (FilePart part in parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteString("dtype", part.Type);
            json.WriteStartArray("shape");
            foreach (long length in part.Shape)
                json.WriteNumberValue(length);
            json.WriteEndArray();
            json.WriteString("role", part.Role);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStrings("definition", definition);
    }

    private static void WriteDefinition(Terminal terminal, IReadOnlyList<string> lines)
    {
        Lines.Write(terminal, "Defined by:");
        foreach (string line in lines)
            Lines.WriteUnbroken(terminal, $"  {line}");
    }

    private static Table Table(Terminal terminal, IReadOnlyList<FilePart> parts)
    {
        bool isNarrow = Tables.IsNarrow(terminal);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "tensor"));
        if (!isNarrow)
            table.AddColumn(Tables.Texts(terminal, "shape"));
        table.AddColumn(Tables.Texts(terminal, "in the model"));
        foreach (FilePart part in parts)
        {
            string shape = $"[{string.Join(", ", part.Shape)}]";
            string[] cells = isNarrow ? [part.Name, part.Role] : [part.Name, shape, part.Role];
            table.AddRow(cells.Select(cell => Tables.Cell(cell)));
        }
        return table;
    }
}
