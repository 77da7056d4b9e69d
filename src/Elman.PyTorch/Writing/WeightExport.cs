using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Packing;
using Elman.Persistence;
using Elman.PyTorch.Mapping;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Writing;

/// <summary>Makes the tensors of a state dictionary of the weights of a model.</summary>
internal sealed class WeightExport(SequenceModel<float> model, PyTorchOrigin origin, IReadOnlyList<string> embeddings)
{
    private readonly Dictionary<string, ParameterSlice> _slices =
        model.Values.Layout.Slices.ToDictionary(slice => slice.Name, StringComparer.Ordinal);
    private readonly List<PyTorchTensor> _described = [];

    /// <summary>The tensors.</summary>
    public List<SafetensorsTensor> Tensors { get; } = [];

    /// <summary>The tensors, and what they are in the model.</summary>
    public IReadOnlyList<PyTorchTensor> Described => _described;

    /// <summary>What differs from the modules that were imported.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Makes all tensors.</summary>
    /// <returns>The modules that were written: one that was imported without biases may have learned some.</returns>
    public PyTorchOrigin Run()
    {
        for (int i = 0; i < embeddings.Count; i++)
        {
            ParameterSlice table = _slices[$"embedding.{model.Spec.Symbols[i].Channel}.w"];
            Add(PyTorchOrigin.TensorOf(embeddings[i], TensorNames.Weight), [table.Shape[0], table.Shape[1]], model.Values.Span(table),
                $"vectors of {Amount.Of(table.Shape[0], "symbol")}");
        }
        var modules = new List<PyTorchRecurrentModule>();
        int k = 0;
        foreach (PyTorchRecurrentModule module in origin.Recurrent)
        {
            modules.Add(module with { HasBias = module.HasBias || HasLearnedBias(module, k) });
            for (int layer = 0; layer < module.Layers; layer++, k++)
                AddLayer(modules[^1], layer, k);
        }
        return origin with { Recurrent = modules, Linear = AddLinear() };
    }

    private void AddLayer(PyTorchRecurrentModule module, int layer, int k)
    {
        IReadOnlyList<string> prefixes = PyTorchJson.LayersOf(k, model.Spec.Bidirectional);
        for (int direction = 0; direction < prefixes.Count; direction++)
        {
            string prefix = prefixes[direction], place = $"layer {k + 1}{(direction > 0 ? " backwards" : "")}";
            AddTransposed(Name(TensorNames.InputWeights), _slices[$"{prefix}wx"], $"{place}, input weights");
            AddTransposed(Name(TensorNames.RecurrentWeights), _slices[$"{prefix}wh"], $"{place}, recurrent weights");
            if (module.HasBias)
            {
                int units = model.Spec.Layers[k], gates = _slices[$"{prefix}wx"].Shape[1] / units;
                PyTorchBiases both = Biases.Split(
                    model.Values.Span(_slices[$"{prefix}b"]), origin.Biases.GetValueOrDefault(prefix), gates, units);
                Add(Name(TensorNames.InputBias), [both.Input.Length], both.Input, $"{place}, biases of inputs");
                Add(Name(TensorNames.RecurrentBias), [both.Recurrent.Length], both.Recurrent, $"{place}, biases of states");
            }
            if (model.Spec.Cell.ProjectionSize > 0)
                AddTransposed(Name(TensorNames.Projection), _slices[$"{prefix}wr"], $"{place}, projection");

            string Name(string kind) => PyTorchOrigin.TensorOf(module.Name, TensorNames.Of(kind, layer, direction > 0));
        }
    }

    private PyTorchLinearModule AddLinear()
    {
        PyTorchLinearModule linear = origin.Linear;
        AddTransposed(PyTorchOrigin.TensorOf(linear.Name, TensorNames.Weight), model.Output.Weights, "output layer, weights");
        ReadOnlySpan<float> bias = model.Values.Span(model.Output.Bias);
        if (!linear.HasBias && bias.ContainsAnyExcept(0f))
        {
            WarnOfBias(linear.Name);
            linear = linear with { HasBias = true };
        }
        if (linear.HasBias)
            Add(PyTorchOrigin.TensorOf(linear.Name, TensorNames.Bias), [bias.Length], bias, "output layer, biases");
        return linear;
    }

    private bool HasLearnedBias(PyTorchRecurrentModule module, int first)
    {
        bool hasLearned = Enumerable.Range(first, module.Layers)
            .SelectMany(k => PyTorchJson.LayersOf(k, model.Spec.Bidirectional))
            .Any(prefix => model.Values.Span(_slices[$"{prefix}b"]).ContainsAnyExcept(0f));
        if (hasLearned && !module.HasBias)
            WarnOfBias(module.Name);
        return hasLearned;
    }

    private void WarnOfBias(string module) => Warnings.Add($"Module {Quoted(module)} was imported without biases and has learned some "
        + "since: they are written, so create the module with bias=True in PyTorch.");

    private void AddTransposed(string name, ParameterSlice slice, string role)
    {
        float[] values = new float[slice.Count];
        Matrices.Transpose(model.Values.Span(slice), slice.Shape[0], values);
        Add(name, [slice.Shape[1], slice.Shape[0]], values, role);
    }

    private void Add(string name, long[] shape, ReadOnlySpan<float> values, string role)
    {
        string type = origin.Types.GetValueOrDefault(name, ElementTypes.Float);
        SafetensorsTensor tensor = ElementTypes.ToTensor(name, shape, values, type);
        if (tensor.ElementType != type)
            Warnings.Add($"Tensor {Quoted(name)} was imported as {type}, which can't represent what it has learned since: it is written "
                + $"as {tensor.ElementType}.");
        Tensors.Add(tensor);
        _described.Add(new PyTorchTensor(name, tensor.ElementType, shape, role));
    }
}
