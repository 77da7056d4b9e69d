namespace Elman.Auto;

/// <summary>Carries options that were given over to the candidates of the automatic choice.</summary>
internal static class ForcedOptions
{
    private static readonly TrainingOptions _defaults = new();

    /// <summary>Of each option that a candidate may set: its value, and how it is taken over.</summary>
    private static readonly (Func<TrainingOptions, object?> Value,
        Func<TrainingOptions, TrainingOptions, TrainingOptions> Take)[] _options =
    [
        (o => o.Layers.ToString(), (to, from) => to with { Layers = from.Layers }),
        (o => o.Bidirectional, (to, from) => to with { Bidirectional = from.Bidirectional }),
        (o => o.Merge, (to, from) => to with { Merge = from.Merge }),
        (o => o.Residual, (to, from) => to with { Residual = from.Residual }),
        (o => o.Dropout, (to, from) => to with { Dropout = from.Dropout }),
        (o => o.RecurrentDropout, (to, from) => to with { RecurrentDropout = from.RecurrentDropout }),
        (o => o.Zoneout, (to, from) => to with { Zoneout = from.Zoneout }),
        (o => o.Readout, (to, from) => to with { Readout = from.Readout }),
        (o => o.Epochs, (to, from) => to with { Epochs = from.Epochs }),
        (o => o.Batch, (to, from) => to with { Batch = from.Batch }),
        (o => o.Optimizer, (to, from) => to with { Optimizer = from.Optimizer }),
        (o => o.LearningRate, (to, from) => to with { LearningRate = from.LearningRate }),
        (o => o.LabelSmoothing, (to, from) => to with { LabelSmoothing = from.LabelSmoothing }),
        (o => o.Differences, (to, from) => to with { Differences = from.Differences }),
        (o => o.DifferencesAlone, (to, from) => to with { DifferencesAlone = from.DifferencesAlone }),
        (o => o.Ngrams, (to, from) => to with { Ngrams = from.Ngrams }),
        (o => o.Endings, (to, from) => to with { Endings = from.Endings }),
        (o => o.Patch, (to, from) => to with { Patch = from.Patch }),
        (o => o.Mix, (to, from) => to with { Mix = from.Mix }),
        (o => o.LongestMemory, (to, from) => to with { LongestMemory = from.LongestMemory }),
    ];

    /// <summary>The options of a candidate, with those that were given, and that it may set, as they were given.</summary>
    public static TrainingOptions Apply(TrainingOptions given, TrainingOptions candidate) => _options
        .Where(option => !Equals(option.Value(given), option.Value(_defaults)))
        .Aggregate(candidate, (options, option) => option.Take(options, given));

    /// <summary>What a candidate starts from: all options as they were given, but for those of the choice itself.</summary>
    public static TrainingOptions Base(TrainingOptions given) =>
        given with
        {
            Cell = _defaults.Cell,
            Budget = _defaults.Budget,
            For = ModelUse.Anything,
            Ensemble = EnsembleWeights.None,
            Validation = 0,
        };
}
