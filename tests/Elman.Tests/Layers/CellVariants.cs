using Elman.Cells;
using Elman.Layers;
using Elman.Models;

namespace Elman.Tests.Layers;

/// <summary>Every cell of the catalog with every combination of its options, each left alone or changed.</summary>
internal static class CellVariants
{
    private static readonly Dictionary<CellOption, Func<TrainingOptions, TrainingOptions>> _changes = new()
    {
        [CellOption.Activation] = o => o with { Activation = Activation.LeakyRelu(0.25) },
        [CellOption.GruReset] = o => o with { GruReset = GruReset.Before },
        [CellOption.Peepholes] = o => o with { Peepholes = true },
        [CellOption.CoupledGates] = o => o with { CoupledGates = true },
        [CellOption.GateClip] = o => o with { GateClip = 0.1 + 0.7 },
        [CellOption.ForgetBias] = o => o with { ForgetBias = 2.5 },
    };

    private static readonly Dictionary<string, TrainingOptions> _all = Combine().ToDictionary(pair => pair.Name, pair => pair.Options);

    /// <summary>What they are called, as in <c>lstm Peepholes GateClip</c>.</summary>
    public static IReadOnlyCollection<string> Names => _all.Keys;

    /// <summary>Those that differ as layers: first weights are no matter of theirs.</summary>
    public static IEnumerable<string> Layers => Names.Where(name => !name.Contains(nameof(CellOption.ForgetBias), StringComparison.Ordinal));

    /// <summary>Those whose gates see the last output, and so have recurrent weights.</summary>
    public static IEnumerable<string> WithRecurrentWeights => Names.Where(name =>
    {
        using var model = new SequenceModel<float>(Options(name).SpecFor(1, 2));
        return model.Blocks[0].FromStart.RecurrentWeights is not null;
    });

    /// <summary>The options of a variant; everything else is at its default.</summary>
    public static TrainingOptions Options(string name) => _all[name];

    /// <summary>Options with one changed, whatever the cell.</summary>
    public static TrainingOptions Change(CellOption option, TrainingOptions options) => _changes[option](options);

    private static IEnumerable<(string Name, TrainingOptions Options)> Combine()
    {
        foreach (CellEntry cell in CellCatalog.All)
        {
            for (int chosen = 0; chosen < 1 << cell.Options.Count; chosen++)
            {
                CellOption[] changed = [.. cell.Options.Where((_, i) => (chosen >> i & 1) != 0)];
                yield return (string.Join(' ', changed.Select(option => option.ToString()).Prepend(cell.Name)),
                    changed.Aggregate(new TrainingOptions { Cell = cell.Name }, (options, option) => _changes[option](options)));
            }
        }
    }
}
