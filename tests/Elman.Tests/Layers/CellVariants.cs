using Elman.Cells;
using Elman.Layers;
using Elman.Models;

namespace Elman.Tests.Layers;

/// <summary>Every cell of the catalog with every combination of the options that shape it, each left alone or changed, and with each of its others changed or none.</summary>
internal static class CellVariants
{
    private static readonly Dictionary<CellOption, Func<TrainingOptions, TrainingOptions>> _changes = new()
    {
        [CellOption.Activation] = o => o with { Activation = Activation.LeakyRelu(0.25) },
        [CellOption.GruReset] = o => o with { GruReset = GruReset.Before },
        [CellOption.Peepholes] = o => o with { Peepholes = true },
        [CellOption.CoupledGates] = o => o with { CoupledGates = true },
        [CellOption.GateClip] = o => o with { GateClip = 0.1 + 0.7 },
        [CellOption.LeakRate] = o => o with { LeakRate = 0.6 },
        [CellOption.ForgetBias] = o => o with { ForgetBias = 2.5 },
        [CellOption.SpectralRadius] = o => o with { SpectralRadius = 0.7 },
        [CellOption.ReservoirDensity] = o => o with { ReservoirDensity = 0.9 },
        [CellOption.InputScale] = o => o with { InputScale = 0.4 },
        [CellOption.Ridge] = o => o with { Ridge = 0.002 },
    };

    private static readonly Dictionary<string, TrainingOptions> _all = Combine().ToDictionary(pair => pair.Name, pair => pair.Options);

    /// <summary>What they are called, as in <c>lstm Peepholes GateClip</c>.</summary>
    public static IReadOnlyCollection<string> Names => _all.Keys;

    /// <summary>Those that differ as layers: first weights are no matter of theirs.</summary>
    public static IEnumerable<string> Layers => Names.Where(name => Enum.GetValues<CellOption>().All(option => option.ShapesModel() || !name.Contains(option.ToString(), StringComparison.Ordinal)));

    /// <summary>Those whose gates see the last output, and so have recurrent weights.</summary>
    public static IEnumerable<string> WithRecurrentWeights => Names.Where(name =>
    {
        using var model = new SequenceModel<float>(Options(name).SpecFor(1, 2));
        return model.Blocks[0].FromStart.RecurrentWeights is not null;
    });

    /// <summary>Those whose recurrent weights are learned, and so are drawn like those of any cell.</summary>
    public static IEnumerable<string> Learning => Names.Where(name => !Options(name).IsReservoir);

    /// <summary>The options of a variant; everything else is at its default.</summary>
    public static TrainingOptions Options(string name) => _all[name];

    /// <summary>Options with one changed, whatever the cell.</summary>
    public static TrainingOptions Change(CellOption option, TrainingOptions options) => _changes[option](options);

    /// <summary>Options for a quick training, without what only gradients need where the cell follows none.</summary>
    public static TrainingOptions Trained(TrainingOptions options)
    {
        TrainingOptions defaults = new();
        return !options.IsReservoir ? options : options with { Epochs = defaults.Epochs, Batch = defaults.Batch, LearningRate = defaults.LearningRate };
    }

    private static IEnumerable<(string Name, TrainingOptions Options)> Combine()
    {
        foreach (CellEntry cell in CellCatalog.All)
        {
            CellOption[] shaping = [.. cell.Options.Where(option => option.ShapesModel())];
            foreach (CellOption[] others in cell.Options.Except(shaping).Select(option => (CellOption[])[option]).Prepend([]))
            {
                for (int chosen = 0; chosen < 1 << shaping.Length; chosen++)
                {
                    CellOption[] changed = [.. shaping.Where((_, i) => (chosen >> i & 1) != 0), .. others];
                    yield return (string.Join(' ', changed.Select(option => option.ToString()).Prepend(cell.Name)),
                        changed.Aggregate(new TrainingOptions { Cell = cell.Name }, (options, option) => _changes[option](options)));
                }
            }
        }
    }
}
