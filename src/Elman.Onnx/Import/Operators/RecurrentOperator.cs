using Elman.Onnx.Import.Models;
using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>RNN, GRU and LSTM: one or two directions of a layer.</summary>
internal static class RecurrentOperator
{
    /// <summary>Evaluates the node.</summary>
    /// <returns>Y, Y_h and, of an LSTM, the cell state, which nothing can be done with.</returns>
    public static Value?[] Run(NodeCall call)
    {
        bool isBatchFirst = call.Opset >= 14 && call.Integer("layout", 0) switch
        {
            0 => false,
            1 => true,
            var layout => throw call.Refuse($"has the layout {layout}; it may be 0 or 1."),
        };
        Flow x = call.Flow(0);
        (int timeAxis, int batchAxis) = isBatchFirst ? (1, 0) : (0, 1);
        CheckInput(call, x, timeAxis, batchAxis);
        string directions = call.Text("direction", "forward");
        DirectionWeights[] weights = RecurrentWeights.Read(call, x.Width, directions);
        long[] lengths = x.Axes.Shape;
        CheckLengths(call, lengths[timeAxis]);
        CheckStart(call, isBatchFirst, weights.Length, lengths[batchAxis], weights[0].Units);
        LayerSource[] sources = directions switch
        {
            "forward" => [new(x, weights[0], x.IsReversed)],
            "reverse" => [new(x, weights[0], !x.IsReversed)],
            _ => [new(x, weights[0], x.IsReversed), new(x, weights[1], !x.IsReversed)],
        };

        IEnumerable<Atom> time = x.Axes[timeAxis], batch = x.Axes[batchAxis];
        var states = new Flow([.. sources.Select(source => new Piece(source, Pool.Final))], new Axes([]));
        Atom[] features = states.Features, pieces = [.. features.Where(atom => atom.Kind == AtomKind.Pieces)],
            units = [.. features.Where(atom => atom.Kind == AtomKind.Units)];
        states = states with { Axes = new Axes(isBatchFirst ? [batch, pieces, units] : [pieces, batch, units]) };
        var outputs = new Flow(
            [.. sources.Select(source => new Piece(source))],
            new Axes(isBatchFirst ? [batch, time, pieces, units] : [time, pieces, batch, units]))
        { IsReversed = x.IsReversed };
        return [outputs, states, call.Node.OpType == "LSTM" ? new OtherInput($"the cell state of {call.Node.Name}") : null];
    }

    private static void CheckInput(NodeCall call, Flow x, int timeAxis, int batchAxis)
    {
        if (x.Head != Head.None)
            throw call.Refuse($"reads the result of {x.Head}; only other recurrent layers and linear operations may come before it.");
        if (x.Axes.Rank != 3)
            throw call.Refuse($"reads a tensor of {x.Axes.Rank} dimensions; it must have three: steps, sequences and values.");
        if (x.Axes[timeAxis] is not [{ Kind: AtomKind.Input } time] || !x.HasSteps)
            throw call.Refuse("reads something with a single step, or whose steps are mixed with another axis.");
        if (!call.Context.SettleTime(time))
            throw call.Refuse("takes another axis as its steps than the layers before.");
        if (x.Axes[batchAxis] is not ([] or [{ Kind: AtomKind.Input }]))
            throw call.Refuse("has as its sequences an axis that is no single axis of the graph's input.");
        FeatureAxis.Settle(call, x, 2, call.Constant(1) is { Rank: 3 } weights
            ? weights.Shape[2]
            : throw call.Refuse("has weights W of other than three dimensions: directions, gates·units, inputs."));
    }

    /// <summary>Checks that every sequence is read to its end.</summary>
    private static void CheckLengths(NodeCall call, long steps)
    {
        switch (call.Optional(4))
        {
            case OtherInput lengths:
                call.Context.HasLengths = true;
                call.Context.Warn($"The graph's input {Quoted(lengths.Name)} gives the lengths of padded sequences. The imported model "
                    + "takes every sequence at its own length, without padding.");
                break;
            case Constant lengths when lengths.Integers(call.Context.Budget, "Lengths of sequences").Any(length => length != steps):
                throw call.Refuse("has constant lengths of sequences (sequence_lens) other than the number of steps.");
            case Flow:
                throw call.Refuse("computes the lengths of sequences (sequence_lens) from the sequences.");
        }
    }

    /// <summary>Checks that every sequence starts at zero states.</summary>
    private static void CheckStart(NodeCall call, bool isBatchFirst, long directions, long sequences, long units)
    {
        for (int input = 5; input <= (call.Node.OpType == "LSTM" ? 6 : 5); input++)
        {
            string state = input == 5 ? "initial_h" : "initial_c";
            if (call.Optional(input) is OtherInput or Flow)
                throw call.Refuse($"takes its initial state {state} from {Quoted(call.Node.Input[input])}; an imported model starts every "
                    + "sequence at 0. Export the model without an input for the state.");
            if (call.OptionalConstant(input) is { IsZero: false })
                throw call.Refuse($"starts at a state {state} ({Quoted(call.Node.Input[input])}) that is not 0, which Elman's layers "
                    + "can't. Train the model without learned initial states.");
            if (call.OptionalConstant(input) is not { } zeros)
                continue;
            // Some exporters fix the state of a single sequence.
            (long first, long second) = isBatchFirst ? (sequences, directions) : (directions, sequences);
            if (zeros.Rank != 3 || zeros.Shape[2] != units || !Is(zeros.Shape[0], first, isBatchFirst)
                || !Is(zeros.Shape[1], second, !isBatchFirst))
                throw call.Refuse($"has an initial state {state} [{string.Join(", ", zeros.Shape.Take(8))}] where [{first}, {second}, "
                    + $"{units}] is needed.");
        }

        static bool Is(long length, long needed, bool isSequences) => length == needed || (isSequences && length == 1);
    }
}
