using System.CommandLine;

namespace Elman.Cli.Commands;

/// <summary><c>elman data</c>: built-in data sets, data sets of the archive, and conversion between formats.</summary>
internal sealed class DataCommand : Command
{
    public DataCommand(Terminal terminal)
        : base("data", "List the built-in data sets, write one to a file, download one, or convert a file to another format.")
    {
        Subcommands.Add(new DataListCommand(terminal));
        Subcommands.Add(new DataGenerateCommand(terminal));
        Subcommands.Add(new DataGetCommand(terminal));
        Subcommands.Add(new DataConvertCommand(terminal));
    }
}
