using Elman.Models;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Stack;

/// <summary>Models of every structure, for checking the contract of stacks.</summary>
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
        ["mean"] = Of([6]) with { Readout = Readout.Mean },
        ["max"] = Of([6]) with { Readout = Readout.Max },
        ["attention"] = Of([6]) with { Readout = Readout.Attention },
        ["two layers both ways, max"] = Of([5, 4]) with { Bidirectional = true, Readout = Readout.Max },
        ["residual, mean"] = Of([6, 6]) with { Residual = true, Readout = Readout.Mean },
        ["two layers both ways, product, attention"] = Of([5, 4]) with
        {
            Bidirectional = true,
            Merge = DirectionMerge.Product,
            Readout = Readout.Attention,
        },
    };

    private static readonly Dictionary<string, (ModelSpec Spec, DropoutRates Rates)> _noisy = new()
    {
        ["two layers, dropout"] = (Of([7, 5]), new(0.4, 0)),
        ["residual both ways, dropout, mean"] = (Of([5, 5]) with { Bidirectional = true, Residual = true, Readout = Readout.Mean },
            new(0.4, 0)),
        ["max, dropout"] = (Of([6]) with { Readout = Readout.Max }, new(0.4, 0)),
        ["recurrent dropout"] = (Of([7]), new(0, 0.4)),
        ["two layers both ways, recurrent dropout"] = (Of([5, 4]) with { Bidirectional = true }, new(0, 0.4)),
        ["zoneout"] = (Of([7]) with { Zoneout = 0.3 }, default),
        ["two layers both ways, zoneout, attention"] = (Of([5, 4]) with
        {
            Bidirectional = true,
            Zoneout = 0.3,
            Readout = Readout.Attention,
        }, default),
        ["everything at random"] = (Of([5, 5]) with { Bidirectional = true, Residual = true, Zoneout = 0.3 }, new(0.2, 0.3)),
    };

    private static readonly string[] _cells = ["rnn", "gru", "gru GruReset", "lstm Peepholes", "lstm Projection", "mingru", "lru"];

    /// <summary>The names of the variants, such as <c>gru: two layers</c>.</summary>
    public static IEnumerable<string> Names => from cell in _cells from structure in _structures.Keys select $"{cell}: {structure}";

    /// <summary>The variants with random parts.</summary>
    public static IEnumerable<string> Noisy =>
        from cell in _cells
        from structure in _noisy.Keys
        where cell is not ("mingru" or "lru") || _noisy[structure].Rates.Recurrent == 0
        select $"{cell}: {structure}";

    /// <summary>All structures of two cells, for expensive tests that depend little on the cell.</summary>
    public static IEnumerable<string> Few => Names.Concat(Noisy).Where(name => name.StartsWith("gru:", StringComparison.Ordinal)
        || name.StartsWith("lstm", StringComparison.Ordinal) || name.StartsWith("lru:", StringComparison.Ordinal));

    /// <summary>Returns the dropout rates of a variant in training.</summary>
    public static DropoutRates Rates(string name) => _noisy.GetValueOrDefault(name.Split(": ")[^1]).Rates;

    /// <summary>The variants that can run on a stream.</summary>
    public static IEnumerable<string> Streaming => Names.Concat(Noisy).Where(name => !Spec(name).Bidirectional);

    /// <summary>Returns the spec of a variant; its input and output sizes must still be set.</summary>
    public static ModelSpec Spec(string name)
    {
        string[] parts = name.Split(": ");
        ModelSpec cell = CellVariants.Options(parts[0]).SpecFor(1, 1);
        return parts.Length == 1
            ? cell
            : (_structures.GetValueOrDefault(parts[1]) ?? _noisy[parts[1]].Spec) with { Cell = cell.Cell };
    }

    private static ModelSpec Of(LayerSizes layers) => new() { Layers = layers, InputSize = 1, OutputSize = 1 };
}
