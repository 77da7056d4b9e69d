using System.CommandLine;

namespace Elman.Cli.Commands;

/// <summary><c>elman data</c>: the data sets that need no file.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand(Terminal terminal)
        : base("data", "List the built-in data sets, or write one to a file.")
    {
        Subcommands.Add(new DataListCommand(terminal));
        Subcommands.Add(new DataGenerateCommand(terminal));
    }
}
