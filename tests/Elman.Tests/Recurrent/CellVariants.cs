using Elman.Cells;
using Elman.Models;
using Elman.Tests.Cells;
using Elman.Tests.Pairs;

namespace Elman.Tests.Recurrent;

/// <summary>Every cell of the catalog with its options: each option at its default or changed, and every pair of options.</summary>
internal static class CellVariants
{
    /// <summary>The changed values of some options; those of the others are from <see cref="Changed"/>.</summary>
    private static readonly Dictionary<string, object> _changes = new()
    {
        [nameof(RnnOptions.Activation)] = Activation.LeakyRelu(0.25),
        [nameof(LstmOptions.GateClip)] = 0.1 + 0.7,
        [nameof(LstmOptions.GateActivation)] = Activation.HardSigmoid(0.25, 0.5),
        [nameof(LstmOptions.CandidateActivation)] = Activation.Softsign,
        [nameof(LstmOptions.OutputActivation)] = Activation.ScaledTanh(),
        [nameof(LstmOptions.Projection)] = 3,
        [nameof(LstmOptions.ForgetBias)] = 2.5,
        [nameof(EsnOptions.LeakRate)] = 0.6,
        [nameof(EsnOptions.SpectralRadius)] = 0.7,
        [nameof(EsnOptions.ReservoirDensity)] = 0.9,
        [nameof(EsnOptions.InputScale)] = 0.4,
        [nameof(OscillatorOptions.LongestMemory)] = 0.5,
    };

    private static readonly Dictionary<string, TrainingOptions> _all = Combine().ToDictionary(pair => pair.Name, pair => pair.Options);

    /// <summary>The names of the variants, such as <c>lstm Peepholes GateClip</c>.</summary>
    public static IReadOnlyCollection<string> Names => _all.Keys;

    /// <summary>The variants that differ as layers, regardless of initial weights.</summary>
    public static IEnumerable<string> Layers => Names.Where(name =>
        _all[name].Ridge is null && _all[name].Cell.Options.All(option => option.ShapesModel || option.IsDefault(_all[name].Cell)));

    /// <summary>The variants of layers that have a gradient. A layer of delay lines has no backward pass.</summary>
    public static IEnumerable<string> LayersWithGradient => Layers.Where(HasGradient);

    /// <summary>The variants whose gates depend on the last output, and which therefore have recurrent weights.</summary>
    public static IEnumerable<string> WithRecurrentWeights => Names.Where(name =>
    {
        using var model = new SequenceModel<float>(Options(name).SpecFor(1, 2));
        return model.Layers[0].FromStart.Weights.Recurrent is not null;
    });

    /// <summary>The variants whose recurrent weights are trained, and are therefore initialised like those of any cell.</summary>
    public static IEnumerable<string> Learning => Names.Where(name => !Options(name).IsReservoir);

    /// <summary>Whether a cell, or a variant of one, has a gradient.</summary>
    public static bool HasGradient(string name) => !name.StartsWith("delays", StringComparison.Ordinal);

    /// <summary>Returns the options of a variant; all others have their defaults.</summary>
    public static TrainingOptions Options(string name) => _all[name];

    /// <summary>Returns a value of an option that is not its default.</summary>
    public static object Changed(CellOptions cell, OptionDefinition<CellOptions> option) =>
        _changes.GetValueOrDefault(option.Name) ?? option.ValueOf(cell) switch
        {
            bool value => !value,
            double value => value * 0.75,
            int value => value + 1,
            Enum value => Enum.GetValues(value.GetType()).Cast<object>().First(other => !other.Equals(value)),
            var value => throw new NotSupportedException($"No other value than {value} is known for {option.Name}."),
        };

    /// <summary>Returns options for a quick training, without those that need gradients if the cell has none.</summary>
    public static TrainingOptions Trained(TrainingOptions options)
    {
        TrainingOptions defaults = new();
        return !options.IsReservoir
            ? options
            : options with { Epochs = defaults.Epochs, Batch = defaults.Batch, LearningRate = defaults.LearningRate };
    }

    private static IEnumerable<(string Name, TrainingOptions Options)> Combine() =>
        from cell in CellCatalog.All
        let names = OptionsOf(cell)
        from chosen in Choices(names.Length).DistinctBy(chosen => string.Concat(chosen.Select(isChosen => isChosen ? 1 : 0)))
        let changed = names.Where((_, i) => chosen[i]).ToArray()
        select (string.Join(' ', changed.Prepend(cell.Name)), changed.Aggregate(new TrainingOptions { Cell = cell }, Change));

    /// <summary>Returns the options of a cell, and the training option that all reservoirs need.</summary>
    private static string[] OptionsOf(CellOptions cell) =>
        [.. cell.Options.Select(option => option.Name), .. cell.IsReservoir ? [nameof(TrainingOptions.Ridge)] : (string[])[]];

    private static TrainingOptions Change(TrainingOptions options, string name) => name == nameof(TrainingOptions.Ridge)
        ? options with { Ridge = 0.002 }
        : options with { Cell = options.Cell.Set(name, Changed(options.Cell, options.Cell.FindOption(name)!)) };

    /// <summary>
    /// Returns which options are changed: all combinations of the first three, each option alone, and every pair of the rest.
    /// </summary>
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
