using Elman.Files;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Mapping;

/// <summary>What was assumed in an import, and what differs from the file, as sentences.</summary>
internal static class ImportNotes
{
    /// <summary>Returns what was assumed.</summary>
    public static IReadOnlyList<string> Of(StateMap map, PyTorchLoadOptions options, IReadOnlyList<string> names)
    {
        var notes = new List<string>
        {
            $"The initial states are 0, as in PyTorch without h_0{(map.First.Gates == 4 ? " and c_0" : "")}.",
            "Values are used as they are: give the model what the PyTorch model was given, after the same scaling.",
            "Nothing is computed between the modules, and after nn.Linear only softmax or sigmoid of a classifier: if forward() has a "
                + "relu, a tanh or a normalisation there, outputs differ. Compare a few.",
        };
        if (map.Embedding is { } embedding)
            notes.Add($"The only channel holds the symbols 0 to {embedding.Rows - 1}, the rows of nn.Embedding; padding_idx is a row like "
                + "the others, since a batch here needs no padding.");
        if (map.First.IsBidirectional && options.Readout == Readout.Last)
            notes.Add("The last state of the backward direction is the one after the first step, as in h_n. A PyTorch model that takes "
                + "output[:, -1] instead computes something else.");
        if (map.Recurrent.Count > 1)
            notes.Add($"Data pass through {string.Join(", then ", map.Recurrent.Select(module => Quoted(module.Name)))}, "
                + $"{(options.Modules.Count > 0 ? "as given" : "the only order in which their sizes fit")}.");
        if (options.Names.Count == 0)
            notes.Add(options.Task == PyTorchTask.Regress
                ? $"The targets are named {Range(names)}, by their index."
                : $"The {(names.Count == 1 ? "class is" : "classes are")} named {Range(names)}"
                    + $"{(names.Count == 1 ? "" : ", by their index")}.");
        if (map.Recurrent.Sum(module => module.Layers) > 1)
            notes.Add("Dropout between layers is not in a state dictionary; set it again for further training.");
        return notes;
    }

    /// <summary>Returns what differs from the file.</summary>
    public static IReadOnlyList<string> Warnings(StateDictionary state, IReadOnlyList<string> rounded)
    {
        var warnings = new List<string>();
        foreach (IGrouping<string, SafetensorsTensor> group in state.Tensors
            .Where(tensor => tensor.ElementType is not (ElementTypes.Float or "F64")).GroupBy(tensor => tensor.ElementType))
            warnings.Add($"{Amount.Of(group.Count(), "tensor")} of type {group.Key} became F32, which represents all their numbers; the "
                + "model computes in F32, PyTorch in the type of the file, so that outputs differ slightly.");
        if (rounded.Count > 0)
            warnings.Add($"Numbers of type F64 were rounded to F32 in {OtherModules.List(rounded.Select(name => Quoted(name)))}; an export "
                + "has the rounded ones.");
        if (state.Settings.Count > 0)
            warnings.Add($"Elman wrote this state dictionary, with {string.Join(", ", state.Settings)} in its metadata. They are not read: "
                + "use the model file that it was exported from, or do in your program what they say.");
        warnings.AddRange(state.Shared.Select(pair => $"Tensors {Quoted(pair.First)} and {Quoted(pair.Second)} are the same numbers (tied "
            + "weights); further training changes them independently."));
        return warnings;
    }

    private static string Range(IReadOnlyList<string> names) =>
        names.Count < 3 ? string.Join(" and ", names) : $"{names[0]} to {names[^1]}";
}
