using System.CommandLine;
using Elman.Cli.Options;

namespace Elman.Cli.Runs;

/// <summary>Continues a run of a command with the run's own arguments.</summary>
/// <param name="command">The command.</param>
/// <param name="resume">Its option that names the run.</param>
/// <param name="replaced">The options that may be given anew.</param>
/// <param name="terminal">Receives notes.</param>
internal sealed class RunResume(Command command, Option<string?> resume, IReadOnlyList<Option> replaced, Terminal terminal)
{
    /// <summary>Returns the run and its parsed arguments; no arguments if it is complete, which is said.</summary>
    /// <exception cref="CommandException">There is no such run, it is of another command, or other options are given.</exception>
    public (RunFolder Run, ParseResult? Words) Read(ParseResult words)
    {
        var run = RunFolder.Open(words.GetValue(resume)!);
        if (command.Arguments.SelectMany(argument => words.GetResult(argument)?.Tokens ?? []).FirstOrDefault() is { } data)
            throw new CommandException($"--resume continues a run with its own data; leave out {MessageText.Quoted(data.Value)}.");
        if (command.Options.FirstOrDefault(option => option != resume && !replaced.Contains(option) && words.Has(option)) is { } other)
            throw new CommandException($"--resume continues a run with its own options; leave out {other.Name}.");
        var args = RunArgs.Read(run);
        if (args.Command != command.Name)
            throw new CommandException(
                $"'{run.Path}' is a run of elman {args.Command}; continue it with: {args.ResumeOf(run)}");
        if (run.IsComplete)
        {
            run.DeleteOldLock();
            terminal.Say($"the run {run.Path} is complete; its report is {run.Report}.");
            return (run, null);
        }
        Option[] given = [.. replaced.Where(words.Has)];
        IEnumerable<string> kept = given.Aggregate(args.Words, Without);
        string[] again = [.. kept, .. given.SelectMany(option =>
            words.GetResult(option)!.Tokens.Select(token => token.Value).Prepend(option.Name))];
        var asGiven = new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false };
        // The name of the command comes first: a first argument with that file name would be taken for it.
        ParseResult parsed = command.Parse([command.Name, .. again], asGiven);
        if (parsed.Errors.Count > 0)
            throw new CommandException($"{run.Args} has arguments that elman {command.Name} does not take; train again in a new run.");
        if (args.Directory != Environment.CurrentDirectory)
            terminal.Say($"the run was started in {args.Directory}; its files are looked for from here.");
        return (run, parsed);
    }

    /// <summary>Returns arguments without an option and its value.</summary>
    private static IReadOnlyList<string> Without(IReadOnlyList<string> words, Option option)
    {
        int at = words.ToList().IndexOf(option.Name), values = option.Arity.MinimumNumberOfValues;
        return at < 0 ? words : [.. words.Take(at), .. words.Skip(at + 1 + values)];
    }
}
