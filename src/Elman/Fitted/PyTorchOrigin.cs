using Elman.Models;

namespace Elman.Fitted;

/// <summary>
/// What a model that was imported from a PyTorch state dictionary needs, in addition to its weights, to write the same tensors again: the
/// names of the modules, the types of the tensors, and both biases of each gate, of which the model has the sum.
/// </summary>
/// <param name="Recurrent">The recurrent modules, in the order in which data pass through them.</param>
/// <param name="Linear">The output layer.</param>
/// <param name="Embedding">The name of the module of the embedding; <see langword="null"/> if there is none.</param>
internal sealed record PyTorchOrigin(
    IReadOnlyList<PyTorchRecurrentModule> Recurrent, PyTorchLinearModule Linear, string? Embedding)
{
    /// <summary>The element types that a tensor may have had, other than F32.</summary>
    public static IReadOnlyList<string> OtherTypes { get; } = ["F16", "BF16", "F64"];

    /// <summary>The element types, as in safetensors, of the tensors that were not F32, by the names of the tensors.</summary>
    public IReadOnlyDictionary<string, string> Types { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The biases of the layers that had two, by the prefix of the layer's weights, such as <c>rnn.0.reverse.</c>.</summary>
    public IReadOnlyDictionary<string, PyTorchBiases> Biases { get; init; } =
        new Dictionary<string, PyTorchBiases>(StringComparer.Ordinal);

    /// <summary>Returns the name of a tensor of a module; the module of a bare layer has an empty name.</summary>
    public static string TensorOf(string module, string tensor) => module.Length == 0 ? tensor : $"{module}.{tensor}";

    /// <summary>Returns why the names can't be those of a model, as a sentence, or <see langword="null"/>.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="members">The number of models that are averaged.</param>
    public string? FindProblem(ModelSpec spec, int members)
    {
        string[] modules = [.. Recurrent.Select(module => module.Name), Linear.Name, .. Embedding is null ? (string[])[] : [Embedding]];
        return this switch
        {
            _ when members > 1 => $"It has names of PyTorch modules for {members} models; only a single model can have them.",
            _ when spec.Cell is not (RnnOptions or GruOptions or LstmOptions) =>
                $"It has names of PyTorch modules, but the cell {spec.Cell.Name}, which PyTorch does not have.",
            _ when Recurrent.Sum(module => (long)module.Layers) != spec.Layers.Count || Recurrent.Any(module => module.Layers < 1) =>
                $"Its PyTorch modules have {Recurrent.Sum(module => (long)module.Layers)} layers; the model has {spec.Layers.Count}.",
            _ when (Embedding is null ? 0 : 1) != spec.Symbols.Count =>
                $"It has {(Embedding is null ? "no name" : "one name")} of a PyTorch embedding; the model has {spec.Symbols.Count}.",
            _ when modules.Distinct(StringComparer.Ordinal).Count() < modules.Length => "Two of its PyTorch modules have the same name.",
            _ => null,
        };
    }

    /// <summary>Returns the recurrent module of each layer of the model, and the number of the layer in it.</summary>
    public IEnumerable<(PyTorchRecurrentModule Module, int Layer)> Layers() =>
        Recurrent.SelectMany(module => Enumerable.Range(0, module.Layers).Select(layer => (module, layer)));
}

/// <summary>A module <c>nn.RNN</c>, <c>nn.GRU</c> or <c>nn.LSTM</c>.</summary>
/// <param name="Name">Its name: that of its tensors without <c>.weight_ih_l0</c>; empty for a bare module.</param>
/// <param name="Layers">The number of its layers.</param>
/// <param name="HasBias">Whether it has biases.</param>
internal sealed record PyTorchRecurrentModule(string Name, int Layers, bool HasBias);

/// <summary>A module <c>nn.Linear</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="HasBias">Whether it has biases.</param>
internal sealed record PyTorchLinearModule(string Name, bool HasBias);

/// <summary>The two biases of each gate of a layer, of which the model has the sum.</summary>
/// <param name="Input">Those of the inputs, <c>bias_ih</c>, <c>[G·H]</c>.</param>
/// <param name="Recurrent">Those of the state, <c>bias_hh</c>, <c>[G·H]</c>.</param>
internal sealed record PyTorchBiases(float[] Input, float[] Recurrent);
