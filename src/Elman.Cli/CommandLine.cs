using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Elman.Cli.Commands;
using Elman.Cli.Completion;
using Elman.Cli.Options;
using Elman.Data.Columnar;
using Elman.Kernels;

namespace Elman.Cli;

/// <summary>The tool as a function of the arguments that returns the exit status.</summary>
internal static class CommandLine
{
    private const string Examples = """

        Examples:
          elman train                                  train on built-in data, write runs/synthetic-control-1
          elman train train.csv --test test.csv --run runs/mine
          elman predict runs/mine new.csv              predict the class of new sequences

        'elman COMMAND --help' lists a command's options.
        """;

    /// <summary>Runs one command.</summary>
    /// <param name="args">The arguments after the name of the tool.</param>
    /// <param name="terminal">The streams to read and write.</param>
    /// <returns>The exit status; see <see cref="ExitStatus"/>.</returns>
    public static int Run(IReadOnlyList<string> args, Terminal terminal)
    {
        int status;
        string? problem = null;
        ColumnarFormats.Register();
        try
        {
            status = Invoke(args, terminal);
        }
        catch (Exception e)
        {
            (status, problem) = Failure.Of(e);
        }
        try
        {
            terminal.Output.Flush(); // this includes output that was written before a failure
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (problem is null) // otherwise the first problem is reported
                (status, problem) = (ExitStatus.Failed, $"The output can't be written: {FileProblem.ReasonOf(e)}.");
        }
        if (problem is not null)
            Complain(terminal, problem);
        return status;
    }

    private static int Invoke(IReadOnlyList<string> args, Terminal terminal)
    {
        Command tool = Create(terminal);
        if (Suggestions.AreAsked(args))
        {
            foreach (string suggestion in Suggestions.For(tool, args))
                terminal.Output.Write($"{suggestion}\n");
            return ExitStatus.Done;
        }
        var responses = new ResponseFile();
        ParseResult words = tool.Parse(
            args, new ParserConfiguration { ResponseFileTokenReplacer = responses.TryReplace, EnablePosixBundling = false });
        if (responses.Problem is { } unread)
            throw new CommandException(unread);
        bool noCommand = args.Count == 0;
        IReadOnlyList<string> mistakes = noCommand || words.Action is ShowHelp ? [] : Mistakes.Describe(words);
        foreach (string mistake in mistakes)
            Complain(terminal, mistake);
        if (mistakes.Count > 0)
            return ExitStatus.WrongInput;

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return (noCommand ? tool.Parse(["--help"]) : words).Invoke(configuration);
    }

    private static Command Create(Terminal terminal)
    {
        var help = new HelpOption("--help", "-h", "-?") { Description = "Show help.", Recursive = true, Action = new ShowHelp(terminal) };
        var version = new VersionOption("--version")
        {
            Description = "Show the version, and what the tool runs "
            + "on.",
            Action = new ShowVersion()
        };
        var tool = new Command("elman", "Trains and runs recurrent neural networks on sequences: classification, tagging, "
            + "regression and forecasting.")
        {
            new TrainCommand(terminal),
            new EvaluateCommand(terminal),
            new PredictCommand(terminal),
            new BacktestCommand(terminal),
            new CrossvalCommand(terminal),
            new RunsCommand(terminal),
            new InfoCommand(terminal),
            new ImportCommand(terminal),
            new ExportCommand(terminal),
            new DataCommand(terminal),
            new CompletionCommand(terminal),
            help,
            version,
        };
        AddCompletions(tool);
        return tool;
    }

    /// <summary>Lets arguments that name files be completed with files.</summary>
    private static void AddCompletions(Command command)
    {
        foreach (Argument argument in command.Arguments)
        {
            argument.HelpName ??= argument.Name; // else help shows what can be completed: the files of the current folder
            Completions.AddTo(argument.CompletionSources, argument.Name);
        }
        foreach (Command subcommand in command.Subcommands)
            AddCompletions(subcommand);
    }

    private static void Complain(Terminal terminal, string sentence) => terminal.Say(sentence);

    private sealed class ShowHelp(Terminal terminal) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            new HelpAction { MaxWidth = terminal.Width }.Invoke(parseResult);
            if (parseResult.CommandResult.Parent is null)
                parseResult.InvocationConfiguration.Output.WriteLine(Examples);
            return ExitStatus.Done;
        }
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        /// <remarks>The first line is for programs; what follows is for people who report a problem.</remarks>
        public override int Invoke(ParseResult parseResult)
        {
            TextWriter output = parseResult.InvocationConfiguration.Output;
            output.WriteLine($"elman {ToolVersion.Number}");
            output.WriteLine($"commit: {ToolVersion.Commit ?? "unknown"}");
            output.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}, "
                + $"{(RuntimeFeature.IsDynamicCodeCompiled ? "compiled when it runs" : "native code")}, "
                + $"{RuntimeInformation.RuntimeIdentifier}");
            output.WriteLine($"kernels: {KernelInfo.Name}");
            output.WriteLine($"processors: {Environment.ProcessorCount}");
            return ExitStatus.Done;
        }
    }
}
