using Elman.Cli.Tasks;
using Elman.Keras;

namespace Elman.Cli.Imports;

/// <summary>Models of Keras 3.</summary>
internal sealed class KerasFormat : ModelFormat
{
    public override string Name => "Keras";

    public override IReadOnlyList<string> ReadableExtensions { get; } = [".keras"];

    public override IReadOnlyList<string> WritableExtensions { get; } = [];

    public override ImportedModel Read(string path, ImportChoices choices)
    {
        string? option = choices.GivenForModules ?? (choices.AreMany ? "--multi-label" : null);
        if (option is not null)
            throw new CommandException($"{option} is for PyTorch, whose files do not say it; '{path}' does. Leave it out.");
        if (choices.Task is TaskKind.Tag or TaskKind.Forecast)
            throw new CommandException("--task may be classify or regress for a .keras file, which says the rest: what the outputs of a "
                + "Dense layer without an activation are.");
        KerasImport import = KerasFile.Load(path, new KerasLoadOptions
        {
            Names = choices.Classes,
            Output = choices.Task switch
            {
                TaskKind.Classify => KerasOutput.Classes,
                TaskKind.Regress => KerasOutput.Numbers,
                _ => KerasOutput.Auto,
            },
        });
        return new ImportedModel(import.Model, [.. import.Tensors.Where(tensor => tensor.Path is not null)
            .Select(tensor => new FilePart(tensor.Path!, "", [], $"{tensor.Name}, of {tensor.Layer}"))], [], import.Notes, []);
    }

    public override ExportedModel Write(string path, SequenceEstimator model, ExportChoices choices) =>
        throw new NotSupportedException("There is no file of Keras to write.");
}
