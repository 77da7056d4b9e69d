using System.CommandLine;

namespace Elman.Cli.Commands;

/// <summary><c>elman data</c>: data sets that need no file, those of an archive, and files of one format from those of another.</summary>
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
