using System.CommandLine;
using Elman.Cli.Imports;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Runs;

namespace Elman.Cli.Commands;

/// <summary><c>elman export</c>: writes a model as a file of another library.</summary>
internal sealed class ExportCommand : Command
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model file, or the folder of a run." };
    private readonly Argument<string> _file = new("FILE")
    { Description = "The file to write: .safetensors, a state dictionary for PyTorch's load_state_dict." };
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public ExportCommand(Terminal terminal)
        : base("export", "Write a model as a file of another library.")
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Arguments.Add(_file);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string name = words.GetRequiredValue(_model), file = words.GetRequiredValue(_file), path = RunFolder.ModelOf(name);
        var format = ModelFormat.Writing(file);
        if (AtomicFile.TargetOf(path) == AtomicFile.TargetOf(file))
            throw new CommandException($"'{file}' is the model itself; a file of {format.Name} has no place for all of it, so choose "
                + "another name.");
        OutputFile.CheckWritable("FILE", file);
        using var model = SequenceEstimator.LoadAny(path);
        ExportedModel export = format.Write(file, model);
        foreach (string warning in export.Warnings)
            _terminal.Warn($"{file}: {warning}");
        if (words.GetValue(_json))
            ImportReport.WriteJson(_terminal.Output, name, format.Name, file, export);
        else
            ImportReport.Write(_terminal, name, format.Name, file, export);
        return ExitStatus.Done;
    }
}
