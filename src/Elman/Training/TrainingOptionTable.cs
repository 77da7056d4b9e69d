using Elman.Options;
using Elman.RandomNumbers;
using static Elman.Options.OptionRoles;

namespace Elman.Training;

/// <summary>The table of all options except those of cells. Help texts, the tool and the checks use it.</summary>
internal static class TrainingOptionTable
{
    private const string AtLeast1 = "it must be at least 1";

    private const string BelowOne = "it must be at least 0 and below 1";

    private static readonly OptionKind<double?> _ridge = OptionKind.Labelled<double?>(
        "X|auto", OptionText.NumberOrAuto, value => value is null ? OptionText.Auto : FormattableString.Invariant($"{value}"),
        (name, value) => IsFinitePositive(value)
            ? null
            : FormattableString.Invariant($"{name} is {value}; it must be a finite number above 0, so that the output weights are ")
                + "determined, or null, to have it chosen.");

    private static readonly OptionKind<double?> _learningRate = OptionKind.Labelled<double?>(
        "X", (label, text) => OptionText.Number(label, text), value => FormattableString.Invariant($"{value}"),
        (name, value) => IsFinitePositive(value)
            ? null
            : FormattableString.Invariant($"{name} is {value}; it must be a finite number above 0."));

    private static readonly OptionKind<CalendarCycles?> _calendar = OptionKind.Labelled<CalendarCycles?>(
        "CYCLES", ParseCalendar, CalendarText,
        (name, value) => ((value ?? CalendarCycles.None) & ~(CalendarCycles.Hour | CalendarCycles.Weekday | CalendarCycles.Month)) == 0
            ? null
            : $"{name} is {value}, which is not a defined value.");

    /// <summary>A whole number without a range of its own; <see cref="InputOptions"/> checks those of inputs.</summary>
    private static readonly OptionKind<int> _anyWhole = OptionKind.Whole("", _ => true);

    private static readonly TrainingOptions _auto = TrainingOptions.Auto;

    /// <summary>The cells whose output layer is trained by least squares with any readout.</summary>
    public static string LeastSquaresCells { get; } =
        OptionText.Listing([.. CellOptions.All.Where(cell => cell.IsReservoir).Select(cell => cell.Name)]);

    /// <summary>
    /// The definitions of the options, in the order in which help lists them. Those of cells are in <see cref="CellOptions.Options"/>.
    /// </summary>
    public static IReadOnlyList<OptionDefinition<TrainingOptions>> All { get; } =
    [
        Option(nameof(TrainingOptions.Calibrate), None,
            OptionKind.Switch, o => o.Calibrate, (o, v) => o with { Calibrate = v },
            "fit the temperature of probabilities to data that were not learned from, where there are any"),
        Option(nameof(ModelOptions.Layers), Shape | Forced,
            OptionKind.Text("N,N,…", LayerSizes.Parse),
            o => o.ResolvedLayers, (o, v) => o with { Model = o.Model with { Layers = v } },
            "units of each recurrent layer, the one that sees the data first: 128,64 is two layers", defaultText: DefaultLayersText()),
        Model(nameof(ModelOptions.Bidirectional), Shape | Forced,
            OptionKind.Flag, o => o.Bidirectional, (o, v) => o with { Bidirectional = v },
            "let every layer also read the sequences from their end. Such a model needs whole sequences"),
        Model(nameof(ModelOptions.Merge), Shape | Forced,
            OptionKind.Choice<DirectionMerge>("HOW"), o => o.Merge, (o, v) => o with { Merge = v },
            $"with --bidirectional: how the two directions are combined, {Words<DirectionMerge>()}"),
        Model(nameof(ModelOptions.Residual), Shape | Forced,
            OptionKind.Flag, o => o.Residual, (o, v) => o with { Residual = v },
            "residual connections: add each layer's input to its output, except in the first layer"),
        Option(nameof(TrainingOptions.Dropout), Gradients | Forced,
            OptionKind.Number(RandomMask.Problem), o => o.Dropout, (o, v) => o with { Dropout = v },
            "dropout rate on each layer's input, 0 up to but not including 1"),
        Option(nameof(TrainingOptions.RecurrentDropout), Gradients | Forced,
            OptionKind.Number(RandomMask.Problem), o => o.RecurrentDropout, (o, v) => o with { RecurrentDropout = v },
            "dropout rate on the recurrent input, 0 up to but not including 1"),
        Model(nameof(ModelOptions.Zoneout), Shape | Forced,
            OptionKind.Number(RandomMask.Problem), o => o.Zoneout, (o, v) => o with { Zoneout = v },
            "zoneout rate: the probability that a unit keeps its state in training"),
        Model(nameof(ModelOptions.Readout), Shape | Forced,
            OptionKind.Text("WHAT", Readout.Parse, choices: [.. Readout.All.Select(readout => readout.Name)]), o => o.Readout,
            (o, v) => o with { Readout = v },
            $"how the last layer's outputs are pooled: {OptionText.Listing([.. Readout.All.Select(readout => readout.Name)])}"),
        Option(nameof(TrainingOptions.Ridge), None,
            _ridge, o => o.Ridge, (o, v) => o with { Ridge = v },
            $"for {LeastSquaresCells}, and readouts that count: ridge penalty on the output weights, as a share of the mean variance of "
                + "their inputs; auto chooses it by leave-one-out cross-validation"),
        Option(nameof(TrainingOptions.Epochs), Gradients | Forced,
            OptionKind.Whole(AtLeast1, value => value >= 1), o => o.Epochs, (o, v) => o with { Epochs = v },
            "number of epochs"),
        Option(nameof(TrainingOptions.Batch), Gradients | Forced,
            OptionKind.Whole(AtLeast1, value => value >= 1), o => o.Batch, (o, v) => o with { Batch = v },
            "batch size"),
        Option(nameof(TrainingOptions.Optimizer), Gradients | Forced,
            OptionKind.Choice<OptimizerKind>("NAME"), o => o.Optimizer, (o, v) => o with { Optimizer = v },
            $"optimizer: {Words<OptimizerKind>()}"),
        Option(nameof(TrainingOptions.Momentum), Gradients,
            OptionKind.Number(BelowOne, value => value is >= 0 and < 1), o => o.Momentum, (o, v) => o with { Momentum = v },
            "momentum of sgd and nesterov, 0 up to but not including 1"),
        Option(nameof(TrainingOptions.WeightDecay), Gradients,
            OptionKind.Number("it must be a finite number of at least 0", IsFiniteFrom0),
            o => o.WeightDecay, (o, v) => o with { WeightDecay = v },
            "weight decay of adamw: before each step every weight and bias is multiplied by 1 minus the learning rate times this"),
        Option(nameof(TrainingOptions.LearningRate), Gradients | Forced,
            _learningRate, o => o.LearningRate, (o, v) => o with { LearningRate = v },
            "initial learning rate", defaultText: DefaultRatesText()),
        Option(nameof(TrainingOptions.Schedule), Gradients,
            OptionKind.Choice<LearningRateSchedule>("NAME"), o => o.Schedule, (o, v) => o with { Schedule = v },
            $"learning rate schedule: {Words<LearningRateSchedule>()}"),
        Option(nameof(TrainingOptions.Clip), Gradients,
            OptionKind.Limit, o => o.Clip, (o, v) => o with { Clip = v },
            "gradient clipping: the maximum norm; longer gradients are scaled down to it"),
        Option(nameof(TrainingOptions.Truncate), Gradients,
            OptionKind.Whole("it must be at least 1, or 0 for whole sequences", value => value >= 0),
            o => o.Truncate, (o, v) => o with { Truncate = v },
            "for very long sequences: truncated back-propagation through time, the maximum number of steps that a gradient goes back; 0 "
                + "for no limit"),
        Option(nameof(TrainingOptions.GradientCheckpointing), Gradients,
            OptionKind.Flag, o => o.GradientCheckpointing, (o, v) => o with { GradientCheckpointing = v },
            "for very long sequences: gradient checkpointing, less memory for about one more forward pass; the gradient is the whole one"),
        Option(nameof(TrainingOptions.Init), Gradients,
            OptionKind.Choice<WeightInitialization>("NAME"), o => o.Init, (o, v) => o with { Init = v },
            $"weight initialisation: {Words<WeightInitialization>()}"),
        Option(nameof(TrainingOptions.Loss), None,
            OptionKind.Text<Loss?>("NAME", Elman.Loss.Parse, problem: (_, _) => null, choices: Elman.Loss.Names), o => o.Loss,
            (o, v) => o with { Loss = v },
            $"loss to minimise: {OptionText.Listing(Elman.Loss.Names)}; a parameter goes in brackets, as in 'quantile(0.9)'",
            defaultText: "cross-entropy for classes, binary where several may apply, mse for numbers"),
        Option(nameof(TrainingOptions.LabelSmoothing), Gradients | Forced,
            OptionKind.Number(BelowOne, value => value is >= 0 and < 1), o => o.LabelSmoothing, (o, v) => o with { LabelSmoothing = v },
            "label smoothing, 0 up to but not including 1"),
        Option(nameof(TrainingOptions.ClassWeights), None,
            OptionKind.Text("WEIGHTS", Elman.ClassWeights.Parse, choices: ["none", "balanced"]), o => o.ClassWeights,
            (o, v) => o with { ClassWeights = v },
            "class weights in the loss: none, balanced, or pairs such as rare=5,common=0.5"),
        Forecast(nameof(ForecastOptions.Horizon), Shape,
            OptionKind.Whole(AtLeast1, value => value >= 1), o => o.Horizon, (o, v) => o with { Horizon = v },
            "number of steps to forecast"),
        Forecast(nameof(ForecastOptions.Calendar), Shape,
            _calendar, o => o.Calendar, (o, v) => o with { Calendar = v },
            "with --task forecast: calendar features, hour, weekday and month, separated by commas; none; or auto, as far as the dates "
                + "allow", defaultText: "auto with --cell auto, else none"),
        Forecast(nameof(ForecastOptions.Known), Shape,
            OptionKind.Text("COLUMN,…", ChannelList.Parse), o => o.Known, (o, v) => o with { Known = v },
            "with --task forecast: channels that are known in advance. They are not forecast; DATA to predict from have rows with them "
                + "after the last value", defaultText: "none"),
        Forecast(nameof(ForecastOptions.Quantiles), None,
            OptionKind.Text("Q,Q,…", QuantileLevels.Parse), o => o.Quantiles, (o, v) => o with { Quantiles = v },
            "with --task forecast: quantiles to predict beside the forecast; none for the forecast alone. They need cases that were not "
                + "trained on: --cell auto, or --validation"),
        Option(nameof(TrainingOptions.Validation), None,
            OptionKind.Number(BelowOne, value => value is >= 0 and < 1), o => o.Validation, (o, v) => o with { Validation = v },
            "validation data, a share of the training data (0.2) or a file; the weights with the lowest validation loss are kept"),
        Option(nameof(TrainingOptions.Patience), Gradients,
            OptionKind.Whole("it must be at least 0", value => value >= 0), o => o.Patience, (o, v) => o with { Patience = v },
            "stop after this many epochs without a lower validation loss; 0 for never"),
        Inputs(nameof(InputOptions.Standardize), Shape,
            OptionKind.Switch, o => o.Standardize, (o, v) => o with { Standardize = v },
            "standardise each channel to mean 0 and standard deviation 1"),
        Inputs(nameof(InputOptions.Missing), Shape,
            OptionKind.Choice<MissingValues>("HOW"), o => o.Missing, (o, v) => o with { Missing = v },
            "missing values: refuse them; mask, skip their steps; last, mean or linear, fill them in by the last value, the mean "
                + "or interpolation; or indicate, tell the model which are missing and for how long"),
        Inputs(nameof(InputOptions.ScaleSequences), Shape,
            OptionKind.Flag, o => o.ScaleSequences, (o, v) => o with { ScaleSequences = v },
            "standardise each channel of each sequence by itself, so that its shape alone counts. Such a model needs whole sequences"),
        Inputs(nameof(InputOptions.Differences), Shape | Forced,
            _anyWhole, o => o.Differences, (o, v) => o with { Differences = v },
            "differences as further inputs: 1 for first, 2 for first and second, 0 for none"),
        Inputs(nameof(InputOptions.DifferencesAlone), Shape | Forced,
            OptionKind.Flag, o => o.DifferencesAlone, (o, v) => o with { DifferencesAlone = v },
            "with --differences: use the differences instead of the values"),
        Inputs(nameof(InputOptions.Patch), Shape | Forced,
            _anyWhole, o => o.Patch, (o, v) => o with { Patch = v },
            "for long sequences: group N steps into one, overlapping by half, so that the model runs 2/N as many; 0 for none"),
        Inputs(nameof(InputOptions.Embed), Shape,
            OptionKind.Text("C:N,C:N,…", Embeddings.Parse), o => o.Embed, (o, v) => o with { Embed = v },
            "channels of symbols, whole numbers such as event codes, and the size of the vector that is learned for each: 1:16; 16 alone "
                + "where there is one channel"),
        Inputs(nameof(InputOptions.Ngrams), Shape | Forced,
            _anyWhole, o => o.Ngrams, (o, v) => o with { Ngrams = v },
            "for text and other symbols: also embed n-grams of up to N symbols, 2 to 4; 0 for none"),
        Inputs(nameof(InputOptions.Endings), Shape | Forced,
            OptionKind.Flag, o => o.Endings, (o, v) => o with { Endings = v },
            "with --ngrams: also embed the n-gram that ends a sequence. Such a model needs whole sequences"),
        Option(nameof(TrainingOptions.Seed), None,
            _anyWhole, o => o.Seed, (o, v) => o with { Seed = v },
            "random seed"),
        Option(nameof(TrainingOptions.Threads), None,
            OptionKind.Whole("it must be 0 to 1024", value => value is >= 0 and <= 1024), o => o.Threads, (o, v) => o with { Threads = v },
            "number of threads; 0 for one per processor. The result does not depend on it"),
    ];

    private static OptionDefinition<TrainingOptions> Option<T>(
        string name, OptionRoles roles, OptionKind<T> kind, Func<TrainingOptions, T> get, Func<TrainingOptions, T, TrainingOptions> set,
        string help, string? defaultText = null) =>
        new TypedOption<TrainingOptions, TrainingOptions, T>(name, kind, get, set, help)
        { DefaultWords = defaultText, Roles = roles };

    private static OptionDefinition<TrainingOptions> Model<T>(
        string name, OptionRoles roles, OptionKind<T> kind, Func<ModelOptions, T> get, Func<ModelOptions, T, ModelOptions> set,
        string help) =>
        Option(name, roles, kind, o => get(o.Model), (o, v) => o with { Model = set(o.Model, v) }, help);

    private static OptionDefinition<TrainingOptions> Inputs<T>(
        string name, OptionRoles roles, OptionKind<T> kind, Func<InputOptions, T> get, Func<InputOptions, T, InputOptions> set,
        string help) =>
        Option(name, roles, kind, o => get(o.Inputs), (o, v) => o with { Inputs = set(o.Inputs, v) }, help);

    private static OptionDefinition<TrainingOptions> Forecast<T>(
        string name, OptionRoles roles, OptionKind<T> kind, Func<ForecastOptions, T> get, Func<ForecastOptions, T, ForecastOptions> set,
        string help, string? defaultText = null) =>
        Option(name, roles, kind, o => get(o.Forecast), (o, v) => o with { Forecast = set(o.Forecast, v) }, help, defaultText);

    private static string Words<T>()
        where T : struct, Enum => OptionText.Listing(OptionText.All<T>());

    private static bool IsFinitePositive(double? value) => value is null or (> 0 and < double.PositiveInfinity);

    private static bool IsFiniteFrom0(double value) => value is >= 0 and < double.PositiveInfinity;

    private static CalendarCycles? ParseCalendar(string label, string text) => text == OptionText.Auto
        ? null
        : text.Split(',').Select(word => OptionText.Value<CalendarCycles>(label, word)).Aggregate((all, cycle) => all | cycle);

    private static string CalendarText(CalendarCycles? cycles) => cycles switch
    {
        null => OptionText.Auto,
        CalendarCycles.None => OptionText.Of(CalendarCycles.None),
        { } some => string.Join(',', Enum.GetValues<CalendarCycles>().Where(one => one != 0 && some.HasFlag(one)).Select(OptionText.Of)),
    };

    /// <summary>The default number of units of most cells, and that of the other cells.</summary>
    private static string DefaultLayersText()
    {
        IEnumerable<string> others = CellOptions.All.Where(cell => !Of(cell).Equals(_auto.ResolvedLayers))
            .Select(cell => $", for {cell} {Of(cell)}");
        return $"{_auto.ResolvedLayers}{string.Concat(others)}";

        static LayerSizes Of(CellOptions cell) => (_auto with { Cell = cell }).ResolvedLayers;
    }

    private static string DefaultRatesText() => string.Join(", ", Enum.GetValues<OptimizerKind>()
        .GroupBy(kind => (_auto with { Optimizer = kind }).ResolvedLearningRate)
        .Select(group => FormattableString.Invariant($"{group.Key} for {string.Join(" and ", group.Select(OptionText.Of))}")));
}
