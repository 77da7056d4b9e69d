using System.CommandLine;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Runs;

namespace Elman.Cli.Commands;

/// <summary><c>elman runs</c>: lists runs, or compares two of them.</summary>
internal sealed class RunsCommand : Command
{
    private readonly Argument<string[]> _runs = new("RUN")
    {
        Description = "Two runs to compare, such as runs/train-1 runs/train-2. Without them, the runs are listed.",
        Arity = new ArgumentArity(0, 2),
    };
    private readonly Option<string?> _folder = TextOption.Create(
        "--folder", "DIR", $"The folder of the runs. Default: {RunFolder.DefaultRoot}.");
    private readonly Option<string?> _plot = TextOption.Create(
        "--plot", "FILE.svg", "With two runs: a picture of their curves.");
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public RunsCommand(Terminal terminal)
        : base("runs", "List the runs with their figures, or compare two of them.")
    {
        _terminal = terminal;
        Arguments.Add(_runs);
        foreach (Option option in (Option[])[_folder, _plot, _json])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string[] names = words.GetValue(_runs) ?? [];
        string? plot = words.GetValue(_plot);
        if (plot is not null && names.Length != 2)
            throw new CommandException("--plot draws the curves of two runs; name them.");
        if (plot is not null && !Path.GetExtension(plot).Equals(".svg", StringComparison.OrdinalIgnoreCase))
            throw new CommandException(
                $"--plot is {MessageText.Quoted(plot)}; the picture is an SVG file, so its name must end with .svg.");
        if (names.Length == 1)
            throw new CommandException("elman runs compares two runs; name another one, or none to list them.");
        if (names.Length == 2)
            return Compare(names, plot, words.GetValue(_json));
        if (plot is not null)
            OutputFile.CheckWritable("--plot", plot);
        string folder = words.GetValue(_folder) ?? RunFolder.DefaultRoot;
        if (words.Has(_folder) && !Directory.Exists(folder))
            throw new CommandException($"--folder is {MessageText.Quoted(folder)}, but there is no such folder.");
        var runs = new List<RunSummary>();
        foreach (RunFolder run in RunFolder.In(folder))
        {
            try
            {
                runs.Add(RunSummary.Of(run));
            }
            catch (CommandException e)
            {
                _terminal.Warn(Failure.Of(e).Sentence);
            }
        }
        if (words.GetValue(_json))
            RunReport.WriteJson(_terminal.Output, runs);
        else
            RunReport.Write(_terminal, folder, runs);
        return ExitStatus.Done;
    }

    private int Compare(string[] names, string? plot, bool json)
    {
        RunSummary[] runs = [.. names.Select(name => RunSummary.Of(RunFolder.Open(name)))];
        if (plot is not null)
        {
            OutputFile.CheckWritable("--plot", plot);
            RunComparison.Draw(plot, runs);
        }
        if (json)
            RunComparison.WriteJson(_terminal.Output, runs);
        else
            RunComparison.Write(_terminal, runs, plot);
        return ExitStatus.Done;
    }
}
