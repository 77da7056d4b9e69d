using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Elman.Files;
using Elman.Fitted;
using Elman.Models;

namespace Elman.Persistence;

/// <summary>The part of a model file that keeps what a PyTorch state dictionary has in addition to the weights of the model.</summary>
internal static class PyTorchJson
{
    /// <summary>The prefix of the tensors.</summary>
    public const string Prefix = "pytorch.";

    /// <summary>The maximum number of tensors that were not F32: more than the largest model has.</summary>
    private const int MostTypes = 16 * ModelSpec.MaxLayers;

    private const string Input = "bias_ih", Recurrent = "bias_hh", Weights = "wx", Type = "F32";

    /// <summary>Writes the names and types.</summary>
    public static string Write(PyTorchOrigin origin)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = SafetensorsWriter.Encoder }))
        {
            json.WriteStartObject();
            json.WriteStartArray("recurrent");
            foreach (PyTorchRecurrentModule module in origin.Recurrent)
            {
                json.WriteStartObject();
                json.WriteString("module", module.Name);
                json.WriteNumber("layers", module.Layers);
                json.WriteBoolean("bias", module.HasBias);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteStartObject("linear");
            json.WriteString("module", origin.Linear.Name);
            json.WriteBoolean("bias", origin.Linear.HasBias);
            json.WriteEndObject();
            if (origin.Embedding is not null)
                json.WriteString("embedding", origin.Embedding);
            if (origin.Types.Count > 0)
            {
                json.WriteStartObject("types");
                foreach ((string name, string type) in origin.Types.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(name, type);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the names and types; the biases are tensors.</summary>
    /// <exception cref="FormatException">The text is not valid.</exception>
    public static PyTorchOrigin Read(string text)
    {
        using JsonDocument document = ModelJson.Parse(text);
        JsonElement root = document.RootElement;
        CheckFields(root, "recurrent", "linear", "embedding", "types");
        JsonElement linear = root.GetProperty("linear");
        CheckFields(linear, "module", "bias");
        return new PyTorchOrigin(
            ReadModules(root.GetProperty("recurrent")),
            new PyTorchLinearModule(NameOf(linear), linear.GetProperty("bias").GetBoolean()),
            root.TryGetProperty("embedding", out JsonElement embedding) ? TextOf(embedding) : null)
        { Types = ReadTypes(root) };
    }

    /// <summary>Returns the biases as tensors.</summary>
    public static IEnumerable<SafetensorsTensor> Tensors(PyTorchOrigin origin)
    {
        foreach ((string layer, PyTorchBiases biases) in origin.Biases)
        {
            yield return TensorOf(layer + Input, biases.Input);
            yield return TensorOf(layer + Recurrent, biases.Recurrent);
        }
    }

    /// <summary>Reads the biases of the layers that have two.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="origin">The names.</param>
    /// <param name="spec">The model.</param>
    /// <param name="tensors">The tensors by name; used ones are removed.</param>
    /// <param name="shapes">The shapes of the weights of the model.</param>
    /// <exception cref="ModelFileException">A tensor is missing, of another shape or type, or has a number that is not
    /// finite.</exception>
    public static PyTorchOrigin WithBiases(string path, PyTorchOrigin origin, ModelSpec spec,
        Dictionary<string, SafetensorsTensor> tensors, IReadOnlyDictionary<string, int[]> shapes)
    {
        var biases = new Dictionary<string, PyTorchBiases>(StringComparer.Ordinal);
        int k = 0;
        foreach ((PyTorchRecurrentModule module, _) in origin.Layers())
        {
            foreach (string layer in LayersOf(k++, spec.Bidirectional))
                if (module.HasBias)
                    biases.Add(layer, new PyTorchBiases(Take(layer + Input, layer), Take(layer + Recurrent, layer)));
        }
        return origin with { Biases = biases };

        float[] Take(string name, string layer)
        {
            name = Prefix + name;
            long length = shapes[layer + Weights][1];
            if (!tensors.Remove(name, out SafetensorsTensor? tensor))
                throw ModelFileException.At(path, $"Tensor {Quoted(name)} is missing.");
            if (tensor.ElementType != Type || tensor.Shape is not [var found] || found != length)
                throw ModelFileException.At(path, $"Tensor {Quoted(name)} is [{string.Join(", ", tensor.Shape)}] of type "
                    + $"{tensor.ElementType}; the model needs [{length}] of type {Type}.");
            float[] values = MemoryMarshal.Cast<byte, float>(tensor.Bytes).ToArray();
            return Array.TrueForAll(values, float.IsFinite)
                ? values
                : throw ModelFileException.At(path, $"Tensor {Quoted(name)} has a value that is not finite; weights must be finite.");
        }
    }

    /// <summary>Returns the prefixes of the weights of a layer, in each direction.</summary>
    public static IReadOnlyList<string> LayersOf(int layer, bool isBidirectional)
    {
        string forward = FormattableString.Invariant($"rnn.{layer}.");
        return isBidirectional ? [forward, $"{forward}reverse."] : [forward];
    }

    private static SafetensorsTensor TensorOf(string name, float[] values) =>
        new(Prefix + name, Type, [values.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray());

    private static List<PyTorchRecurrentModule> ReadModules(JsonElement list)
    {
        var modules = new List<PyTorchRecurrentModule>();
        foreach (JsonElement module in list.EnumerateArray())
        {
            if (modules.Count == ModelSpec.MaxLayers)
                throw new FormatException(FormattableString.Invariant($"there are more than {ModelSpec.MaxLayers} recurrent modules."));
            CheckFields(module, "module", "layers", "bias");
            modules.Add(new(NameOf(module), module.GetProperty("layers").GetInt32(), module.GetProperty("bias").GetBoolean()));
        }
        return modules;
    }

    private static Dictionary<string, string> ReadTypes(JsonElement root)
    {
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("types", out JsonElement list))
            return types;
        foreach (JsonProperty tensor in list.EnumerateObject())
        {
            string type = TextOf(tensor.Value);
            if (types.Count == MostTypes)
                throw new FormatException(FormattableString.Invariant($"there are more than {MostTypes} types of tensors."));
            types.Add(tensor.Name, PyTorchOrigin.OtherTypes.Contains(type, StringComparer.Ordinal)
                ? type
                : throw new FormatException($"the type of {Quoted(tensor.Name)} is {Quoted(type)}; it may be "
                    + $"{string.Join(", ", PyTorchOrigin.OtherTypes)}."));
        }
        return types;
    }

    private static void CheckFields(JsonElement element, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty field in element.EnumerateObject())
            if (!known.Contains(field.Name))
                throw new FormatException($"it has the unknown field {Quoted(field.Name)}.");
        foreach (string name in known)
            if (name is not ("embedding" or "types") && !element.TryGetProperty(name, out _))
                throw new FormatException($"it has no field {Quoted(name)}.");
    }

    private static string NameOf(JsonElement module) => TextOf(module.GetProperty("module"));

    private static string TextOf(JsonElement text) => text.GetString() ?? throw new FormatException("a name is null.");
}
