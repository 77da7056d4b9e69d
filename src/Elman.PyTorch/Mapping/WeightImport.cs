using System.Numerics.Tensors;
using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Packing;
using Elman.Persistence;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Mapping;

/// <summary>Copies the tensors of a state dictionary to the weights of a model, and describes each of them.</summary>
internal sealed class WeightImport(StateDictionary state, SequenceModel<float> model, StateMap map)
{
    private readonly Dictionary<string, ParameterSlice> _slices =
        model.Values.Layout.Slices.ToDictionary(slice => slice.Name, StringComparer.Ordinal);
    private readonly List<PyTorchTensor> _tensors = [];

    /// <summary>The tensors, and what they became.</summary>
    public IReadOnlyList<PyTorchTensor> Tensors => _tensors;

    /// <summary>The names of tensors whose numbers were rounded.</summary>
    public List<string> Rounded { get; } = [];

    /// <summary>Copies all tensors.</summary>
    /// <returns>Both biases of each layer that has them, by the prefix of its weights.</returns>
    /// <exception cref="ModelFileException">A tensor has a number that is not finite.</exception>
    public Dictionary<string, PyTorchBiases> Run()
    {
        if (map.Embedding is { } embedding)
            Numbers(embedding.Weight, $"vectors of {Amount.Of(embedding.Rows, "symbol")}")
                .CopyTo(model.Values.Span(_slices[$"embedding.{model.Spec.Symbols[0].Channel}.w"]));
        var biases = new Dictionary<string, PyTorchBiases>(StringComparer.Ordinal);
        int k = 0;
        foreach (RecurrentModule module in map.Recurrent)
        {
            for (int layer = 0; layer < module.Layers; layer++, k++)
            {
                IReadOnlyList<string> prefixes = PyTorchJson.LayersOf(k, module.IsBidirectional);
                for (int direction = 0; direction < prefixes.Count; direction++)
                    if (Copy(module, layer, direction > 0, prefixes[direction], Place(k, direction > 0)) is { } both)
                        biases.Add(prefixes[direction], both);
            }
        }
        CopyTransposed(map.Linear.Weight, model.Output.Weights.Name, "output layer, weights");
        if (map.Linear.Bias is { } bias)
            Numbers(bias, "output layer, biases").CopyTo(model.Values.Span(model.Output.Bias));
        return biases;
    }

    private PyTorchBiases? Copy(RecurrentModule module, int layer, bool isReverse, string prefix, string place)
    {
        CopyTransposed(Find(TensorNames.InputWeights), $"{prefix}wx", $"{place}, input weights");
        CopyTransposed(Find(TensorNames.RecurrentWeights), $"{prefix}wh", $"{place}, recurrent weights");
        if (module.HasProjection)
            CopyTransposed(Find(TensorNames.Projection), $"{prefix}wr", $"{place}, projection");
        if (!module.HasBias)
            return null;
        var both = new PyTorchBiases(
            Numbers(Find(TensorNames.InputBias), $"{place}, biases of inputs"),
            Numbers(Find(TensorNames.RecurrentBias), $"{place}, biases of states"));
        Biases.Sum(both, module.Gates, module.Units).CopyTo(model.Values.Span(_slices[$"{prefix}b"]));
        return TensorPrimitives.IsFiniteAll<float>(model.Values.Span(_slices[$"{prefix}b"]))
            ? both
            : throw state.Refused($"The sum of tensors {Quoted(Find(TensorNames.InputBias).Name)} and "
                + $"{Quoted(Find(TensorNames.RecurrentBias).Name)} overflows.");

        SafetensorsTensor Find(string kind) => module.Find(kind, layer, isReverse);
    }

    private void CopyTransposed(SafetensorsTensor tensor, string slice, string role) =>
        Matrices.Transpose(Numbers(tensor, role), (int)tensor.Shape[0], model.Values.Span(_slices[slice]));

    private float[] Numbers(SafetensorsTensor tensor, string role)
    {
        float[] values = ElementTypes.ToFloats(tensor, out bool isRounded);
        if (Array.FindIndex(values, value => !float.IsFinite(value)) is >= 0 and var at)
            throw state.Refused($"Tensor {StateDictionary.Shown(tensor)} has the value {values[at]} "
                + $"{(isRounded ? "as a 32-bit float " : "")}at index {at}; weights must be finite.");
        if (isRounded)
            Rounded.Add(tensor.Name);
        _tensors.Add(new PyTorchTensor(tensor.Name, tensor.ElementType, tensor.Shape, role));
        return values;
    }

    private static string Place(int layer, bool isReverse) => $"layer {layer + 1}{(isReverse ? " backwards" : "")}";
}
