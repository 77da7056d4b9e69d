using Elman.Cli.Output;
using Elman.Cli.Runs;
using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>Writes a report and its pictures.</summary>
internal static class ReportFiles
{
    /// <summary>Writes the page.</summary>
    /// <exception cref="CommandException">The file can't be written.</exception>
    public static void WritePage(string path, Report report)
    {
        using var page = new MemoryStream();
        HtmlReport.Write(page, report);
        OutputFile.Write(path, page.ToArray());
    }

    /// <summary>Writes page and pictures to the folder of a run.</summary>
    /// <exception cref="CommandException">A file can't be written.</exception>
    public static void Write(RunFolder run, Report report)
    {
        WritePage(run.Report, report);
        foreach ((string name, byte[] content) in ReportPictures.Of(report))
            OutputFile.Write(run.File(name), content);
    }
}
