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
        WriteParts(terminal, import.Parts, import.Definition);
        if (import.Notes.Count > 0)
            Lines.Write(terminal, "To know:");
        foreach (string note in import.Notes)
            Lines.WriteIndented(terminal, note);
        Lines.WriteUnbroken(
            terminal, target is null ? "Nothing was written; add --out FILE to keep the model." : $"Wrote the model to {target}");
    }

    /// <summary>Writes an export as text.</summary>
    public static void Write(Terminal terminal, string model, string format, string file, ExportedModel export)
    {
        WriteParts(terminal, export.Parts, export.Definition);
        foreach (string note in export.Notes)
            Lines.Write(terminal, note);
        string what = export.Parts.Count > 0 ? $"{Figures.Count(export.Parts.Count, "tensor")} of {model}" : model;
        Lines.WriteUnbroken(terminal, $"Wrote {what} to {file} for {format}");
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
            json.WriteStrings("notes", export.Notes);
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

    private static void WriteParts(Terminal terminal, IReadOnlyList<FilePart> parts, IReadOnlyList<string> lines)
    {
        if (parts.Count > 0)
            terminal.Tables.Write(Table(terminal, parts));
        if (lines.Count > 0)
            Lines.Write(terminal, "Defined by:");
        foreach (string line in lines)
            Lines.WriteUnbroken(terminal, $"  {line}");
    }

    private static Table Table(Terminal terminal, IReadOnlyList<FilePart> parts)
    {
        bool isNarrow = Tables.IsNarrow(terminal);
        Table table = Tables.Create().AddColumn(Tables.Texts(terminal, "tensor"));
        bool hasShapes = !isNarrow && parts.Any(part => part.Shape.Count > 0);
        if (hasShapes)
            table.AddColumn(Tables.Texts(terminal, "shape"));
        table.AddColumn(Tables.Texts(terminal, "in the model"));
        foreach (FilePart part in parts)
        {
            string shape = $"[{string.Join(", ", part.Shape)}]";
            string[] cells = hasShapes ? [part.Name, shape, part.Role] : [part.Name, part.Role];
            table.AddRow(cells.Select(cell => Tables.Cell(cell)));
        }
        return table;
    }
}
