using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Data;
using Spectre.Console;

namespace Elman.Cli.Reports;

/// <summary>Lists the built-in data sets.</summary>
internal static class GeneratorReport
{
    /// <summary>Writes text.</summary>
    public static void Write(Terminal terminal)
    {
        foreach (IDataGenerator generator in BuiltInData.Generators)
        {
            Lines.Write(terminal, DataSource.BuiltInPrefix + generator.Name, new Style(decoration: Decoration.Bold));
            Lines.WriteIndented(terminal, $"{char.ToUpperInvariant(generator.Description[0])}{generator.Description[1..].TrimEnd('.')}.");
            Lines.WriteIndented(terminal, $"{LabelsOf(generator)}, {Figures.Count(generator.Channels, "channel")}; "
                + $"{generator.DefaultTrainCases} training cases, {generator.DefaultTestCases} test cases.");
            Lines.WriteIndented(terminal, generator.Source);
            Lines.WriteIndented(terminal, $"elman {Recipes.CommandFor(generator.Name)}");
            terminal.Output.WriteLine();
        }
        Lines.Write(terminal, "Each command trains on one data set; 'elman data generate NAME' writes one to a file.");
    }

    private static string LabelsOf(IDataGenerator generator) => generator.Labels switch
    {
        LabelKind.Numbers => Figures.Count(generator.TargetNames.Count, "target"),
        LabelKind.None => "No labels",
        LabelKind.Steps => $"{Figures.Count(generator.ClassLabels.Count, "class")} of steps",
        _ => Figures.Count(generator.ClassLabels.Count, "class"),
    };

    /// <summary>Writes JSON.</summary>
    public static void WriteJson(TextWriter output) => JsonText.WriteObject(output, json =>
    {
        json.WriteStartArray("data");
        foreach (IDataGenerator generator in BuiltInData.Generators)
        {
            json.WriteStartObject();
            json.WriteString("name", generator.Name);
            json.WriteString("description", generator.Description);
            json.WriteString("source", generator.Source);
            json.WriteNumber("channels", generator.Channels);
            json.WriteString("labels", OptionText.Of(generator.Labels));
            json.WriteStrings("classes", generator.ClassLabels);
            json.WriteStrings("targets", generator.TargetNames);
            json.WriteNumber("trainCases", generator.DefaultTrainCases);
            json.WriteNumber("testCases", generator.DefaultTestCases);
            json.WriteString("command", $"elman {Recipes.CommandFor(generator.Name)}");
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });
}
