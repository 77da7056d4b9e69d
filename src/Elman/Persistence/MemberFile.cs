using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Packing;
using Elman.Readouts;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Persistence;

/// <summary>A member of a model in its file: the description as texts in the metadata, the weights as tensors.</summary>
/// <param name="Spec">The specification of the member.</param>
internal sealed record MemberFile(ModelSpec Spec)
{
    private const string SpecKey = "spec", StandardizationKey = "standardization", MeansKey = "means", TemperatureKey = "temperature";

    /// <summary>The number of bytes of weights that a file may claim in addition to those it has.</summary>
    private const long MemoryOnTrust = 1 << 20;

    /// <summary>The standardisation of its inputs; <see langword="null"/> if there is none.</summary>
    public Standardization? Standardization { get; init; }

    /// <summary>The mean of each channel, if it replaces missing values and is not part of the standardisation.</summary>
    public IReadOnlyList<double>? Means { get; init; }

    /// <summary>The weight of the member in the average.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The name of the candidate that it comes from.</summary>
    public string Name { get; init; } = "";

    /// <summary>The divisor of the class scores before softmax or σ.</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>
    /// The oldest version of the format that supports the member: 8 introduced n-grams and the sum, 6 temperatures, 5 input stages and
    /// oscillators, 4 symbols, 3 missing values and other functions in gates.
    /// </summary>
    public int Version => this switch
    {
        { Spec.Stages.Ngrams: not null } or { Spec.Cell: SumOptions } => 8,
        { Temperature: not 1 } => 6,
        { Spec.Stages.IsNone: false } => 5,
        { Spec.Symbols.Count: > 0 } => 4,
        { Spec.Missing: not MissingValues.Refuse } or { Spec.Cell.HasPlainGates: false } => 3,
        _ => 2,
    };

    /// <summary>The preprocessing, after <see cref="Check"/> has passed.</summary>
    public Preprocessing Preprocessing => new(Spec.Missing, Spec.Channels, Standardization, Means, Spec.Stages, Spec.Symbols);

    /// <summary>Creates the description of a member.</summary>
    public static MemberFile Of(Member member) => new(member.Model.Spec)
    {
        Standardization = member.Preprocessing.Standardization,
        Means = member.Preprocessing.Means,
        Weight = member.Weight,
        Name = member.Name,
        Temperature = member.Temperature,
    };

    /// <summary>Writes the description.</summary>
    /// <param name="texts">The metadata.</param>
    /// <param name="prefix">The prefix of the keys.</param>
    public void Write(Dictionary<string, string> texts, string prefix)
    {
        texts[prefix + SpecKey] = SpecJson.Write(Spec);
        if (Standardization is not null)
            texts[prefix + StandardizationKey] = MetadataJson.Write(Standardization);
        if (Means is not null)
            texts[prefix + MeansKey] = MetadataJson.Write(Means);
        if (Temperature != 1)
            texts[prefix + TemperatureKey] = Temperature.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Reads a description.</summary>
    /// <param name="texts">The metadata.</param>
    /// <param name="prefix">The prefix of the keys.</param>
    /// <param name="load">The custom code that the description may name.</param>
    /// <exception cref="FormatException">The description is missing or invalid.</exception>
    public static MemberFile Read(IReadOnlyDictionary<string, string> texts, string prefix, LoadOptions load) =>
        new(ModelJson.Read(
            prefix + SpecKey,
            texts.GetValueOrDefault(prefix + SpecKey) ?? throw new FormatException($"the metadata has no '{prefix}{SpecKey}'."),
            text => SpecJson.Read(text, load)))
        {
            Standardization = ModelJson.Find(texts, prefix + StandardizationKey, MetadataJson.ReadStandardization),
            Means = ModelJson.Find(texts, prefix + MeansKey, MetadataJson.ReadNumbers),
            Temperature = texts.TryGetValue(prefix + TemperatureKey, out string? temperature) ? ReadTemperature(temperature) : 1,
        };

    /// <summary>Checks that the preprocessing matches the model's channels and outputs.</summary>
    /// <exception cref="ModelFileException">The check fails.</exception>
    public void Check(string path)
    {
        int standardised = Spec.Stages.IsNone ? Spec.Channels : Spec.InputSize;
        if (Standardization is { } s && s.Means.Count != standardised)
            throw ModelFileException.At(
                path, $"It standardises {s.Means.Count} {(Spec.Stages.IsNone ? "channels" : "inputs")}; the model has {standardised}.");
        if (Spec.Symbols.FirstOrDefault(table => Standardization is { } scale
            && (scale.Means[table.Channel - 1] != 0 || scale.Deviations[table.Channel - 1] != 1)) is { Size: > 0 } scaled)
            throw ModelFileException.At(path, $"It standardises channel {scaled.Channel}, whose values are symbols.");
        if (Preprocessing.FindProblem(Spec.Missing, Spec.Channels, Standardization is not null, Means, Spec.Stages) is { } problem)
            throw ModelFileException.At(path, problem);
        if (Temperature != 1 && !SequenceTask.Of(Spec).HasClasses)
            throw ModelFileException.At(path, "It has a temperature, but its predictions are numbers, not probabilities.");
    }

    /// <summary>Checks that text channels are symbol channels with the number of symbols of their vocabularies.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="vocabularies">The vocabularies of the channels; empty if none holds text.</param>
    /// <exception cref="ModelFileException">The check fails.</exception>
    public void CheckVocabularies(string path, IReadOnlyList<Vocabulary?> vocabularies)
    {
        if (vocabularies.Count > Spec.Channels)
            throw ModelFileException.At(
                path, $"It has a vocabulary for channel {vocabularies.Count}; the model has {Amount.Of(Spec.Channels, "channel")}.");
        for (int c = 0; c < vocabularies.Count; c++)
        {
            if (vocabularies[c] is { } vocabulary
                && Spec.Symbols.FirstOrDefault(table => table.Channel == c + 1).Symbols != vocabulary.Symbols.Count + 1)
                throw ModelFileException.At(path, $"The vocabulary of channel {c + 1} has {vocabulary.Symbols.Count} symbols; the "
                    + "model's embedding table must have one more row, for the unknown symbol.");
        }
    }

    /// <summary>Returns the approximate minimum number of bytes of the model's weights.</summary>
    public long LeastBytes()
    {
        int top = Spec.Layers.Count - 1;
        long width = Spec.WidthOf(top), features = width * (Spec.Readout.Layout?.FeatureVectors ?? 1);
        long least = ((Spec.Readout.CustomSizes((int)width)?.Features ?? features) + 1L) * Spec.OutputSize;
        if (Spec.Readout.Kind == ReadoutKind.Attention)
            least += width * width;
        for (int layer = 0; layer <= top; layer++)
            least += LayerFactory.WeightCount(Spec.Cell, Spec.InputsOf(layer), Spec.Layers[layer]) * (Spec.Bidirectional ? 2 : 1);
        least += Spec.Symbols.Sum(table => ((long)table.Symbols + (Spec.Stages.Ngrams?.Keys.Rows ?? 0)) * table.Size);
        return least * sizeof(float);
    }

    /// <summary>
    /// Checks that the size of the file is plausible for its models before memory is allocated: a small file can claim huge sizes.
    /// </summary>
    /// <remarks>A file that is slightly too small passes; <see cref="Load"/> then reports the tensor.</remarks>
    /// <exception cref="ModelFileException">The check fails.</exception>
    public static void CheckTensors(string path, Safetensors content, IReadOnlyList<MemberFile> members) =>
        CheckTensors(path, content.Tensors.Sum(tensor => (long)tensor.Bytes.Length), members);

    /// <summary>The same, for a number of bytes that the file has for all weights.</summary>
    /// <exception cref="ModelFileException">The check fails.</exception>
    public static void CheckTensors(string path, long present, IReadOnlyList<MemberFile> members)
    {
        if (members.Sum(member => member.LeastBytes()) - present <= MemoryOnTrust)
            return;
        ModelSpec spec = members[0].Spec;
        throw ModelFileException.At(path, $"A model with {Amount.Of(spec.Channels, "channel")}, layers of {spec.Layers} units and "
            + $"{spec.OutputSize} outputs has more weights than the file: tensors are missing.");
    }

    /// <summary>Returns the weights as tensors.</summary>
    /// <param name="values">The weights.</param>
    /// <param name="prefix">The prefix of the tensors' names.</param>
    public static IEnumerable<SafetensorsTensor> Tensors<T>(Parameters<T> values, string prefix)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => values.Layout.Slices.Select(slice => new SafetensorsTensor(
            prefix + slice.Name, ElementType<T>(), [.. slice.Shape.Select(length => (long)length)],
            MemoryMarshal.AsBytes(values.Span(slice)).ToArray()));

    /// <summary>Copies the weights from tensors.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">The tensors by name; used ones are removed.</param>
    /// <param name="values">Receives the weights.</param>
    /// <param name="prefix">The prefix of the tensors' names.</param>
    /// <exception cref="ModelFileException">A tensor is missing, of another shape or type, or has a number that is not finite or not
    /// valid.</exception>
    public static void Load<T>(string path, Dictionary<string, SafetensorsTensor> tensors, Parameters<T> values, string prefix = "")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (ParameterSlice slice in values.Layout.Slices)
        {
            string name = prefix + slice.Name;
            if (!tensors.Remove(name, out SafetensorsTensor? tensor))
                throw ModelFileException.At(path, $"Tensor {Quoted(name)} is missing.");
            if (tensor.ElementType != ElementType<T>())
                throw ModelFileException.At(path, $"Tensor {Quoted(name)} has type {tensor.ElementType}; the model needs "
                    + $"{ElementType<T>()}.");
            if (!tensor.Shape.SequenceEqual(slice.Shape.Select(length => (long)length)))
                throw ModelFileException.At(
                    path, $"Tensor {Quoted(name)} is [{string.Join(", ", tensor.Shape)}]; the model needs "
                        + $"[{string.Join(", ", slice.Shape)}].");
            ReadOnlySpan<T> numbers = MemoryMarshal.Cast<byte, T>(tensor.Bytes);
            foreach (T number in numbers)
            {
                if (!T.IsFinite(number))
                    throw ModelFileException.At(path,
                        $"Tensor {Quoted(name)} has the value {number.ToString(null, CultureInfo.InvariantCulture)}; weights must be "
                            + "finite.");
                if (slice.MaxInteger is { } greatest && !(T.IsInteger(number) && number >= T.One && number <= T.CreateChecked(greatest)))
                    throw ModelFileException.At(path, $"Tensor {Quoted(name)} has the value "
                        + $"{number.ToString(null, CultureInfo.InvariantCulture)}; it must have whole numbers from 1 to {greatest}.");
            }
            numbers.CopyTo(values.Span(slice));
        }
    }

    private static double ReadTemperature(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double temperature)
            && (float)temperature is > 0 and < float.PositiveInfinity
            ? temperature
            : throw new FormatException($"temperature is {Quoted(text)}; it must be a finite number above 0.");

    private static string ElementType<T>() => typeof(T) == typeof(double) ? "F64" : "F32";
}
