using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Elman.Cli.Commands;
using Elman.Cli.Options;
using Elman.Data.Columnar;

namespace Elman.Cli;

/// <summary>The tool as a function of the arguments that returns the exit status.</summary>
internal static class CommandLine
{
    private const string Examples = """

        Examples:
          elman train                                  train on built-in data, write model.safetensors and model.png
          elman train train.csv --test test.csv --out my.safetensors
          elman predict my.safetensors new.csv         predict the class of new sequences

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
        // No response files: '@' is an ordinary character in file names.
        ParseResult words = tool.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
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
        var version = new VersionOption("--version") { Description = "Show the version.", Action = new ShowVersion() };
        return new Command("elman", "Trains and runs recurrent neural networks on sequences: classification, tagging, "
            + "regression and forecasting.")
        {
            new TrainCommand(terminal),
            new EvaluateCommand(terminal),
            new PredictCommand(terminal),
            new BacktestCommand(terminal),
            new CrossvalCommand(terminal),
            new RunsCommand(terminal),
            new InfoCommand(terminal),
            new DataCommand(terminal),
            help,
            version,
        };
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
        public override int Invoke(ParseResult parseResult)
        {
            string version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
            parseResult.InvocationConfiguration.Output.WriteLine($"elman {version.Split('+')[0]}");
            return ExitStatus.Done;
        }
    }
}
