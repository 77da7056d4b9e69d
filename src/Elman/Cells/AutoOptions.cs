using Elman.Cells;
using Elman.Options;

namespace Elman;

/// <summary>
/// <c>auto</c>: not a cell, but the automatic choice. It tries several models, compares them on held-out cases, and averages the best
/// combination.
/// </summary>
public sealed record AutoOptions : CellOptions
{
    /// <summary>The text form of an ensemble that is chosen automatically.</summary>
    private const string Choose = "choose";

    private static readonly OptionDefinition<CellOptions>[] _options =
    [
        CellOption.Of<AutoOptions, TimeSpan>(nameof(Budget),
            OptionKind.Labelled("TIME", OptionText.Time, time => FormattableString.Invariant($"{time.TotalSeconds}s"), (name, time) =>
                time > TimeSpan.Zero ? null : FormattableString.Invariant($"{name} is {time.TotalSeconds} s; it must be above 0.")),
            o => o.Budget, (o, value) => o with { Budget = value },
            "approximate time for trying models, such as 30s or 5min. It is counted in operations, so that the choice is the same on every "
                + "machine", shapesModel: false),
        CellOption.Of<AutoOptions, ModelUse>(nameof(For), OptionKind.Choice<ModelUse>("USE"), o => o.For,
            (o, value) => o with { For = value },
            $"what the model is for, {OptionText.Listing(OptionText.All<ModelUse>())}; for {OptionText.Of(ModelUse.Streaming)}, only "
                + "models are tried that can run on a stream, step by step", shapesModel: false),
        CellOption.Of<AutoOptions, EnsembleWeights>(nameof(Ensemble),
            OptionKind.Text("NAME:N,…", text => text == Choose ? EnsembleWeights.None : EnsembleWeights.Parse(text),
                weights => weights.Count == 0 ? Choose : weights.ToString(),
                (name, weights) => weights is null ? $"{name} is missing." : null),
            o => o.Ensemble, (o, value) => o with { Ensemble = value },
            "average these models, each counted N times, instead of choosing; the names are those of the leaderboard", shapesModel: false),
    ];

    /// <summary>The defaults.</summary>
    internal static AutoOptions Default { get; } = new();

    /// <inheritdoc/>
    public override string Name => "auto";

    /// <inheritdoc/>
    public override IReadOnlyList<OptionDefinition<CellOptions>> Options => _options;

    /// <summary>
    /// The budget of the choice: the maximum time on a two-core processor from about 2022, above 0. It is counted in operations, not
    /// measured, so that the choice does not depend on the machine. Default one minute.
    /// </summary>
    public TimeSpan Budget { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The intended use of the model: for streams, only models that can stream are tried. Default anything.</summary>
    public ModelUse For { get; init; }

    /// <summary>
    /// The models to average, and the count of each, in place of a choice: names from a <see cref="SequenceEstimator.Leaderboard"/>.
    /// Default none: the models are chosen.
    /// </summary>
    public EnsembleWeights Ensemble { get; init; } = EnsembleWeights.None;

    /// <summary>
    /// The only cells that may be tried, with options for them: options that are not at their defaults are forced on every model of that
    /// cell. Default none: any cell.
    /// </summary>
    public IReadOnlyList<CellOptions> Cells { get; init; } = [];

    /// <summary>
    /// The names of options, such as <c>Dropout</c>, that every candidate must have as given, even at their defaults. Other options at
    /// their defaults are chosen by each candidate. Default none.
    /// </summary>
    public IReadOnlyList<string> Fixed { get; init; } = [];

    /// <summary>Whether all options are the same, those of <see cref="Cells"/> and <see cref="Fixed"/> in the same order.</summary>
    /// <param name="other">Another automatic choice.</param>
    public bool Equals(AutoOptions? other) => base.Equals(other) && Budget == other.Budget && For == other.For
        && Equals(Ensemble, other.Ensemble) && Cells.SequenceEqual(other.Cells) && Fixed.SequenceEqual(other.Fixed, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), Budget, For, Ensemble);

    /// <summary>
    /// Returns the cell of a candidate, with the options that <see cref="Cells"/> forces on it; <see langword="null"/> if the cell may not
    /// be tried.
    /// </summary>
    internal CellOptions? Force(CellOptions candidate) => Cells.Count == 0
        ? candidate
        : Cells.FirstOrDefault(cell => cell.Name == candidate.Name) is { } given
            ? candidate.WithThose(option => !option.IsDefault(given), given)
            : null;

    /// <inheritdoc/>
    internal override IEnumerable<string> FindProblems() =>
    [
        .. base.FindProblems(),
        .. Cells.SelectMany(cell => cell.FindProblems()),
        .. Cells.GroupBy(cell => cell.Name).Where(same => same.Count() > 1).Select(same => $"Cells names {same.Key} more than once."),
        .. Cells.OfType<AutoOptions>().Select(_ => "Cells names auto, which is no cell."),
    ];
}
