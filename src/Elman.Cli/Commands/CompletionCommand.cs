using System.CommandLine;
using Elman.Cli.Completion;
using Elman.Cli.Options;

namespace Elman.Cli.Commands;

/// <summary><c>elman completion</c>: prints the script that makes a shell complete command lines of the tool.</summary>
internal sealed class CompletionCommand : Command
{
    private readonly Argument<string> _shell = new("SHELL")
    { Description = $"The shell: {OptionText.Listing([.. ShellScripts.Shells])}." };

    public CompletionCommand(Terminal terminal)
        : base("completion", "Print the script that makes a shell complete commands, options, their values and files.")
    {
        Arguments.Add(_shell);
        Completions.AddTo(_shell.CompletionSources, _shell.Name, ShellScripts.Shells);
        SetAction(words =>
        {
            string shell = words.GetRequiredValue(_shell);
            if (!ShellScripts.Shells.Contains(shell, StringComparer.Ordinal))
                throw new CommandException($"{Quoted(shell)} is not a shell with completion; it may be "
                    + $"{OptionText.Listing([.. ShellScripts.Shells])}.");
            terminal.Output.Write(ShellScripts.For(shell));
            return ExitStatus.Done;
        });
    }
}
