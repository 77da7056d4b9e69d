using Elman.Cells;
using Elman.Models;
using Elman.Recurrent;
using Elman.Tests.Pairs;

namespace Elman.Tests.Recurrent;

/// <summary>Every cell of the catalog with its options, each left alone or changed, and every pair of them.</summary>
internal static class CellVariants
{
    private static readonly Dictionary<CellOption, Func<TrainingOptions, TrainingOptions>> _changes = new()
    {
        [CellOption.Activation] = o => o with { Activation = Activation.LeakyRelu(0.25) },
        [CellOption.GruReset] = o => o with { GruReset = GruReset.Before },
        [CellOption.Peepholes] = o => o with { Peepholes = true },
        [CellOption.CoupledGates] = o => o with { CoupledGates = true },
        [CellOption.GateClip] = o => o with { GateClip = 0.1 + 0.7 },
        [CellOption.GateActivation] = o => o with { GateActivation = Activation.HardSigmoid(0.25, 0.5) },
        [CellOption.CandidateActivation] = o => o with { CandidateActivation = Activation.Softsign },
        [CellOption.OutputActivation] = o => o with { OutputActivation = Activation.ScaledTanh() },
        [CellOption.Projection] = o => o with { Projection = 3 },
        [CellOption.LayerNorm] = o => o with { LayerNorm = true },
        [CellOption.LeakRate] = o => o with { LeakRate = 0.6 },
        [CellOption.ForgetBias] = o => o with { ForgetBias = 2.5 },
        [CellOption.SpectralRadius] = o => o with { SpectralRadius = 0.7 },
        [CellOption.ReservoirDensity] = o => o with { ReservoirDensity = 0.9 },
        [CellOption.InputScale] = o => o with { InputScale = 0.4 },
        [CellOption.Mix] = o => o with { Mix = true },
        [CellOption.LongestMemory] = o => o with { LongestMemory = 0.5 },
        [CellOption.Ridge] = o => o with { Ridge = 0.002 },
    };

    private static readonly Dictionary<string, TrainingOptions> _all = Combine().ToDictionary(pair => pair.Name, pair => pair.Options);

    /// <summary>What they are called, as in <c>lstm Peepholes GateClip</c>.</summary>
    public static IReadOnlyCollection<string> Names => _all.Keys;

    /// <summary>Those that differ as layers: first weights are no matter of theirs.</summary>
    public static IEnumerable<string> Layers => Names.Where(name => Enum.GetValues<CellOption>()
        .All(option => option.ShapesModel() || !name.Contains(option.ToString(), StringComparison.Ordinal)));

    /// <summary>Those of them that have a gradient. A layer of delay lines refuses to go backward.</summary>
    public static IEnumerable<string> LayersWithGradient => Layers.Where(HasGradient);

    /// <summary>Those whose gates see the last output, and so have recurrent weights.</summary>
    public static IEnumerable<string> WithRecurrentWeights => Names.Where(name =>
    {
        using var model = new SequenceModel<float>(Options(name).SpecFor(1, 2));
        return model.Layers[0].FromStart.Weights.Recurrent is not null;
    });

    /// <summary>Those whose recurrent weights are learned, and so are drawn like those of any cell.</summary>
    public static IEnumerable<string> Learning => Names.Where(name => !Options(name).IsReservoir);

    /// <summary>Whether a cell, or a variant of one, has a gradient.</summary>
    public static bool HasGradient(string name) => !name.StartsWith(DelayLayer<float>.Name, StringComparison.Ordinal);

    /// <summary>The options of a variant; everything else is at its default.</summary>
    public static TrainingOptions Options(string name) => _all[name];

    /// <summary>Options with one changed, whatever the cell.</summary>
    public static TrainingOptions Change(CellOption option, TrainingOptions options) => _changes[option](options);

    /// <summary>Options for a quick training, without what only gradients need where the cell follows none.</summary>
    public static TrainingOptions Trained(TrainingOptions options)
    {
        TrainingOptions defaults = new();
        return !options.IsReservoir
            ? options
            : options with { Epochs = defaults.Epochs, Batch = defaults.Batch, LearningRate = defaults.LearningRate };
    }

    private static IEnumerable<(string Name, TrainingOptions Options)> Combine() =>
        from cell in CellCatalog.All
        from chosen in Choices(cell.Options.Count).DistinctBy(chosen => string.Concat(chosen.Select(isChosen => isChosen ? 1 : 0)))
        let changed = cell.Options.Where((_, i) => chosen[i]).ToArray()
        select (
            string.Join(' ', changed.Select(option => option.ToString()).Prepend(cell.Name)),
            changed.Aggregate(new TrainingOptions { Cell = cell.Name }, (options, option) => _changes[option](options)));

    /// <summary>Which options are changed: all combinations of the first three, each one alone, and of the rest every pair.</summary>
    private static IEnumerable<bool[]> Choices(int options)
    {
        for (int chosen = 0; chosen < 1 << Math.Min(options, 3); chosen++)
            yield return [.. Enumerable.Range(0, options).Select(i => (chosen >> i & 1) != 0)];
        for (int alone = 3; alone < options; alone++)
            yield return [.. Enumerable.Range(0, options).Select(i => i == alone)];
        if (options > 3)
            foreach (int[] row in PairwiseCover.Rows([.. Enumerable.Repeat(2, options)], _ => true, least: 0))
                yield return [.. row.Select(value => value == 1)];
    }
}
