using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Elman.Layers;
using Elman.Models;
using Elman.Sequences;
using Elman.Training;

namespace Elman.Persistence;

/// <summary>A model as a <c>.safetensors</c> file: its weights as tensors, all else as texts in the metadata.</summary>
/// <param name="Kind">Which class wrote it, such as that of a <see cref="SequenceTask"/>.</param>
/// <param name="Spec">What the model is.</param>
/// <param name="Names">What its outputs are called: class labels or targets; empty where they have no names.</param>
/// <param name="Standardization">What is done with values on their way in.</param>
/// <param name="Training">How it was trained.</param>
internal sealed record ModelFile(string Kind, ModelSpec Spec, IReadOnlyList<string> Names, Standardization? Standardization, TrainingSummary? Training)
{
    /// <summary>The newest version of the format that this code reads. It writes the oldest that has what the model needs.</summary>
    public const int Version = 5;

    /// <summary>A <see cref="SimpleRnnClassifier{T}"/>.</summary>
    public const string SimpleKind = "simple-rnn-classifier";

    /// <summary>How many bytes of weights a file may claim beyond those it has.</summary>
    private const long MemoryOnTrust = 1 << 26;

    private const string VersionKey = "elman.version", KindKey = "elman.kind", SpecKey = "elman.spec", ClassesKey = "elman.classes";
    private const string StandardizationKey = "elman.standardization", TargetScaleKey = "elman.targetScale", MeansKey = "elman.means", TrainingKey = "elman.training", ChecksumKey = "elman.crc32c";

    /// <summary>The mean of each channel, where missing values are filled with it and the standardisation does not have it.</summary>
    public IReadOnlyList<double>? Means { get; init; }

    /// <summary>What is done with values on their way in, once <see cref="CheckNames"/> found it sound.</summary>
    public Preprocessing Preprocessing => new(Spec.Missing, Spec.Channels, Standardization, Means, Spec.Stages, Spec.Symbols);

    /// <summary>In what units targets were learned, or <see langword="null"/> for those of the data.</summary>
    public Standardization? TargetScale { get; init; }

    /// <summary>Writes description and weights.</summary>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    public void Write<T>(string path, Parameters<T> values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = VersionOf(Spec).ToString(CultureInfo.InvariantCulture),
            [KindKey] = Kind,
            [SpecKey] = SpecJson.Write(Spec),
            [ClassesKey] = MetadataJson.Write(Names),
        };
        if (Standardization is not null)
            texts[StandardizationKey] = MetadataJson.Write(Standardization);
        if (Means is not null)
            texts[MeansKey] = MetadataJson.Write(Means);
        if (TargetScale is not null)
            texts[TargetScaleKey] = MetadataJson.Write(TargetScale);
        if (Training is not null)
            texts[TrainingKey] = MetadataJson.Write(Training);

        SafetensorsTensor[] tensors = [.. values.Layout.Slices.Select(slice => new SafetensorsTensor(
            slice.Name, ElementType<T>(), [.. slice.Shape.Select(length => (long)length)], MemoryMarshal.AsBytes(values.Span(slice)).ToArray()))];
        var content = new Safetensors(tensors, texts);
        texts[ChecksumKey] = content.Checksum(ChecksumKey).ToString("x8", CultureInfo.InvariantCulture);
        SafetensorsWriter.Write(path, content);
    }

    /// <summary>Reads the description, and the tensors for <see cref="Load"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kinds">The kinds that the caller can use.</param>
    /// <param name="custom">An activation of the caller's own that the file may name.</param>
    /// <exception cref="ModelFileException">The file is not there, not sound, altered, of another kind, or from a newer version.</exception>
    public static (ModelFile Description, Safetensors Content) Read(string path, IReadOnlyList<string> kinds, Activation? custom = null)
    {
        Safetensors content = SafetensorsReader.Read(path);
        IReadOnlyDictionary<string, string> texts = content.Metadata;
        if (!texts.TryGetValue(VersionKey, out string? versionText) || !int.TryParse(versionText, CultureInfo.InvariantCulture, out int version) || version < 1)
            throw ModelFileException.At(path, $"This .safetensors file holds no Elman model: its metadata have no sound '{VersionKey}'.");
        if (version > Version)
            throw ModelFileException.At(path, $"This model was written by a newer version of Elman (format {version}; this one reads up to {Version}). Update Elman to use it.");
        if (texts.TryGetValue(ChecksumKey, out string? checksum) && checksum != content.Checksum(ChecksumKey).ToString("x8", CultureInfo.InvariantCulture))
            throw ModelFileException.At(path, "The file was altered or damaged since it was written: its checksum does not match. Use a sound copy.");
        string fileKind = Text(path, texts, KindKey);
        if (!kinds.Contains(fileKind))
            throw ModelFileException.At(path, $"This is a {fileKind}; what was asked for is a {string.Join(" or ", kinds)}.");

        try
        {
            return (new ModelFile(
                fileKind,
                SpecJson.Read(Text(path, texts, SpecKey), custom),
                MetadataJson.ReadClasses(Text(path, texts, ClassesKey)),
                texts.TryGetValue(StandardizationKey, out string? s) ? MetadataJson.ReadStandardization(s) : null,
                texts.TryGetValue(TrainingKey, out string? t) ? MetadataJson.ReadTraining(t) : null)
            {
                Means = texts.TryGetValue(MeansKey, out string? means) ? MetadataJson.ReadNumbers(means) : null,
                TargetScale = texts.TryGetValue(TargetScaleKey, out string? scale) ? MetadataJson.ReadStandardization(scale) : null,
            }, content);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw ModelFileException.At(path, $"The description in the file is not sound: {e.Message}", e);
        }
    }

    /// <summary>Checks that names and scales fit the model's channels and outputs, and the kind its task.</summary>
    /// <exception cref="ModelFileException">They don't.</exception>
    public void CheckNames(string path)
    {
        var task = SequenceTask.Of(Spec);
        if (Kind != task.FileKind)
            throw ModelFileException.At(path, $"It is a {Kind}, but its model has the task of a {task.FileKind}.");
        int different = Names.Distinct(StringComparer.Ordinal).Count(), outputs = task.HasNames ? Spec.OutputSize : 0;
        if (Names.Count != outputs || different != outputs)
            throw ModelFileException.At(path, $"It names {different} different {(task.ScalesTargets ? "targets" : "classes")}; the model has {outputs}.");
        if (!task.HasNames && Spec.OutputSize != (long)Spec.Horizon * Spec.Channels)
            throw ModelFileException.At(path, $"It foretells {Spec.Horizon} steps of {Spec.Channels} channels; the model gives {Spec.OutputSize} numbers.");
        int standardised = Spec.Stages.IsNone ? Spec.Channels : Spec.InputSize;
        if (Standardization is { } s && s.Means.Count != standardised)
            throw ModelFileException.At(path, $"It standardises {s.Means.Count} {(Spec.Stages.IsNone ? "channels" : "inputs")}; the model has {standardised}.");
        if (Spec.Symbols.FirstOrDefault(table => Standardization is { } scale && (scale.Means[table.Channel - 1] != 0 || scale.Deviations[table.Channel - 1] != 1)) is { Size: > 0 } scaled)
            throw ModelFileException.At(path, $"It standardises channel {scaled.Channel}, whose values are symbols.");
        if (Preprocessing.FindProblem(Spec.Missing, Spec.Channels, Standardization is not null, Means, Spec.Stages) is { } problem)
            throw ModelFileException.At(path, problem);
        if (TargetScale is { } t && (!task.ScalesTargets || t.Means.Count != Spec.OutputSize))
            throw ModelFileException.At(path, $"It scales {t.Means.Count} targets; the model has {(task.ScalesTargets ? Spec.OutputSize : 0)}.");
    }

    /// <summary>Makes sure that the file is about as large as its model before memory is taken for it: a small file can claim huge sizes.</summary>
    /// <remarks>It may be a little smaller: then <see cref="Load"/> finds which tensor is to blame.</remarks>
    /// <exception cref="ModelFileException">It is not.</exception>
    public static void CheckTensors(string path, Safetensors content, ModelSpec spec)
    {
        CellEntry cell = CellCatalog.Find(spec.Cell)!;
        int top = spec.Layers.Count - 1;
        long least = (spec.WidthOf(top) + 1L) * spec.OutputSize;
        for (int layer = 0; layer <= top; layer++)
            least += cell.WeightCount(spec.CellOptions, spec.InputsOf(layer), spec.Layers[layer]) * (spec.Bidirectional ? 2 : 1);
        least += spec.Symbols.Sum(table => (long)table.Symbols * table.Size);
        long present = content.Tensors.Sum(tensor => (long)tensor.Bytes.Length);
        if ((least * sizeof(float)) - present > MemoryOnTrust)
            throw ModelFileException.At(path, $"A model with {spec.Channels} channels, layers of {spec.Layers} units and {spec.OutputSize} outputs has more weights than the file: tensors are missing.");
    }

    /// <summary>Takes the weights over, if the file has exactly the model's tensors.</summary>
    /// <exception cref="ModelFileException">A tensor is missing, left over, of another shape or type, or has a number that is not finite.</exception>
    public static void Load<T>(string path, Safetensors content, Parameters<T> values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var tensors = content.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (ParameterSlice slice in values.Layout.Slices)
        {
            if (!tensors.Remove(slice.Name, out SafetensorsTensor? tensor))
                throw ModelFileException.At(path, $"Tensor '{slice.Name}' is missing.");
            if (tensor.ElementType != ElementType<T>())
                throw ModelFileException.At(path, $"Tensor '{slice.Name}' has type {tensor.ElementType}; the model needs {ElementType<T>()}.");
            if (!tensor.Shape.SequenceEqual(slice.Shape.Select(length => (long)length)))
                throw ModelFileException.At(path, $"Tensor '{slice.Name}' is [{string.Join(", ", tensor.Shape)}]; the model needs [{string.Join(", ", slice.Shape)}].");
            ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(tensor.Bytes);
            foreach (T number in numbers)
                if (!T.IsFinite(number))
                    throw ModelFileException.At(path, $"Tensor '{slice.Name}' has the value {number}; weights must be finite.");
            numbers.CopyTo(values.Span(slice));
        }
        if (tensors.Count > 0)
            throw ModelFileException.At(path, $"Tensor '{tensors.Keys.Order(StringComparer.Ordinal).First()}' is left over: the model has no such weights.");
    }

    /// <summary>The oldest version whose readers know all that a model has: 5 brought stages of inputs, 4 symbols, 3 missing values and other functions in gates.</summary>
    private static int VersionOf(ModelSpec spec) =>
        !spec.Stages.IsNone ? 5 : spec.Symbols.Count > 0 ? 4 : spec.Missing != MissingValues.Refuse || !spec.CellOptions.HasPlainGates ? 3 : 2;

    private static string Text(string path, IReadOnlyDictionary<string, string> texts, string key) =>
        texts.GetValueOrDefault(key) ?? throw ModelFileException.At(path, $"Its metadata lack '{key}'.");

    private static string ElementType<T>() => typeof(T) == typeof(double) ? "F64" : "F32";
}
