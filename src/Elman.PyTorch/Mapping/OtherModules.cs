using Elman.Files;
using Elman.PyTorch.Tensors;

namespace Elman.PyTorch.Mapping;

/// <summary>A module with one matrix: <c>nn.Linear</c> or <c>nn.Embedding</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">The matrix.</param>
/// <param name="Bias">The biases, or <see langword="null"/>.</param>
internal sealed record MatrixModule(string Name, SafetensorsTensor Weight, SafetensorsTensor? Bias)
{
    /// <summary>The number of rows.</summary>
    public long Rows => Weight.Shape[0];

    /// <summary>The number of columns.</summary>
    public long Columns => Weight.Shape[1];

    /// <summary>A description for messages.</summary>
    public string Described => $"{Quoted(Name)} [{Rows}, {Columns}]{(Bias is null ? " without bias" : "")}";
}

/// <summary>The modules of a state dictionary besides the recurrent ones.</summary>
internal static class OtherModules
{
    private const int MostListed = 8;

    /// <summary>Finds the modules with one matrix.</summary>
    /// <param name="state">The state dictionary.</param>
    /// <param name="others">The tensors that belong to no recurrent module.</param>
    /// <exception cref="ModelFileException">A tensor is of another kind of module.</exception>
    public static List<MatrixModule> Find(StateDictionary state, IReadOnlyList<SafetensorsTensor> others)
    {
        var modules = new List<MatrixModule>();
        var left = new List<SafetensorsTensor>();
        foreach (IGrouping<string, SafetensorsTensor> group in others.GroupBy(tensor => TensorNames.SplitLast(tensor.Name).Module))
        {
            SafetensorsTensor? weight = null, bias = null;
            foreach (SafetensorsTensor tensor in group)
            {
                string name = TensorNames.SplitLast(tensor.Name).Tensor;
                if (name == TensorNames.Weight && tensor.Shape.Length == 2)
                    weight = tensor;
                else if (name == TensorNames.Bias && tensor.Shape.Length == 1)
                    bias = tensor;
                else
                    left.Add(tensor);
            }
            if (weight is not null && (bias is null || bias.Shape[0] == weight.Shape[0]))
                modules.Add(new MatrixModule(group.Key, weight, bias));
            else
                left.AddRange(group.Except(left));
        }
        if (left.Count > 0)
            throw state.Refused($"{Amount.Of(left.Count, "tensor")} of the file {(left.Count == 1 ? "has" : "have")} no place in a model: "
                + $"{List(left.Select(StateDictionary.Shown))}. A model has nn.RNN, nn.GRU or nn.LSTM, then one nn.Linear, and may begin "
                + "with one nn.Embedding.");
        return modules;
    }

    /// <summary>Finds out which module is the output layer and which the embedding.</summary>
    /// <param name="state">The state dictionary.</param>
    /// <param name="modules">The modules with one matrix.</param>
    /// <param name="chosen">The name of the embedding, if it was given.</param>
    /// <param name="inputs">The possible numbers of inputs of the first recurrent layer.</param>
    /// <param name="widths">The possible numbers of outputs of the last recurrent layer.</param>
    /// <exception cref="ModelFileException">A module is left over or missing, or both readings are possible.</exception>
    public static (MatrixModule Linear, MatrixModule? Embedding) Divide(
        StateDictionary state, List<MatrixModule> modules, string? chosen, IReadOnlySet<long> inputs, IReadOnlySet<long> widths)
    {
        string layers = $"the recurrent layers take {Either(inputs)} inputs and give {Either(widths)} outputs";
        if (chosen is not null && !modules.Exists(module => module.Name == chosen))
            throw state.Refused($"Embedding (--embedding in the tool) is {Quoted(chosen)}, but the file has no such module with "
                + "a matrix 'weight'.");
        if (modules.Count == 0)
            throw state.Refused($"The file has no nn.Linear: {layers}, and a tensor 'weight' [outputs, {Either(widths)}] of an "
                + "output layer is missing. Save the state dictionary of the whole model.");
        List<(MatrixModule Linear, MatrixModule? Embedding)> readings = modules switch
        {
            [var only] when chosen is null => [(only, null)],
            [var first, var second] => [(first, second), (second, first)],
            _ => [],
        };
        readings = [.. readings.Where(reading => widths.Contains(reading.Linear.Columns) && (reading.Embedding is not { } embedding
            || (embedding.Bias is null && inputs.Contains(embedding.Columns) && (chosen is null || embedding.Name == chosen))))];
        if (readings.Count == 0)
            throw state.Refused($"The file has {(modules.Count == 1 ? "the module" : $"{modules.Count} modules with a matrix,")} "
                + $"{List(modules.Select(module => module.Described))}, but {layers}. A model has one nn.Linear, from these outputs, and "
                + "may have one nn.Embedding without bias, whose columns are these inputs; other linear layers can't be imported.");
        if (readings.Count > 1)
            throw state.Refused($"Either of the modules {modules[0].Described} and {modules[1].Described} can be nn.Embedding by its "
                + "shape, and the other one nn.Linear. Say which with Embedding (--embedding in the tool).");
        if (readings[0].Embedding is { } square && square.Rows == square.Columns && chosen is null)
            throw state.Refused($"Module {square.Described} may be an nn.Embedding of {square.Rows} symbols or an nn.Linear before the "
                + "recurrent layers, which can't be imported. If it is an nn.Embedding, name it with Embedding (--embedding in the tool).");
        return readings[0];
    }

    /// <summary>Returns names for a message; of many the first ones and the number of the others.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return string.Join(", ", all.Take(MostListed)) + (all.Length > MostListed ? $" and {all.Length - MostListed} more" : "");
    }

    private static string Either(IReadOnlySet<long> numbers) => string.Join(" or ", numbers.Order());
}
