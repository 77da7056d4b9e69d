using Elman.Onnx.Import.Models;
using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Reads the weights and the attributes of a recurrent node.</summary>
internal static class RecurrentWeights
{
    /// <summary>A limit that no number of a network exceeds is none.</summary>
    private const float NoClip = 1e30f;

    /// <summary>Reads the directions of a node.</summary>
    /// <param name="call">The node.</param>
    /// <param name="inputs">The number of its inputs.</param>
    /// <param name="directions">The attribute <c>direction</c>.</param>
    public static DirectionWeights[] Read(NodeCall call, int inputs, string directions)
    {
        int count = directions switch
        {
            "forward" or "reverse" => 1,
            "bidirectional" => 2,
            _ => throw call.Refuse($"has the direction {Quoted(directions)}; it may be forward, reverse or bidirectional."),
        };
        int gates = call.Node.OpType switch { "RNN" => 1, "GRU" => 3, _ => 4 };
        Constant recurrent = call.Constant(2);
        if (recurrent.Rank != 3 || recurrent.Shape[2] < 1 || recurrent.Shape[2] > int.MaxValue / (2 * gates))
            throw call.Refuse($"has recurrent weights [{string.Join(", ", recurrent.Shape.Take(8))}], which must be [directions, "
                + "gates·units, units].");
        int units = (int)recurrent.Shape[2];
        if (call.Integer("hidden_size", units) is var stated && stated != units)
            throw call.Refuse($"has hidden_size {stated}, but recurrent weights for {Amount.Of(units, "unit")}.");
        CellOptions[] cells = Cells(call, count);
        ReadOnlyMemory<float>[] w = Split(call, 1, "W", count, gates * units, inputs),
            r = Split(call, 2, "R", count, gates * units, units), b = Split(call, 3, "B", count, 2 * gates * units),
            p = gates == 4 ? Split(call, 7, "P", count, 3 * units) : [default, default];
        return [.. Enumerable.Range(0, count).Select(d => new DirectionWeights(
            cells[d] is LstmOptions lstm && p[d].Length > 0 ? lstm with { Peepholes = true } : cells[d], inputs, units)
        {
            Node = NodeCall.NameOf(call.Node),
            InputWeights = w[d],
            RecurrentWeights = r[d],
            Biases = b[d],
            Peepholes = p[d],
        })];
    }

    private static CellOptions[] Cells(NodeCall call, int directions)
    {
        var functions = new GateFunctions(call);
        float clip = call.Number("clip", float.PositiveInfinity);
        if (clip <= 0)
            throw call.Refuse(FormattableString.Invariant($"has the clip {clip}; it must be above 0."));
        bool isClipped = clip < NoClip;
        call.Integer("output_sequence", 0); // of older versions: the outputs in use say it
        switch (call.Node.OpType)
        {
            case "LSTM":
                bool isCoupled = Flag(call, "input_forget");
                return [.. functions.Read(["Sigmoid", "Tanh", "Tanh"], directions).Select(f => new LstmOptions
                {
                    GateActivation = f[0],
                    CandidateActivation = f[1],
                    OutputActivation = f[2],
                    CoupledGates = isCoupled,
                    GateClip = isClipped ? clip : double.PositiveInfinity,
                })];
            case "GRU":
                Refuse(call, isClipped, clip);
                GruReset reset = GruResetReader.Read(call, Flag(call, "linear_before_reset"));
                return [.. functions.Read(["Sigmoid", "Tanh"], directions).Select(f =>
                    new GruOptions { GateActivation = f[0], CandidateActivation = f[1], GruReset = reset })];
            default:
                Refuse(call, isClipped, clip);
                return [.. functions.Read(["Tanh"], directions).Select(f => new RnnOptions { Activation = f[0] })];
        }
    }

    private static void Refuse(NodeCall call, bool isClipped, float clip)
    {
        if (isClipped)
            throw call.Refuse(FormattableString.Invariant($"limits the arguments of its activations (clip {clip}), which in Elman only an ")
                + "LSTM can do.");
    }

    private static bool Flag(NodeCall call, string name) => call.Integer(name, 0) switch
    {
        0 => false,
        1 => true,
        var other => throw call.Refuse($"has {name} {other}; it may be 0 or 1."),
    };

    /// <summary>Returns the part of a tensor for each direction; nothing if it is missing or 0 throughout and has two dimensions.</summary>
    private static ReadOnlyMemory<float>[] Split(NodeCall call, int input, string name, int directions, params int[] shape)
    {
        bool isRequired = shape.Length == 2;
        Constant? tensor = isRequired ? call.Constant(input) : call.OptionalConstant(input);
        if (tensor is null)
            return new ReadOnlyMemory<float>[directions];
        if (tensor.Rank != shape.Length + 1 || tensor.Shape[0] != directions || !tensor.Shape.Skip(1).SequenceEqual(
            shape.Select(length => (long)length)))
            throw call.Refuse($"has the weights {name} [{string.Join(", ", tensor.Shape.Take(8))}]; it must be [{directions}, "
                + $"{string.Join(", ", shape)}].");
        if (tensor.IsInteger)
            throw call.Refuse($"has integers as the weights {name}.");
        if (!isRequired && tensor.IsZero)
            return new ReadOnlyMemory<float>[directions];
        float[] numbers = tensor.Floats(call.Context.Budget);
        int size = numbers.Length / directions;
        return [.. Enumerable.Range(0, directions).Select(d => numbers.AsMemory(d * size, size))];
    }
}
