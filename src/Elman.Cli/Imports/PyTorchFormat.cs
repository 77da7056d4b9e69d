using Elman.Cli.Tasks;
using Elman.PyTorch;

namespace Elman.Cli.Imports;

/// <summary>State dictionaries of PyTorch.</summary>
internal sealed class PyTorchFormat : ModelFormat
{
    public override string Name => "PyTorch";

    public override IReadOnlyList<string> ReadableExtensions { get; } = [".safetensors", ".pt", ".pth"];

    public override IReadOnlyList<string> WritableExtensions { get; } = [".safetensors"];

    public override ImportedModel Read(string path, ImportChoices choices)
    {
        PyTorchImport import = PyTorchFile.Load(path, new PyTorchLoadOptions
        {
            Task = TaskOf(choices),
            Readout = choices.Readout,
            Activation = choices.Activation,
            Names = choices.Classes,
            Modules = choices.Modules,
            Embedding = choices.Embedding,
        });
        return new ImportedModel(import.Estimator, Parts(import.Tensors), import.Modules, import.Notes, import.Warnings);
    }

    public override ExportedModel Write(string path, SequenceEstimator model, ExportChoices choices)
    {
        if (choices.Given is { } option)
            throw new CommandException($"{option} is for .onnx files; leave it out.");
        PyTorchExport export = PyTorchFile.Save(model, path);
        return new ExportedModel(Parts(export.Tensors), export.Modules, export.Warnings);
    }

    private static PyTorchTask TaskOf(ImportChoices choices)
    {
        TaskKind task = choices.Task ?? (choices.ReadsEveryStep ? TaskKind.Tag : TaskKind.Classify);
        string? problem = task switch
        {
            TaskKind.Forecast => "--task is forecast, for which PyTorch has no convention that a file could follow; it may be classify, "
                + "tag or regress.",
            TaskKind.Tag when choices.Readout is { } readout => $"--readout is {readout.Name}, but with --task tag every step has an "
                + "output; leave it out, or write every.",
            not TaskKind.Tag when choices.ReadsEveryStep => $"--readout is every, an output for every step, which only --task tag has; "
                + $"--task is {OptionText.Of(task)}.",
            not TaskKind.Tag when choices.Readout is null => "The file does not say what goes on from the recurrent layers to nn.Linear: "
                + "add --readout last (the last state, h_n), mean, max, or every for an output at every step.",
            not TaskKind.Classify when choices.AreMany => "--multi-label is for --task classify; leave it out.",
            _ => null,
        };
        return problem is null
            ? task switch
            {
                TaskKind.Tag => PyTorchTask.Tag,
                TaskKind.Regress => PyTorchTask.Regress,
                _ => choices.AreMany ? PyTorchTask.ClassifyMany : PyTorchTask.Classify,
            }
            : throw new CommandException(problem);
    }

    private static IReadOnlyList<FilePart> Parts(IReadOnlyList<PyTorchTensor> tensors) =>
        [.. tensors.Select(tensor => new FilePart(tensor.Name, tensor.Type, tensor.Shape, tensor.Role))];
}
