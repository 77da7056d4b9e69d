using System.CommandLine;
using Elman.Cli.Imports;
using Elman.Cli.Options;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Cli.Tasks;

namespace Elman.Cli.Commands;

/// <summary><c>elman import</c>: reads a model of another library and writes a model file.</summary>
internal sealed class ImportCommand : Command
{
    private const string EveryStep = "every";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "An ONNX graph (.onnx), a model of Keras 3 (.keras), or a state dictionary of PyTorch: .safetensors, or .pt as "
            + "torch.save(model.state_dict(), FILE) writes it.",
    };
    private readonly Option<string?> _out = TextOption.Create(
        "--out", "FILE.safetensors", "Write the model to this file. Default: only show how the file is understood.");
    private readonly Option<TaskKind> _task = TextOption.Create("--task", "classify|tag|regress",
        "What the outputs are: classify, scores of classes; tag, scores of classes at every step; regress, numbers. Default: what the file "
            + "says; of PyTorch classify.",
        OptionText.Value<TaskKind>);
    private readonly Option<bool> _multiLabel = new("--multi-label")
    { Description = "With --task classify: any number of classes may apply to a sequence (sigmoid), or there is only one class." };
    private readonly Option<string> _readout = TextOption.Create("--readout", "last|mean|max|every",
        "For PyTorch, what goes on from the recurrent layers to the output layer: the last state (h_n), the mean or the maximum of all "
            + "steps, or every step. Needed, unless --task is tag.",
        (option, text) => OptionText.Choice(option, text, ["last", "mean", "max", EveryStep]));
    private readonly Option<string> _activation = TextOption.Create("--activation", "tanh|relu",
        "For PyTorch, the nonlinearity of nn.RNN. Needed for it.", (option, text) => OptionText.Choice(option, text, ["tanh", "relu"]));
    private readonly Option<string[]?> _classes = Names("--classes", "A,B,…",
        "The names of the classes or targets, in the order of the outputs. Default: 0, 1, …");
    private readonly Option<string[]?> _modules = Names("--modules", "A,B,…",
        "For PyTorch, the recurrent modules in their order. Needed if their sizes fit in several orders.");
    private readonly Option<string?> _embedding = TextOption.Create("--embedding", "MODULE",
        "For PyTorch, the module nn.Embedding. Needed if its shape does not tell it from nn.Linear.");
    private readonly Option<bool> _json = JsonOption.Create();
    private readonly Terminal _terminal;

    public ImportCommand(Terminal terminal)
        : base("import", "Make a model file of a model of another library.")
    {
        _terminal = terminal;
        Arguments.Add(_file);
        foreach (Option option in (Option[])[_out, _task, _multiLabel, _readout, _activation, _classes, _modules, _embedding, _json])
            Options.Add(option);
        SetAction(Run);
    }

    private int Run(ParseResult words)
    {
        string file = words.GetRequiredValue(_file);
        string? target = words.GetValue(_out), readout = words.GetValue(_readout);
        var format = ModelFormat.Reading(file);
        if (target is not null)
        {
            if (Path.GetFullPath(file) == AtomicFile.TargetOf(target))
                throw new CommandException($"--out is '{target}', which is the file that is imported; choose another name.");
            OutputFile.CheckWritable("--out", target);
        }
        ImportedModel import = format.Read(file, new ImportChoices
        {
            Task = words.Has(_task) ? words.GetValue(_task) : null,
            AreMany = words.GetValue(_multiLabel),
            Readout = readout is null or EveryStep ? null : Readout.Parse(readout),
            ReadsEveryStep = readout == EveryStep,
            Activation = words.GetValue(_activation) is { } activation ? Activation.Parse(activation) : null,
            Classes = words.GetValue(_classes) ?? [],
            Modules = words.GetValue(_modules) ?? [],
            Embedding = words.GetValue(_embedding),
        });
        using SequenceEstimator model = import.Estimator;
        foreach (string warning in import.Warnings)
            _terminal.Warn($"{file}: {warning}");
        if (target is not null)
            OutputFile.Write(target, model.Save);
        if (words.GetValue(_json))
            ImportReport.WriteJson(_terminal.Output, file, format.Name, target, import);
        else
            ImportReport.Write(_terminal, file, target, import);
        return ExitStatus.Done;
    }

    private static Option<string[]?> Names(string name, string valueName, string description) =>
        TextOption.Create<string[]?>(name, valueName, description, (option, text) =>
        {
            string[] names = text.Split(',', StringSplitOptions.TrimEntries);
            return names.All(part => part.Length > 0)
                ? names
                : throw new FormatException($"{option} is {Quoted(text)}; it must be names divided by commas.");
        });
}
