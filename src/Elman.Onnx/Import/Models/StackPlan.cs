using System.Collections.Immutable;
using Elman.Onnx.Import.Operators;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Models;

/// <summary>A recurrent model as found in a graph: the input, the layers from first to last, and what is made of the last.</summary>
/// <param name="Input">The graph's input.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Top">The graph's output.</param>
internal sealed record StackPlan(InputSource Input, ImmutableArray<LayerPlan> Layers, Flow Top)
{
    /// <summary>What of the steps is left.</summary>
    public Pool Pool => Top.First.Pool;

    /// <summary>Everything but the numbers, to compare two walks through one graph.</summary>
    public string Outline => $"{Pool} {Top.Head} {Top.Width} {string.Join(' ', Layers.Select(layer =>
        $"{layer.Forward.Node} {layer.Backward?.Node} {layer.Merge} {layer.InputMap?.Outputs}"))}";

    /// <summary>Follows the layers from the output of the graph to its input.</summary>
    /// <param name="value">The value of the output.</param>
    /// <param name="output">Its name.</param>
    /// <param name="time">The steps of the input; <see langword="null"/> if there is no recurrent layer.</param>
    /// <exception cref="GraphException">The output is not that of a model that Elman can express.</exception>
    public static StackPlan Of(Value? value, string output, Atom? time)
    {
        if (value is not Flow top || top.IsInput || time is null)
            throw new GraphException($"The output {Quoted(output)} does not come from a recurrent layer (RNN, GRU or LSTM) of the graph.");
        CheckTop(top, output, time);
        var layers = new List<LayerPlan>();
        Flow flow = top;
        while (!flow.IsInput)
        {
            (LayerSource forward, LayerSource? backward, DirectionMerge merge) = Sources(flow);
            flow = forward.Input;
            if (flow.Pieces.Any(piece => piece.Pool != Pool.None))
                throw new GraphException($"{forward.Direction.Node} reads a single step of the layer before it.");
            layers.Add(new LayerPlan(forward.Direction, backward?.Direction, merge) { InputMap = flow.Map });
        }
        layers.Reverse();
        return flow.First.Source is InputSource input && flow.Pieces.Length == 1
            ? new StackPlan(input, [.. layers], top)
            : throw new GraphException($"{layers[0].Forward.Node} reads several inputs of the graph.");
    }

    private static void CheckTop(Flow top, string output, Atom time)
    {
        if (top.Pieces.FirstOrDefault(piece => piece.Pool is Pool.LastStep or Pool.FirstStep) is { } early)
        {
            string step = early.Pool == Pool.LastStep ? "last" : "first";
            throw new GraphException(top.Pieces.Length > 1 || early.Source is MergedSource
                ? $"The output {Quoted(output)} takes the {step} step of both directions of a layer. At that step, one of them has read "
                    + "only one step. Elman takes of each direction the state after all steps. Train and export the model with the "
                    + "final states of both directions (Y_h; in PyTorch h_n)."
                : $"The output {Quoted(output)} takes the {step} step of a layer, which has read only one step there. Elman takes the "
                    + "state after all steps.");
        }
        if (top.Pieces.Any(piece => piece.Pool != top.First.Pool))
            throw new GraphException($"The output {Quoted(output)} combines different steps of the recurrent layers.");
        if (top.HasSteps != top.Axes.Atoms.Contains(time))
            throw new GraphException($"The output {Quoted(output)} is [{string.Join(", ", top.Axes.Shape)}], which is neither one "
                + "prediction for a sequence nor one for every step.");
        if (top.IsReversed)
            throw new GraphException($"The output {Quoted(output)} has its steps in reverse order.");
    }

    /// <summary>The directions of the layer that a flow is the output of.</summary>
    private static (LayerSource Forward, LayerSource? Backward, DirectionMerge Merge) Sources(Flow flow)
    {
        switch (flow.Pieces)
        {
            case [{ Source: MergedSource merged }]:
                return (merged.Forward, merged.Backward, merged.Merge);
            case [{ Source: LayerSource { IsBackward: false } alone }]:
                return (alone, null, DirectionMerge.Concatenate);
            case [{ Source: LayerSource reverse }]:
                throw new GraphException($"{reverse.Direction.Node} only reads from the last step to the first, which Elman can't express. "
                    + "Reverse the sequences in the data and train and export a forward layer.");
            case [{ Source: LayerSource { IsBackward: false } forward }, { Source: LayerSource { IsBackward: true } backward }]
                when Merging.SameInput(forward, backward):
                return (forward, backward, DirectionMerge.Concatenate);
            default:
                string nodes = string.Join(", ", flow.Pieces.Select(piece => (piece.Source as LayerSource)?.Direction.Node).OfType<string>()
                    .Distinct().Take(4));
                throw new GraphException($"The outputs of {nodes} are joined otherwise than as the forward and the backward direction of "
                    + "one layer, in this order.");
        }
    }
}
