using System.CommandLine;
using Elman.Cli.Options;
using Elman.Cli.Reports;

namespace Elman.Cli.Commands;

/// <summary><c>elman data list</c>: the built-in data sets.</summary>
internal sealed class DataListCommand : Command
{
    public DataListCommand(Terminal terminal)
        : base("list", "List the built-in data sets.")
    {
        Option<bool> json = JsonOption.Create();
        Options.Add(json);
        SetAction(words =>
        {
            if (words.GetValue(json))
                GeneratorReport.WriteJson(terminal.Output);
            else
                GeneratorReport.Write(terminal);
            return ExitStatus.Done;
        });
    }
}
