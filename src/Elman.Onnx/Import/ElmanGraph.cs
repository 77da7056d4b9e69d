using System.Runtime.InteropServices;
using Elman.Files;
using Elman.Models;
using Elman.Onnx.Export;
using Elman.Onnx.Export.Layers;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;
using Elman.Packing;
using Elman.Persistence;
using Elman.Training.Tasks;
using Google.Protobuf;

namespace Elman.Onnx.Import;

/// <summary>
/// Reads a graph that Elman wrote: the metadata describe the model, and the initializers have its weights, bit for bit.
/// </summary>
/// <remarks>
/// The model is written again and compared with the file, so a graph that was changed afterwards is never taken for the model that its
/// metadata describe.
/// </remarks>
/// <param name="path">The name of the file, for messages.</param>
/// <param name="bytes">The file.</param>
/// <param name="options">The settings of the loaded model.</param>
internal sealed class ElmanGraph(string path, ModelBytes bytes, OnnxLoadOptions options)
{
    private const string VersionKey = "elman.version", ChecksumKey = "elman.crc32c";

    private readonly ModelProto _file = bytes.Model;

    private readonly Dictionary<string, TensorProto> _initializers = bytes.Model.Graph.Initializer
        .GroupBy(tensor => tensor.Name, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Whether a file says that Elman wrote it.</summary>
    public static bool IsIn(ModelProto file) =>
        file.ProducerName == OnnxFormat.Producer && file.Graph is not null && file.MetadataProps.Any(entry => entry.Key == VersionKey);

    /// <summary>Reads the model.</summary>
    /// <exception cref="ArgumentException">An option contradicts the metadata, which say everything.</exception>
    /// <exception cref="ModelFileException">The metadata describe no model, a tensor is missing, or the graph is another one than Elman
    /// writes for the model.</exception>
    public SequenceEstimator Read()
    {
        if (options is not { Task: OnnxTask.FromGraph, Names.Count: 0, Output: null, LinearBeforeReset: null })
            throw new ArgumentException(
                "Elman wrote this file, so its metadata say what Task, Names (--classes), Output and LinearBeforeReset are for. Leave them "
                    + "out.");
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (StringStringEntryProto entry in _file.MetadataProps)
            if (!texts.TryAdd(entry.Key, entry.Value))
                throw ModelFileException.At(path, $"The key {Quoted(entry.Key)} occurs twice in its metadata.");
        var tensors = new List<SafetensorsTensor>();
        IReadOnlyList<MemberFile> members = Describe(texts).Members;
        MemberFile.CheckTensors(path, _initializers.Values.Sum(tensor => (long)tensor.RawData.Length), members);
        for (int m = 0; m < members.Count; m++)
            tensors.AddRange(TensorsOf(members[m].Spec, members.Count > 1 ? FormattableString.Invariant($"member.{m}.") : ""));
        SequenceEstimator model = SequenceEstimator.LoadAny(new ModelSource(path, () => new Safetensors(tensors, texts)), options.Model);
        Compare(model);
        return model;
    }

    /// <summary>Reads the description without the weights, whose layout depends on it.</summary>
    private ModelFile Describe(Dictionary<string, string> texts)
    {
        Dictionary<string, string> withoutChecksum = new(texts, StringComparer.Ordinal);
        withoutChecksum.Remove(ChecksumKey);
        SequenceTask[] tasks = [SequenceTask.Classify, SequenceTask.Tag, SequenceTask.Regress, SequenceTask.Forecast];
        (ModelFile description, _) = ModelFile.Read(
            new ModelSource(path, () => new Safetensors([], withoutChecksum)), [.. tasks.Select(task => task.FileKind)],
            LoadOptions.Default);
        return description;
    }

    private IEnumerable<SafetensorsTensor> TensorsOf(ModelSpec spec, string prefix)
    {
        // The layout of the weights, as the model of the description has it.
        using var model = new SequenceModel<float>(spec);
        foreach (ParameterSlice slice in model.Values.Layout.Slices)
        {
            float[] values = _initializers.TryGetValue(prefix + slice.Name, out TensorProto? tensor)
                ? Numbers(tensor, slice.Count)
                : OfOperator(spec, prefix, slice);
            yield return new SafetensorsTensor(
                prefix + slice.Name, "F32", [.. slice.Shape.Select(length => (long)length)],
                MemoryMarshal.AsBytes<float>(values).ToArray());
        }
    }

    /// <summary>Reads the weights of a layer that is a recurrent operator, in whose tensors both directions are together.</summary>
    private float[] OfOperator(ModelSpec spec, string prefix, ParameterSlice slice)
    {
        string[] parts = slice.Name.Split('.');
        if (parts is not ["rnn", string index, ..] || !int.TryParse(index, out int layer))
            throw Missing(prefix + slice.Name);
        int units = spec.Layers[layer], directions = spec.Bidirectional ? 2 : 1, direction = parts.Length == 4 ? 1 : 0;
        RecurrentWeights layout = OperatorLayer.LayoutOf(spec, units) ?? throw Missing(prefix + slice.Name);
        string kind = parts[^1] switch { "wx" => "W", "wh" => "R", "b" => "B", "p" => "P", _ => throw Missing(prefix + slice.Name) };
        string name = $"{prefix}rnn.{index}.{kind}";
        if (!_initializers.TryGetValue(name, out TensorProto? tensor))
            throw Missing(name);
        int count = kind == "B" ? 2 * layout.Order.Length * units : slice.Count;
        ReadOnlySpan<float> values = Numbers(tensor, directions * count).AsSpan(direction * count, count);
        return kind switch
        {
            "B" => layout.Bias(values, slice.Count),
            "P" => layout.Peepholes(values),
            _ => layout.Restored(values),
        };
    }

    private float[] Numbers(TensorProto tensor, int count)
    {
        if (tensor.DataType != (int)TensorProto.Types.DataType.Float || tensor.RawData.Length != (long)count * sizeof(float))
            throw ModelFileException.At(path, $"The initializer {Quoted(tensor.Name)} must have {Amount.Of(count, "float")}.");
        return MemoryMarshal.Cast<byte, float>(tensor.RawData.Span).ToArray();
    }

    /// <summary>Checks that the graph is the one of the model.</summary>
    private void Compare(SequenceEstimator model)
    {
        bool isStreaming = _file.Graph.Input.All(input => input.Name != OnnxNames.Lengths);
        long opset = _file.OpsetImport.FirstOrDefault(import => import.Domain.Length == 0)?.Version ?? 0;
        if (opset is >= OnnxSaveOptions.OldestOpset and <= OnnxSaveOptions.NewestOpset && (!isStreaming || model.CanStream)
            && IsWritten(model, new OnnxSaveOptions { Opset = (int)opset, IsStreaming = isStreaming }))
            return;
        model.Dispose();
        throw ModelFileException.At(path, "Its metadata describe an Elman model, but the graph is not the one that this version writes for "
            + "that model: it was changed, or another version wrote it. Use the model's .safetensors file, or the file as Elman "
            + "wrote it.");
    }

    private bool IsWritten(SequenceEstimator model, OnnxSaveOptions options)
    {
        try
        {
            byte[] written = OnnxFile.ToBytes(model, options);
            // Unknown fields count in the length alone.
            return written.Length == bytes.Length && written.AsSpan().SequenceEqual(_file.ToByteArray());
        }
        catch (ArgumentException)
        {
            return false; // this opset has no operators for it
        }
    }

    private ModelFileException Missing(string name) => ModelFileException.At(path, $"The initializer {Quoted(name)} is missing.");
}
