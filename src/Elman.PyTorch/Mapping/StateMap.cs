using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Mapping;

/// <summary>The modules of a state dictionary in the order in which data pass through them. Every tensor belongs to one of them.</summary>
/// <param name="Recurrent">The recurrent modules.</param>
/// <param name="Linear">The output layer.</param>
/// <param name="Embedding">The embedding, or <see langword="null"/>.</param>
internal sealed record StateMap(IReadOnlyList<RecurrentModule> Recurrent, MatrixModule Linear, MatrixModule? Embedding)
{
    /// <summary>The first recurrent module.</summary>
    public RecurrentModule First => Recurrent[0];

    /// <summary>Finds the modules.</summary>
    /// <exception cref="ModelFileException">The tensors are not those of one stack.</exception>
    /// <exception cref="ArgumentException">The options name modules that the file does not have.</exception>
    public static StateMap Of(StateDictionary state, PyTorchLoadOptions options)
    {
        if (state.Tensors.FirstOrDefault(tensor => !ElementTypes.AreFloats(tensor.ElementType)) is { } other)
            throw state.Refused($"Tensor {StateDictionary.Shown(other)} has type {other.ElementType}; weights have type F32, F16, BF16 or "
                + "F64. Save the model without buffers and without quantisation.");
        if (state.Tensors.FirstOrDefault(tensor => tensor.Name.StartsWith('.')) is { } nameless)
            throw state.Refused($"Tensor {StateDictionary.Shown(nameless)} belongs to a module without a name. Rename it before you save "
                + "the state dictionary.");
        ILookup<bool, SafetensorsTensor> divided = state.Tensors.ToLookup(tensor => TensorNames.Split(tensor.Name) is not null);
        RecurrentModule[] recurrent = [.. divided[true].GroupBy(tensor => TensorNames.Split(tensor.Name)!.Value.Module)
            .Select(group => new RecurrentModule(state, group.Key, [.. group]))];
        if (recurrent.Length == 0)
            throw state.Refused($"The file has no nn.RNN, nn.GRU or nn.LSTM: none of its {Amount.Of(state.Tensors.Count, "tensor")} "
                + $"has a name such as 'rnn.weight_ih_l0'{OfCell(state)}.");
        CheckAlike(state, recurrent);
        List<MatrixModule> others = OtherModules.Find(state, [.. divided[false]]);
        (MatrixModule linear, MatrixModule? embedding) = OtherModules.Divide(state, others, options.Embedding,
            Possible(recurrent, module => module.Inputs), Possible(recurrent, module => module.Width));
        return new StateMap(
            Ordered(state, recurrent, options.Modules, linear.Columns, embedding?.Columns), linear, embedding);

        // One module is both the first and the last; of several, the order is not known yet.
        static HashSet<long> Possible(RecurrentModule[] modules, Func<RecurrentModule, long> size) => [.. modules.Select(size)];
    }

    private static RecurrentModule[] Ordered(
        StateDictionary state, RecurrentModule[] modules, IReadOnlyList<string> chosen, long width, long? inputs)
    {
        if (chosen.Count > 0)
        {
            if (!chosen.Order(StringComparer.Ordinal).SequenceEqual(modules.Select(m => m.Name).Order(StringComparer.Ordinal)))
                throw state.Refused($"Modules (--modules in the tool) names {OtherModules.List(chosen.Select(name => Quoted(name)))}, "
                    + $"but the recurrent modules of the file are {OtherModules.List(modules.Select(module => Quoted(module.Name)))}; "
                    + "name each of them once.");
            modules = [.. chosen.Select(name => modules.First(module => module.Name == name))];
        }
        List<RecurrentModule[]> orders = chosen.Count == 0
            ? ModuleOrder.Find(modules, module => inputs is null || module.Inputs == inputs, module => module.Width == width)
            : Fits() ? [modules] : [];
        return orders switch
        {
            [var only] => only,
            [] => throw state.Refused("The recurrent modules do not fit each other one after the other"
                + $"{(inputs is null ? "" : $", from the {inputs} numbers of the embedding")} to the {width} inputs of nn.Linear: "
                + $"{OtherModules.List(modules.Select(module => module.Described))}."),
            _ => throw state.Refused($"The recurrent modules {OtherModules.List(modules.Select(module => module.Described))} fit each "
                + "other in several orders. Name them in the order in which data pass through them with Modules (--modules in the tool)."),
        };

        bool Fits() => (inputs is null || modules[0].Inputs == inputs) && modules[^1].Width == width
            && modules.Zip(modules.Skip(1)).All(pair => pair.First.Width == pair.Second.Inputs);
    }

    private static void CheckAlike(StateDictionary state, RecurrentModule[] modules)
    {
        RecurrentModule first = modules[0];
        if (modules.Sum(module => module.Layers) > ModelSpec.MaxLayers)
            throw state.Refused($"The recurrent modules have {modules.Sum(module => module.Layers)} layers; a model may have "
                + $"{ModelSpec.MaxLayers}.");
        RecurrentModule? other = modules.FirstOrDefault(module => module.Gates != first.Gates);
        if (other is not null)
            throw state.Refused($"The modules {first.Described} and {other.Described} have different cells; a model has one kind.");
        other = modules.FirstOrDefault(module => module.IsBidirectional != first.IsBidirectional);
        if (other is not null)
            throw state.Refused($"Of the modules {first.Described} and {other.Described} one is bidirectional and one is not; in a model "
                + "all layers are, or none.");
        other = modules.FirstOrDefault(module => (module.HasProjection ? module.StateSize : 0)
            != (first.HasProjection ? first.StateSize : 0));
        if (other is not null)
            throw state.Refused($"The modules {first.Described} and {other.Described} have different projections (proj_size); in a model "
                + "all layers have the same.");
    }

    /// <summary>Whether the file has a module for single steps, whose tensors have no number of a layer.</summary>
    private static string OfCell(StateDictionary state) => state.Tensors.Any(tensor =>
        TensorNames.SplitLast(tensor.Name).Tensor is TensorNames.InputWeights or TensorNames.RecurrentWeights)
        ? ". nn.RNNCell, nn.GRUCell and nn.LSTMCell can't be imported, since the file does not say how they are connected: rename their "
            + "tensors, such as 'weight_ih', to those of a layer, 'weight_ih_l0'"
        : "";

    /// <summary>Returns the names as the model file keeps them.</summary>
    public PyTorchOrigin Origin(StateDictionary state) => new(
        [.. Recurrent.Select(module => module.Kept)], new PyTorchLinearModule(Linear.Name, Linear.Bias is not null), Embedding?.Name)
    {
        Types = state.Tensors.Where(tensor => tensor.ElementType != ElementTypes.Float)
            .ToDictionary(tensor => tensor.Name, tensor => tensor.ElementType, StringComparer.Ordinal),
    };
}
