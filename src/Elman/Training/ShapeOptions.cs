using System.Globalization;

namespace Elman.Training;

/// <summary>The options that shape a model: what its weights mean depends on them, so they are stored with it.</summary>
internal static class ShapeOptions
{
    private static readonly (string Name, Func<TrainingOptions, object?> Value)[] _all =
    [
        (nameof(TrainingOptions.Cell), options => options.Cell),
        (nameof(TrainingOptions.Layers), options => options.Layers),
        (nameof(TrainingOptions.Bidirectional), options => options.Bidirectional),
        (nameof(TrainingOptions.Merge), options => options.Merge),
        (nameof(TrainingOptions.Residual), options => options.Residual),
        (nameof(TrainingOptions.Zoneout), options => options.Zoneout),
        (nameof(TrainingOptions.Readout), options => options.Readout),
        (nameof(TrainingOptions.Horizon), options => options.Horizon),
        (nameof(TrainingOptions.Known), options => options.Known),
        (nameof(TrainingOptions.Calendar), options => options.Calendar),
        (nameof(TrainingOptions.Activation), options => options.Activation.Name),
        (nameof(TrainingOptions.GateActivation), options => options.GateActivation.Name),
        (nameof(TrainingOptions.CandidateActivation), options => options.CandidateActivation.Name),
        (nameof(TrainingOptions.OutputActivation), options => options.OutputActivation.Name),
        (nameof(TrainingOptions.GruReset), options => options.GruReset),
        (nameof(TrainingOptions.Peepholes), options => options.Peepholes),
        (nameof(TrainingOptions.CoupledGates), options => options.CoupledGates),
        (nameof(TrainingOptions.GateClip), options => options.GateClip),
        (nameof(TrainingOptions.Projection), options => options.Projection),
        (nameof(TrainingOptions.LayerNorm), options => options.LayerNorm),
        (nameof(TrainingOptions.LeakRate), options => options.LeakRate),
        (nameof(TrainingOptions.Standardize), options => options.Standardize),
        (nameof(TrainingOptions.Missing), options => options.Missing),
        (nameof(TrainingOptions.ScaleSequences), options => options.ScaleSequences),
        (nameof(TrainingOptions.Differences), options => options.Differences),
        (nameof(TrainingOptions.Ngrams), options => options.Ngrams),
        (nameof(TrainingOptions.Endings), options => options.Endings),
        (nameof(TrainingOptions.Patch), options => options.Patch),
        (nameof(TrainingOptions.Embed), options => WithChannels(options.Embed)),
    ];

    private static readonly TrainingOptions _defaults = new();

    /// <summary>Where options differ from those of a model, one sentence each.</summary>
    /// <param name="options">The options.</param>
    /// <param name="model">Those of the model.</param>
    public static IReadOnlyList<string> Differences(TrainingOptions options, TrainingOptions model) =>
        Differences(options, model, _ => true);

    /// <summary>The same, but options at their defaults may differ: they were not chosen.</summary>
    /// <param name="options">The options.</param>
    /// <param name="model">Those of the model.</param>
    public static IReadOnlyList<string> Contradictions(TrainingOptions options, TrainingOptions model)
    {
        TrainingOptions own = options.IsAuto ? options with { Cell = _defaults.Cell } : options;
        return Differences(own, model, value => !Equals(value(own), value(_defaults)));
    }

    private static IReadOnlyList<string> Differences(
        TrainingOptions options, TrainingOptions model, Predicate<Func<TrainingOptions, object?>> isChosen) =>
    [
        .. _all.Where(option => isChosen(option.Value) && !Equals(option.Value(options), option.Value(model)))
            .Select(option => string.Create(CultureInfo.InvariantCulture,
                $"{option.Name} is {option.Value(options)}, but the model that training starts from has {option.Value(model)}; "
                    + $"leave it out or choose the same.")),
    ];

    /// <summary>Embeddings in the order of their channels, the only channel by its number.</summary>
    private static Embeddings WithChannels(Embeddings embeddings) =>
        [.. embeddings.Select(embedding => embedding with { Channel = embedding.Channel ?? 1 }).OrderBy(embedding => embedding.Channel)];
}
