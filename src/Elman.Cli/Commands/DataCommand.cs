using System.CommandLine;

namespace Elman.Cli.Commands;

/// <summary><c>elman data</c>: the data sets that need no file, and files of one format from those of another.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand(Terminal terminal)
        : base("data", "List the built-in data sets, write one to a file, or convert a file to another format.")
    {
        Subcommands.Add(new DataListCommand(terminal));
        Subcommands.Add(new DataGenerateCommand(terminal));
        Subcommands.Add(new DataConvertCommand(terminal));
    }
}
