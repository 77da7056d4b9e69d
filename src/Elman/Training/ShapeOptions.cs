using System.Globalization;

namespace Elman.Training;

/// <summary>The options that shape a model. The meaning of its weights depends on them, so they are stored with it.</summary>
internal static class ShapeOptions
{
    private static readonly TrainingOptions _defaults = new();

    /// <summary>The differences between options and those of a model, one sentence each.</summary>
    /// <param name="options">The options.</param>
    /// <param name="model">The options of the model.</param>
    public static IReadOnlyList<string> Differences(TrainingOptions options, TrainingOptions model) =>
        [.. DifferencesOfCells(options.Cell, model.Cell, _ => true), .. Differences(options, model, _ => true)];

    /// <summary>The same, but options at their defaults may differ: they were not set.</summary>
    /// <param name="options">The options.</param>
    /// <param name="model">The options of the model.</param>
    public static IReadOnlyList<string> Contradictions(TrainingOptions options, TrainingOptions model)
    {
        bool isCellChosen = !options.IsAuto && !options.Cell.Equals(_defaults.Cell);
        return
        [
            .. isCellChosen ? DifferencesOfCells(options.Cell, model.Cell, option => !option.IsDefault(options.Cell)) : [],
            .. Differences(options, model, option => !option.IsDefault(options)),
        ];
    }

    private static IEnumerable<string> Differences(
        TrainingOptions options, TrainingOptions model, Predicate<OptionDefinition<TrainingOptions>> isChosen) =>
        TrainingOptions.Definitions
            .Where(option => option.ShapesModel && isChosen(option) && !Equals(ValueOf(option, options), ValueOf(option, model)))
            .Select(option => Differ(option.Name, ValueOf(option, options), ValueOf(option, model)));

    private static object? ValueOf(OptionDefinition<TrainingOptions> option, TrainingOptions options) =>
        option.Name == nameof(InputOptions.Embed) ? WithChannels(options.Inputs.Embed) : option.ValueOf(options);

    private static IEnumerable<string> DifferencesOfCells(
        CellOptions cell, CellOptions model, Predicate<OptionDefinition<CellOptions>> isChosen) => cell.Name == model.Name
        ? cell.Options
            .Where(option => option.ShapesModel && isChosen(option) && !Equals(option.ValueOf(cell), option.ValueOf(model)))
            .Select(option => Differ(option.Name, option.TextOf(cell), option.TextOf(model)))
        : [Differ(nameof(TrainingOptions.Cell), cell, model)];

    private static string Differ(string name, object? value, object? ofModel) => string.Create(CultureInfo.InvariantCulture,
        $"{name} is {value}, but the model that training starts from has {ofModel}; leave it out or choose the same.");

    /// <summary>Embeddings sorted by channel; an embedding without a channel has channel 1.</summary>
    private static Embeddings WithChannels(Embeddings embeddings) =>
        [.. embeddings.Select(embedding => embedding with { Channel = embedding.Channel ?? 1 }).OrderBy(embedding => embedding.Channel)];
}
