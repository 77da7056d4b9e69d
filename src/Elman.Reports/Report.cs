namespace Elman.Reports;

/// <summary>What a report shows. Sections without content are left out of the page.</summary>
/// <remarks>All text may come from data: it is escaped when it is written.</remarks>
public sealed record Report
{
    /// <summary>The title of the page, such as the name of the data.</summary>
    public required string Title { get; init; }

    /// <summary>The result in one sentence: what the model reaches, its interval, and whether it beats the baselines.</summary>
    public required string Verdict { get; init; }

    /// <summary>The figures of all cases, the main one first.</summary>
    public IReadOnlyList<FigureInterval> Figures { get; init; } = [];

    /// <summary>The figures of each class, target, channel or step ahead.</summary>
    public IReadOnlyList<FigureInterval> PartFigures { get; init; } = [];

    /// <summary>How the intervals were computed: the number of cases and of independent units, the level, and the seed.</summary>
    public string Intervals { get; init; } = "";

    /// <summary>The simple methods on the same cases.</summary>
    public IReadOnlyList<ReportBaseline> Baselines { get; init; } = [];

    /// <summary>The figures of every epoch of the training.</summary>
    public IReadOnlyList<EpochResult> History { get; init; } = [];

    /// <summary>The epoch whose weights are kept; <see langword="null"/> if none was chosen.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>What the automatic choice tried.</summary>
    public Leaderboard? Leaderboard { get; init; }

    /// <summary>The confusions of a classifier or tagger.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>The classes of <see cref="Confusion"/>.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>The number of cases of each class, for the table of the classes.</summary>
    public IReadOnlyList<int> ClassCases { get; init; } = [];

    /// <summary>The cases that the model predicts worst, the worst first.</summary>
    public IReadOnlyList<ReportCase> WorstCases { get; init; } = [];

    /// <summary>The points of the reliability diagram.</summary>
    public IReadOnlyList<ReliabilityBin> Reliability { get; init; } = [];

    /// <summary>A forecast of the end of each of some series.</summary>
    public IReadOnlyList<ReportForecast> Forecasts { get; init; } = [];

    /// <summary>The coverage of the bands of a forecaster.</summary>
    public IReadOnlyList<BandScore> Bands { get; init; } = [];

    /// <summary>The folds of a backtest.</summary>
    public IReadOnlyList<BacktestFold> Backtest { get; init; } = [];

    /// <summary>The importance of each channel.</summary>
    public IReadOnlyList<ChannelImportance> Importance { get; init; } = [];

    /// <summary>What the importance is, such as <c>fall of the accuracy</c>.</summary>
    public string ImportanceName { get; init; } = "";

    /// <summary>Sequences with what speaks for the prediction, one for each class.</summary>
    public IReadOnlyList<ReportSaliency> Saliencies { get; init; } = [];

    /// <summary>Warnings about the data, one sentence each, or more.</summary>
    public IReadOnlyList<string> DataWarnings { get; init; } = [];

    /// <summary>Facts about the data.</summary>
    public IReadOnlyList<ReportFact> DataFacts { get; init; } = [];

    /// <summary>Facts about the model: its size, the time of a prediction.</summary>
    public IReadOnlyList<ReportFact> ModelFacts { get; init; } = [];

    /// <summary>The command that repeats the work; empty if there is none.</summary>
    public string Command { get; init; } = "";

    /// <summary>The SHA-256 of the model file in hexadecimal digits; empty if there is none.</summary>
    public string Hash { get; init; } = "";
}
