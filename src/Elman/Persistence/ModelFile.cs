using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Elman.Layers;
using Elman.Models;

namespace Elman.Persistence;

/// <summary>A model as a <c>.safetensors</c> file: its weights as tensors, all else as texts in the metadata.</summary>
/// <param name="Kind">Which class wrote it: <see cref="ClassifierKind"/> or <see cref="SimpleKind"/>.</param>
/// <param name="Spec">What the model is.</param>
/// <param name="Classes">The class labels; empty where the model has none.</param>
/// <param name="Standardization">What is done with values on their way in.</param>
/// <param name="Training">How it was trained.</param>
internal sealed record ModelFile(string Kind, ModelSpec Spec, IReadOnlyList<string> Classes, Standardization? Standardization, TrainingSummary? Training)
{
    /// <summary>The version of the format that this code writes, and the newest it reads.</summary>
    public const int Version = 2;

    /// <summary>A <see cref="SequenceClassifier"/>.</summary>
    public const string ClassifierKind = "sequence-classifier";

    /// <summary>A <see cref="SimpleRnnClassifier{T}"/>.</summary>
    public const string SimpleKind = "simple-rnn-classifier";

    /// <summary>How many bytes of weights a file may claim beyond those it has.</summary>
    private const long MemoryOnTrust = 1 << 26;

    private const string VersionKey = "elman.version", KindKey = "elman.kind", SpecKey = "elman.spec", ClassesKey = "elman.classes";
    private const string StandardizationKey = "elman.standardization", TrainingKey = "elman.training", ChecksumKey = "elman.crc32c";

    /// <summary>Writes description and weights.</summary>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    public void Write<T>(string path, Parameters<T> values)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [VersionKey] = Version.ToString(CultureInfo.InvariantCulture),
            [KindKey] = Kind,
            [SpecKey] = SpecJson.Write(Spec),
            [ClassesKey] = MetadataJson.Write(Classes),
        };
        if (Standardization is not null)
            texts[StandardizationKey] = MetadataJson.Write(Standardization);
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
    /// <param name="kind">The kind that the caller can use.</param>
    /// <param name="custom">An activation of the caller's own that the file may name.</param>
    /// <exception cref="ModelFileException">The file is not there, not sound, altered, of another kind, or from a newer version.</exception>
    public static (ModelFile Description, Safetensors Content) Read(string path, string kind, Activation? custom = null)
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
        if (fileKind != kind)
            throw ModelFileException.At(path, $"This is a {fileKind}; what was asked for is a {kind}.");

        try
        {
            return (new ModelFile(
                fileKind,
                SpecJson.Read(Text(path, texts, SpecKey), custom),
                MetadataJson.ReadClasses(Text(path, texts, ClassesKey)),
                texts.TryGetValue(StandardizationKey, out string? s) ? MetadataJson.ReadStandardization(s) : null,
                texts.TryGetValue(TrainingKey, out string? t) ? MetadataJson.ReadTraining(t) : null), content);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw ModelFileException.At(path, $"The description in the file is not sound: {e.Message}", e);
        }
    }

    /// <summary>Makes sure that the file is about as large as its model before memory is taken for it: a small file can claim huge sizes.</summary>
    /// <remarks>It may be a little smaller: then <see cref="Load"/> finds which tensor is to blame.</remarks>
    /// <exception cref="ModelFileException">It is not.</exception>
    public static void CheckTensors(string path, Safetensors content, ModelSpec spec)
    {
        CellEntry cell = CellCatalog.Find(spec.Cell)!;
        int top = spec.Layers.Count - 1;
        long least = (spec.WidthOf(top) + 1L) * spec.ClassCount;
        for (int layer = 0; layer <= top; layer++)
            least += cell.WeightCount(spec.CellOptions, spec.InputsOf(layer), spec.Layers[layer]) * (spec.Bidirectional ? 2 : 1);
        long present = content.Tensors.Sum(tensor => (long)tensor.Bytes.Length);
        if ((least * sizeof(float)) - present > MemoryOnTrust)
            throw ModelFileException.At(path, $"A model with {spec.InputSize} channels, layers of {spec.Layers} units and {spec.ClassCount} classes has more weights than the file: tensors are missing.");
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

    private static string Text(string path, IReadOnlyDictionary<string, string> texts, string key) =>
        texts.GetValueOrDefault(key) ?? throw ModelFileException.At(path, $"Its metadata lack '{key}'.");

    private static string ElementType<T>() => typeof(T) == typeof(double) ? "F64" : "F32";
}
