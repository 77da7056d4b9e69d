namespace Elman.Cli.Imports;

/// <summary>A kind of model files of another library.</summary>
internal abstract class ModelFormat
{
    /// <summary>All kinds. A new one is added here.</summary>
    public static IReadOnlyList<ModelFormat> All { get; } = [new PyTorchFormat(), new OnnxFormat(), new KerasFormat()];

    /// <summary>The name of the library.</summary>
    public abstract string Name { get; }

    /// <summary>The extensions of files that can be read.</summary>
    public abstract IReadOnlyList<string> ReadableExtensions { get; }

    /// <summary>The extensions of files that can be written.</summary>
    public abstract IReadOnlyList<string> WritableExtensions { get; }

    /// <summary>Reads a model.</summary>
    /// <exception cref="CommandException">Something that the file does not say was not said.</exception>
    /// <exception cref="ModelFileException">The file can't be used.</exception>
    public abstract ImportedModel Read(string path, ImportChoices choices);

    /// <summary>Writes a model.</summary>
    /// <exception cref="CommandException">The library can't express the model.</exception>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    public abstract ExportedModel Write(string path, SequenceEstimator model, ExportChoices choices);

    /// <summary>Returns the kind of a file that is to be read.</summary>
    /// <exception cref="CommandException">There is none with its extension.</exception>
    public static ModelFormat Reading(string path) => Of(path, format => format.ReadableExtensions, "read");

    /// <summary>Returns the kind of a file that is to be written.</summary>
    /// <exception cref="CommandException">There is none with its extension.</exception>
    public static ModelFormat Writing(string path) => Of(path, format => format.WritableExtensions, "written");

    private static ModelFormat Of(string path, Func<ModelFormat, IReadOnlyList<string>> extensions, string what)
    {
        string extension = Path.GetExtension(path);
        return All.FirstOrDefault(format => extensions(format).Contains(extension, StringComparer.OrdinalIgnoreCase))
            ?? throw new CommandException($"'{path}' can't be {what}: its name must end with "
                + $"{OptionText.Listing([.. All.SelectMany(extensions).Distinct(StringComparer.Ordinal)])}.");
    }
}

/// <summary>A model that was written to the file of another library.</summary>
/// <param name="Parts">The parts of the file.</param>
/// <param name="Definition">The model as the other library defines it, one line each.</param>
/// <param name="Warnings">What the other library does not do, one sentence each.</param>
internal sealed record ExportedModel(
    IReadOnlyList<FilePart> Parts, IReadOnlyList<string> Definition, IReadOnlyList<string> Warnings)
{
    /// <summary>What else to know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
