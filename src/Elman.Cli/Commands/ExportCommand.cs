using System.CommandLine;
using Elman.Cli.Imports;
using Elman.Cli.Input;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Runs;
using Elman.Cli.Tasks;
using Elman.Data;

namespace Elman.Cli.Commands;

/// <summary><c>elman export</c>: writes a model as a file of another library.</summary>
internal sealed class ExportCommand : Command
{
    private readonly Argument<string> _model = new("MODEL") { Description = "The model file, or the folder of a run." };
    private readonly Argument<string> _file = new("FILE")
    { Description = "The file to write: .onnx, or .safetensors, a state dictionary for PyTorch's load_state_dict." };
    private readonly Option<int> _opset = new("--opset")
    { HelpName = "N", Description = "The version of the ONNX operators, 17 to 22. Default: 22." };
    private readonly Option<bool> _streaming = new("--streaming")
    { Description = "Write an ONNX graph that takes one step, with its states as inputs and outputs." };
    private readonly Option<string?> _check = TextOption.Create(
        "--check", "DATA", "Compare the ONNX graph with the model on these data, too, not only on random sequences.");
    private readonly Option<string?> _runtime = TextOption.Create(
        "--onnxruntime", "FILE", "The native library of ONNX Runtime for the comparison. Default: the one that the system finds.");
    private readonly DataOptionSet _dataOptions = DataOptionSet.Create();
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public ExportCommand(Terminal terminal)
        : base("export", "Write a model as a file of another library.")
    {
        _terminal = terminal;
        Arguments.Add(_model);
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_opset, _streaming, _check, _runtime, .. _dataOptions.Options, _json])
            Options.Add(option);
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
        using TaskRun task = TaskRun.Load(name);
        ExportedModel export = format.Write(file, task.Estimator, new ExportChoices
        {
            Opset = words.Has(_opset) ? words.GetValue(_opset) : null,
            IsStreaming = words.GetValue(_streaming),
            Data = ReadCheck(words, task),
            Runtime = words.GetValue(_runtime),
        });
        foreach (string warning in export.Warnings)
            _terminal.Warn($"{file}: {warning}");
        if (words.GetValue(_json))
            ImportReport.WriteJson(_terminal.Output, name, format.Name, file, export);
        else
            ImportReport.Write(_terminal, name, format.Name, file, export);
        return ExitStatus.Done;
    }

    private SequenceDataset? ReadCheck(ParseResult words, TaskRun task)
    {
        if (words.GetValue(_check) is not { } data)
        {
            return _dataOptions.Given(words).FirstOrDefault() is { } option
                ? throw new CommandException($"{option} says how to read the data of --check; add --check DATA, or leave it out.")
                : null;
        }
        return new DataSource(_terminal, _dataOptions.Bind(words) with
        {
            Labels = task.Labels == LabelKind.None ? LabelKind.None : LabelKind.Any,
            UsualLabelColumn = task.UsualLabelColumn,
        }, _dataOptions.BindAudio(words)).LikeThoseOf(task.Estimator).ReadTest(data);
    }
}
