using System.Collections.Immutable;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Operators;

/// <summary>Finds the axis of the values of a step: the channels of the input, or the units of a layer.</summary>
internal static class FeatureAxis
{
    /// <summary>Checks that an axis has exactly the values of a step; of the graph's input, it becomes that of the channels.</summary>
    /// <param name="call">The node, for messages.</param>
    /// <param name="flow">The values.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="size">The number of values of a step that the node's weights are for.</param>
    /// <exception cref="GraphException">It has something else.</exception>
    /// <exception cref="OpenLengthException">The graph leaves the number of channels open, and another was chosen.</exception>
    public static void Settle(NodeCall call, Flow flow, int axis, long size)
    {
        if (flow.First.Source is InputSource { Table: null } input && flow.Map is not { IsMatrix: true })
        {
            if (flow.Axes[axis].Length > 1 || flow.Axes[axis] is [{ Kind: not AtomKind.Input }] || flow.Axes[axis] is [var atom]
                && atom == call.Context.Time)
                throw call.Refuse("takes steps or sequences as the values of a step.");
            input.Features ??= flow.Axes[axis];
        }
        if (!flow.Axes[axis].SequenceEqual(flow.Features))
            throw call.Refuse($"needs all values of a step in axis {axis}, but has [{string.Join(", ", flow.Axes.Shape)}], where they are "
                + "in another one or mixed with steps or sequences.");
        if (flow.Width == size)
            return;
        if (flow.Features is [{ IsAnyLength: true } open])
            throw new OpenLengthException(open.Axis, size);
        throw call.Refuse($"has weights for {Amount.Of(size, "value")} of a step, but gets {flow.Width}.");
    }

    /// <summary>
    /// Takes an axis as that of the channels if no operation has shown it yet: the only one of fixed length, or else the last.
    /// </summary>
    public static void Guess(Flow flow)
    {
        if (flow.First.Source is not InputSource { Table: null, Features: null } input)
            return;
        int[] axes = [.. Enumerable.Range(0, flow.Axes.Rank).Where(axis => flow.Axes[axis].Length > 0
            && flow.Axes[axis].All(atom => !atom.IsAnyLength))];
        ImmutableArray<Atom> guess = flow.Axes[axes.Length == 1 ? axes[0] : flow.Axes.Rank - 1];
        input.Features = guess.Length <= 1
            ? guess
            : throw new GraphException("The channels of the graph's input are mixed with another axis.");
    }

    /// <summary>Returns the axis of the values; −1 if they are in several.</summary>
    public static int Find(Flow flow) => flow.Features is { Length: > 0 } features ? flow.Axes.Find(features) : -1;
}
