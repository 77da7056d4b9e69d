using Elman.Models;

namespace Elman.Tests.Layers;

/// <summary>Models of every structure: what the contract of stacks is checked on.</summary>
internal static class StackVariants
{
    private static readonly Dictionary<string, ModelSpec> _structures = new()
    {
        ["two layers"] = Of([7, 5]),
        ["three layers"] = Of([6, 9, 3]),
        ["residual"] = Of([6, 6, 6]) with { Residual = true },
        ["both ways"] = Of([5]) with { Bidirectional = true },
        ["both ways, summed"] = Of([5]) with { Bidirectional = true, Merge = DirectionMerge.Sum },
        ["two layers both ways"] = Of([5, 4]) with { Bidirectional = true },
        ["two layers both ways, residual"] = Of([5, 5]) with { Bidirectional = true, Residual = true },
        ["two layers both ways, mean, residual"] = Of([5, 5]) with { Bidirectional = true, Merge = DirectionMerge.Mean, Residual = true },
        ["two layers both ways, product"] = Of([5, 4]) with { Bidirectional = true, Merge = DirectionMerge.Product },
        ["mean"] = Of([6]) with { Readout = ReadoutKind.Mean },
        ["max"] = Of([6]) with { Readout = ReadoutKind.Max },
        ["attention"] = Of([6]) with { Readout = ReadoutKind.Attention },
        ["two layers both ways, max"] = Of([5, 4]) with { Bidirectional = true, Readout = ReadoutKind.Max },
        ["residual, mean"] = Of([6, 6]) with { Residual = true, Readout = ReadoutKind.Mean },
        ["two layers both ways, product, attention"] = Of([5, 4]) with { Bidirectional = true, Merge = DirectionMerge.Product, Readout = ReadoutKind.Attention },
    };

    private static readonly string[] _cells = ["rnn", "gru", "gru GruReset", "lstm Peepholes", "mingru"];

    /// <summary>What they are called, as in <c>gru: two layers</c>.</summary>
    public static IEnumerable<string> Names => from cell in _cells from structure in _structures.Keys select $"{cell}: {structure}";

    /// <summary>Those that can run on a stream.</summary>
    public static IEnumerable<string> Streaming => Names.Where(name => !Spec(name).Bidirectional);

    /// <summary>The spec of a variant; its input and output sizes are still to be set.</summary>
    public static ModelSpec Spec(string name)
    {
        string[] parts = name.Split(": ");
        ModelSpec cell = CellVariants.Options(parts[0]).SpecFor(1, 1);
        return parts.Length == 1 ? cell : _structures[parts[1]] with { Cell = cell.Cell, CellOptions = cell.CellOptions };
    }

    private static ModelSpec Of(LayerSizes layers) => new() { Layers = layers, InputSize = 1, ClassCount = 1 };
}
