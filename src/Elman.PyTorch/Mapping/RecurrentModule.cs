using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Mapping;

/// <summary>A module <c>nn.RNN</c>, <c>nn.GRU</c> or <c>nn.LSTM</c> in a state dictionary, with all its tensors.</summary>
internal sealed class RecurrentModule
{
    private readonly StateDictionary _state;
    private readonly Dictionary<string, SafetensorsTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Creates a module and checks that it is complete and that its shapes fit each other.</summary>
    /// <param name="state">The state dictionary.</param>
    /// <param name="name">The name of the module.</param>
    /// <param name="tensors">The tensors with the module's name.</param>
    /// <exception cref="ModelFileException">A tensor is missing, or its shape does not fit.</exception>
    public RecurrentModule(StateDictionary state, string name, IReadOnlyList<SafetensorsTensor> tensors)
    {
        _state = state;
        Name = name;
        foreach (SafetensorsTensor tensor in tensors)
        {
            (_, string kind, int layer, bool isReverse) = TensorNames.Split(tensor.Name)!.Value;
            if (layer >= ModelSpec.MaxLayers)
                throw state.Refused($"Tensor {Quoted(tensor.Name)} is of layer {layer}, counted from 0; a model has at most "
                    + $"{ModelSpec.MaxLayers} layers.");
            Layers = Math.Max(Layers, layer + 1);
            IsBidirectional |= isReverse;
            HasBias |= kind is TensorNames.InputBias or TensorNames.RecurrentBias;
            HasProjection |= kind == TensorNames.Projection;
            _tensors.Add(TensorNames.Of(kind, layer, isReverse), tensor);
        }
        CheckComplete();
        SafetensorsTensor recurrent = Find(TensorNames.RecurrentWeights, 0, false), input = Find(TensorNames.InputWeights, 0, false);
        CheckRank(recurrent, 2);
        CheckRank(input, 2);
        if (HasProjection)
            CheckRank(Find(TensorNames.Projection, 0, false), 2);
        long units = HasProjection ? Find(TensorNames.Projection, 0, false).Shape[1] : recurrent.Shape[1];
        long gates = units > 0 && recurrent.Shape[0] % units == 0 ? recurrent.Shape[0] / units : 0;
        if (gates is not (1 or 3 or 4) || (HasProjection && gates != 4))
            throw state.Refused($"Tensor {StateDictionary.Shown(recurrent)} is of no layer that PyTorch has: with "
                + $"{Amount.Of(units, "unit")} "
                + (HasProjection ? "and a projection it has 4 rows a unit (LSTM)." : "it has 1 row a unit (RNN), 3 (GRU) or 4 (LSTM)."));
        if (units > ModelSpec.MaxHidden || input.Shape[1] is < 1 or > ModelSpec.MaxSize || recurrent.Shape[1] < 1)
            throw state.Refused($"Module {Quoted(name)} has {Amount.Of(units, "unit")} and {Amount.Of(input.Shape[1], "input")}; there may "
                + $"be 1 to {ModelSpec.MaxHidden} units and 1 to {ModelSpec.MaxSize} inputs.");
        (Gates, Units, Inputs, StateSize) = ((int)gates, (int)units, (int)input.Shape[1], (int)recurrent.Shape[1]);
        CheckShapes();
    }

    /// <summary>The name of the module.</summary>
    public string Name { get; }

    /// <summary>The number of its layers.</summary>
    public int Layers { get; }

    /// <summary>Whether it reads in both directions.</summary>
    public bool IsBidirectional { get; }

    /// <summary>Whether it has biases.</summary>
    public bool HasBias { get; }

    /// <summary>Whether it projects its outputs (<c>proj_size</c>).</summary>
    public bool HasProjection { get; }

    /// <summary>The number of gates: 1 (RNN), 3 (GRU) or 4 (LSTM).</summary>
    public int Gates { get; }

    /// <summary>The number of units of a layer in each direction.</summary>
    public int Units { get; }

    /// <summary>The number of inputs of the first layer.</summary>
    public int Inputs { get; }

    /// <summary>The number of outputs of a direction: the units, or the size of the projection.</summary>
    public int StateSize { get; }

    /// <summary>The number of outputs of a layer, of both directions together.</summary>
    public int Width => IsBidirectional ? 2 * StateSize : StateSize;

    /// <summary>The class in PyTorch.</summary>
    public string Class => Gates switch { 1 => "nn.RNN", 3 => "nn.GRU", _ => "nn.LSTM" };

    /// <summary>The module as the model file keeps it.</summary>
    public PyTorchRecurrentModule Kept => new(Name, Layers, HasBias);

    /// <summary>A description for messages.</summary>
    public string Described => $"{Quoted(Name)} ({Class}, {Amount.Of(Inputs, "input")}, {Amount.Of(Width, "output")})";

    /// <summary>Returns a tensor.</summary>
    public SafetensorsTensor Find(string kind, int layer, bool isReverse) => _tensors[TensorNames.Of(kind, layer, isReverse)];

    private void CheckComplete()
    {
        string[] kinds = [TensorNames.InputWeights, TensorNames.RecurrentWeights,
            .. HasBias ? (string[])[TensorNames.InputBias, TensorNames.RecurrentBias] : [],
            .. HasProjection ? (string[])[TensorNames.Projection] : []];
        string[] missing = [.. Places().SelectMany(place => kinds.Select(kind => TensorNames.Of(kind, place.Layer, place.IsReverse)))
            .Where(tensor => !_tensors.ContainsKey(tensor)).Select(tensor => Quoted(PyTorchOrigin.TensorOf(Name, tensor)))];
        if (missing.Length > 0)
            throw _state.Refused($"{Amount.Of(missing.Length, "tensor")} of module {Quoted(Name)} "
                + $"{(missing.Length == 1 ? "is" : "are")} missing: {OtherModules.List(missing)}.");
    }

    private void CheckShapes()
    {
        foreach ((int layer, bool isReverse) in Places())
        {
            Check(TensorNames.InputWeights, Gates * Units, layer == 0 ? Inputs : Width);
            Check(TensorNames.RecurrentWeights, Gates * Units, StateSize);
            if (HasBias)
            {
                Check(TensorNames.InputBias, Gates * Units);
                Check(TensorNames.RecurrentBias, Gates * Units);
            }
            if (HasProjection)
                Check(TensorNames.Projection, StateSize, Units);

            void Check(string kind, params long[] shape)
            {
                SafetensorsTensor tensor = Find(kind, layer, isReverse);
                if (!tensor.Shape.AsSpan().SequenceEqual(shape))
                    throw _state.Refused($"Tensor {StateDictionary.Shown(tensor)} does not fit the other tensors of its module, with which "
                        + $"it would be [{string.Join(", ", shape)}].");
            }
        }
    }

    private IEnumerable<(int Layer, bool IsReverse)> Places() => Enumerable.Range(0, Layers).SelectMany(
        layer => IsBidirectional ? ((int, bool)[])[(layer, false), (layer, true)] : [(layer, false)]);

    private void CheckRank(SafetensorsTensor tensor, int rank)
    {
        if (tensor.Shape.Length != rank)
            throw _state.Refused($"Tensor {StateDictionary.Shown(tensor)} has {Amount.Of(tensor.Shape.Length, "dimension")}; it must have "
                + $"{rank}.");
    }
}
