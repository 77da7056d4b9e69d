using Elman.Comparison.CommandLine;
using Elman.Comparison.Measuring;

namespace Elman.Comparison.Reports;

/// <summary>The output files of the results.</summary>
internal sealed class ReportFiles
{
    private readonly Settings _settings;

    private ReportFiles(Settings settings) => _settings = settings;

    /// <summary>Checks, before anything is measured, that the files can be written.</summary>
    /// <exception cref="SwitchException">A file can't be written.</exception>
    public static ReportFiles Prepare(Settings settings)
    {
        foreach ((string name, string? file) in new[] { ("--json", settings.Json), ("--markdown", settings.Markdown) })
            if (file is not null && (Directory.Exists(file) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(file)))))
                throw new SwitchException($"{name} is '{file}', which can't be written: it is a folder, or its folder does not exist.");
        if (settings.Docs is string docs)
        {
            try
            {
                _ = DocsBlock.Replace(File.ReadAllText(docs), "");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
            {
                throw new SwitchException($"--docs is '{docs}', in which no results can be replaced. {e.Message}");
            }
        }
        return new ReportFiles(settings);
    }

    /// <summary>Writes the files.</summary>
    public void Write(Machine machine, IReadOnlyList<RowResult> results, IReadOnlyList<RowFailure> failures)
    {
        if (_settings.Json is string json)
            File.WriteAllText(json, JsonReport.Document(machine, results, failures) + "\n");
        if (_settings.Markdown is string markdown)
            File.WriteAllText(markdown, MarkdownReport.Document(machine, results, failures) + "\n");
        if (_settings.Docs is string docs)
            File.WriteAllText(docs, DocsBlock.Replace(File.ReadAllText(docs), MarkdownReport.Tables(machine, results, failures, "###")));
    }
}
