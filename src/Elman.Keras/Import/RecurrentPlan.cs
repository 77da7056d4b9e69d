using Elman.Keras.Configuration;

namespace Elman.Keras.Import;

/// <summary>A recurrent layer of Keras: one direction, or two that are merged.</summary>
/// <param name="Layer">The layer in the chain.</param>
/// <param name="Cell">The cell with its options.</param>
/// <param name="Units">The number of units of a direction.</param>
/// <param name="UseBias">Whether it has biases.</param>
/// <param name="Merge">How two directions are merged; <see langword="null"/> for one direction.</param>
/// <param name="ReturnsSteps">Whether it has an output at every step.</param>
internal sealed record RecurrentPlan(
    KerasLayer Layer, CellOptions Cell, int Units, bool UseBias, DirectionMerge? Merge, bool ReturnsSteps)
{
    /// <summary>The layers of both directions, or the only one, with their paths in the weights.</summary>
    public IReadOnlyList<(string Path, string Prefix)> Directions => Merge is null
        ? [("cell", "")]
        : [("forward_layer/cell", ""), ("backward_layer/cell", "reverse.")];

    /// <summary>The number of outputs.</summary>
    public int Width => Merge is DirectionMerge.Concatenate ? 2 * Units : Units;

    /// <summary>Whether a class is a recurrent layer.</summary>
    public static bool IsOne(string className) => className is "SimpleRNN" or "LSTM" or "GRU" or "Bidirectional";

    /// <summary>Reads a recurrent layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="notes">Receives what the user should know.</param>
    /// <exception cref="ModelFileException">Elman has no equivalent.</exception>
    public static RecurrentPlan Read(KerasLayer layer, NoteList notes)
    {
        if (layer.ClassName != "Bidirectional")
            return ReadDirection(layer, layer, isBackward: false, notes);
        DirectionMerge merge = layer.Text("merge_mode") switch
        {
            "concat" => DirectionMerge.Concatenate,
            "sum" => DirectionMerge.Sum,
            "ave" => DirectionMerge.Mean,
            "mul" => DirectionMerge.Product,
            var other => throw layer.Error($"has merge_mode {Shown(other ?? "None")}",
                "Elman has concat, sum, ave and mul; train the model with one of them."),
        };
        RecurrentPlan forward = ReadDirection(layer, layer.Inner("layer"), isBackward: false, notes);
        if (layer.Find("backward_layer") is not null)
        {
            RecurrentPlan backward = ReadDirection(layer, layer.Inner("backward_layer"), isBackward: true, notes);
            if (backward != forward)
                throw layer.Error("has a backward layer that differs from the forward layer",
                    "Both directions of a layer of Elman have the same cell, units and activations; train the model so.");
        }
        return forward with { Merge = merge };
    }

    private static RecurrentPlan ReadDirection(KerasLayer outer, KerasLayer layer, bool isBackward, NoteList notes)
    {
        if (layer.Flag("go_backwards") != isBackward)
            throw layer.Error($"has go_backwards={(isBackward ? "False" : "True")}",
                "A layer of Elman reads backwards only as a part of a bidirectional one; train the model without go_backwards, on reversed "
                    + "sequences.");
        if (layer.Flag("return_state"))
            throw layer.Error("has return_state=True", "Elman's models have no such output; save the model without it.");
        if (layer.Flag("stateful"))
            notes.Add($"{layer.Label} is stateful, so Keras went on from the last state of the batch before. Here every sequence begins at "
                + "0; a session continues one.");
        if (layer.Number("dropout") != 0 || layer.Number("recurrent_dropout") != 0)
            notes.AddDropout(layer.Name);
        notes.AddPrecision(layer);
        CellOptions cell = layer.ClassName switch
        {
            "SimpleRNN" => new RnnOptions { Activation = KerasActivation.Of(layer, "activation") },
            "GRU" => new GruOptions
            {
                GruReset = layer.Flag("reset_after", fallback: true) ? GruReset.After : GruReset.Before,
                GateActivation = KerasActivation.Of(layer, "recurrent_activation"),
                CandidateActivation = KerasActivation.Of(layer, "activation"),
            },
            "LSTM" => new LstmOptions
            {
                GateActivation = KerasActivation.Of(layer, "recurrent_activation"),
                CandidateActivation = KerasActivation.Of(layer, "activation"),
                OutputActivation = KerasActivation.Of(layer, "activation"),
            },
            _ => throw layer.Error("is not a layer that Bidirectional may contain", "Elman has SimpleRNN, LSTM and GRU."),
        };
        return new RecurrentPlan(
            outer, cell, layer.Size("units"), layer.Flag("use_bias", fallback: true), null, layer.Flag("return_sequences"));
    }
}
