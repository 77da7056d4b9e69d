using System.CommandLine;
using System.Globalization;
using System.Text;

namespace Elman.Cli.Options;

/// <summary>The options of <see cref="TrainingOptions"/> as words: names, help and defaults come from the record.</summary>
internal sealed class TrainingOptionSet
{
    private const string BidirectionalOption = "--bidirectional";

    private static readonly TrainingOptions _defaults = TrainingOptions.Auto;

    /// <summary>What says how weights are drawn, or which models are tried.</summary>
    private static readonly string[] _ofNewModels =
    [
        nameof(TrainingOptions.Init), nameof(TrainingOptions.ForgetBias), nameof(TrainingOptions.Budget), nameof(TrainingOptions.For),
        nameof(TrainingOptions.Ensemble),
    ];

    private readonly List<Setting> _settings;

    public TrainingOptionSet()
    {
        _settings =
        [
            new Setting<string>(nameof(TrainingOptions.Cell), "NAME",
                $"Recurrent cell: {Words.Listing(TrainingOptions.CellNames)}; {TrainingOptions.AutoCell} tries several models and chooses "
                    + "by the training data.",
                (_, text) => text, _defaults.Cell, (o, v) => o with { Cell = v }),
            new Setting<TimeSpan>(nameof(TrainingOptions.Budget), "TIME",
                $"With --cell {TrainingOptions.AutoCell}: approximate time for trying models, such as 30s or 5min. It "
                    + "is counted in operations, so that the choice is the same on every machine.",
                Words.Time, "60s", (o, v) => o with { Budget = v }),
            new Setting<ModelUse>(nameof(TrainingOptions.For), "USE",
                $"With --cell {TrainingOptions.AutoCell}: what the model is for, {Words.Listing(Words.All<ModelUse>())}; "
                    + $"for {Words.Of(ModelUse.Streaming)}, only models are tried that can run on a stream, step by step.",
                Words.Value<ModelUse>, Words.Of(_defaults.For), (o, v) => o with { For = v }),
            new Setting<EnsembleWeights>(nameof(TrainingOptions.Ensemble), "NAME:N,…",
                $"With --cell {TrainingOptions.AutoCell}: average these models, each counted N times, instead of choosing; "
                    + "the names are those of the leaderboard.",
                (option, text) => Parsed(option, text, EnsembleWeights.Parse), "choose", (o, v) => o with { Ensemble = v }),
            new Setting<Switch>(nameof(TrainingOptions.Calibrate), "true|false",
                "Fit the temperature of probabilities to data that were not learned from, where there are any.", Words.Value<Switch>,
                Words.Of(_defaults.Calibrate ? Switch.True : Switch.False), (o, v) => o with { Calibrate = v == Switch.True }),
            new Setting<LayerSizes>(nameof(TrainingOptions.Layers), "N,N,…",
                "Units of each recurrent layer, the one that sees the data first: 128,64 is two layers.",
                (option, text) => Parsed(option, text, LayerSizes.Parse), DefaultLayers(), (o, v) => o with { Layers = v }),
            new Flag(nameof(TrainingOptions.Bidirectional),
                "Let every layer also read the sequences from their end. Such a model needs whole sequences.",
                (o, v) => o with { Bidirectional = v }),
            new Setting<DirectionMerge>(nameof(TrainingOptions.Merge),
                "HOW",
                $"With {BidirectionalOption}: how the two directions are combined, "
                    + $"{Words.Listing(Words.All<DirectionMerge>())}.",
                Words.Value<DirectionMerge>, Words.Of(_defaults.Merge), (o, v) => o with { Merge = v }),
            new Flag(nameof(TrainingOptions.Residual),
                "Residual connections: add each layer's input to its output, except in the first layer.",
                (o, v) => o with { Residual = v }),
            new Setting<double>(nameof(TrainingOptions.Dropout), "X",
                "Dropout rate on each layer's input, 0 up to but not including 1.",
                Words.Number, Text(_defaults.Dropout), (o, v) => o with { Dropout = v }),
            new Setting<double>(
                nameof(TrainingOptions.RecurrentDropout), "X",
                "Dropout rate on the recurrent input, 0 up to but not including 1.",
                Words.Number, Text(_defaults.RecurrentDropout), (o, v) => o with { RecurrentDropout = v }),
            new Setting<double>(nameof(TrainingOptions.Zoneout), "X",
                "Zoneout rate: the probability that a unit keeps its state in training.",
                Words.Number, Text(_defaults.Zoneout), (o, v) => o with { Zoneout = v }),
            new Setting<ReadoutKind>(nameof(TrainingOptions.Readout), "WHAT",
                $"How the last layer's outputs are pooled: {Words.Listing(Words.All<ReadoutKind>())}.",
                Words.Value<ReadoutKind>, Words.Of(_defaults.Readout), (o, v) => o with { Readout = v }),
            new Setting<Activation>(nameof(TrainingOptions.Activation), "NAME",
                $"{For(nameof(TrainingOptions.Activation))}: activation {Words.Listing(Activation.BuiltInNames)}; "
                    + "parameters go in brackets, as in 'leaky-relu(0.1)'.",
                (option, text) => Parsed(option, text, Activation.Parse), _defaults.Activation.Name, (o, v) => o with { Activation = v }),
            Function(nameof(TrainingOptions.GateActivation), "activation of the gates", _defaults.GateActivation,
                (o, v) => o with { GateActivation = v }),
            Function(nameof(TrainingOptions.CandidateActivation), "activation of the candidate", _defaults.CandidateActivation,
                (o, v) => o with { CandidateActivation = v }),
            Function(nameof(TrainingOptions.OutputActivation), "activation of the output", _defaults.OutputActivation,
                (o, v) => o with { OutputActivation = v }),
            new Setting<GruReset>(nameof(TrainingOptions.GruReset), "WHEN",
                $"{For(nameof(TrainingOptions.GruReset))}: whether the reset gate acts before or after the product with "
                    + "the recurrent weights.",
                Words.Value<GruReset>, Words.Of(_defaults.GruReset), (o, v) => o with { GruReset = v }),
            new Flag(nameof(TrainingOptions.Peepholes),
                $"{For(nameof(TrainingOptions.Peepholes))}: peephole connections from the memory to the gates.",
                (o, v) => o with { Peepholes = v }),
            new Flag(nameof(TrainingOptions.CoupledGates),
                $"{For(nameof(TrainingOptions.CoupledGates))}: forget gate = 1 - input gate, with a quarter fewer "
                    + "weights.", (o, v) => o with { CoupledGates = v }),
            new Setting<double>(nameof(TrainingOptions.GateClip),
                "X|none",
                $"{For(nameof(TrainingOptions.GateClip))}: maximum magnitude of a gate's pre-activation.",
                Words.Limit, "none", (o, v) => o with { GateClip = v }),
            new Setting<int>(nameof(TrainingOptions.Projection),
                "N",
                $"{For(nameof(TrainingOptions.Projection))}: size of the projected output; 0 for none.",
                Words.WholeNumber, Text(_defaults.Projection), (o, v) => o with { Projection = v }),
            new Flag(nameof(TrainingOptions.LayerNorm),
                $"{For(nameof(TrainingOptions.LayerNorm))}: layer normalisation of the gates.",
                (o, v) => o with { LayerNorm = v }),
            new Setting<double>(nameof(TrainingOptions.ForgetBias), "X",
                $"{For(nameof(TrainingOptions.ForgetBias))}: initial bias of the forget gate; the greater, the longer "
                    + "the cell remembers at first.",
                Words.Number, Text(_defaults.ForgetBias), (o, v) => o with { ForgetBias = v }),
            new Setting<double>(nameof(TrainingOptions.LeakRate), "X",
                $"{For(nameof(TrainingOptions.LeakRate))}: leak rate, the share of its new value that a unit takes in "
                    + "a step, above 0 and at most 1; the smaller, the slower.",
                Words.Number, Text(_defaults.LeakRate), (o, v) => o with { LeakRate = v }),
            new Setting<double>(nameof(TrainingOptions.SpectralRadius), "X",
                $"{For(nameof(TrainingOptions.SpectralRadius))}: spectral radius of the recurrent weights; the "
                    + "greater, the longer the memory.",
                Words.Number, Text(_defaults.SpectralRadius), (o, v) => o with { SpectralRadius = v }),
            new Setting<double>(nameof(TrainingOptions.ReservoirDensity), "X",
                $"{For(nameof(TrainingOptions.ReservoirDensity))}: share of recurrent weights that are not 0, at "
                    + "least four for each unit.",
                Words.Number, Text(_defaults.ReservoirDensity), (o, v) => o with { ReservoirDensity = v }),
            new Setting<double>(nameof(TrainingOptions.InputScale), "X",
                $"{For(nameof(TrainingOptions.InputScale))}: scale of the inputs; the smaller, the more nearly linear "
                    + "the units.",
                Words.Number, Text(_defaults.InputScale), (o, v) => o with { InputScale = v }),
            new Flag(nameof(TrainingOptions.Mix),
                $"{For(nameof(TrainingOptions.Mix))}: mix the outputs of 16 neighbouring units at random before the "
                    + "readout.", (o, v) => o with { Mix = v }),
            new Setting<double>(nameof(TrainingOptions.LongestMemory), "X",
                $"{For(nameof(TrainingOptions.LongestMemory))}: longest time constant of a unit, as a share of the median length of "
                    + "the training sequences.",
                Words.Number, Text(_defaults.LongestMemory), (o, v) => o with { LongestMemory = v }),
            new Setting<double?>(nameof(TrainingOptions.Ridge), "X|auto",
                $"{For(nameof(TrainingOptions.Ridge))}: ridge penalty on the output weights, as a share of the mean "
                    + "variance of their inputs; auto chooses it by leave-one-out cross-validation.",
                Words.NumberOrAuto, Words.Auto, (o, v) => o with { Ridge = v }),
            new Setting<int>(nameof(TrainingOptions.Epochs), "N", "Number of epochs.",
                Words.WholeNumber, Text(_defaults.Epochs), (o, v) => o with { Epochs = v }),
            new Setting<int>(nameof(TrainingOptions.Batch), "N", "Batch size.",
                Words.WholeNumber, Text(_defaults.Batch), (o, v) => o with { Batch = v }),
            new Setting<OptimizerKind>(nameof(TrainingOptions.Optimizer), "NAME",
                $"Optimizer: {Words.Listing(Words.All<OptimizerKind>())}.",
                Words.Value<OptimizerKind>, Words.Of(_defaults.Optimizer), (o, v) => o with { Optimizer = v }),
            new Setting<double>(nameof(TrainingOptions.Momentum), "X", "Momentum of sgd and nesterov, 0 up to but not including 1.",
                Words.Number, Text(_defaults.Momentum), (o, v) => o with { Momentum = v }),
            new Setting<double>(nameof(TrainingOptions.WeightDecay), "X",
                "Weight decay of adamw: before each step every weight and bias is multiplied by 1 minus the learning rate times this.",
                Words.Number, Text(_defaults.WeightDecay), (o, v) => o with { WeightDecay = v }),
            new Setting<double>(nameof(TrainingOptions.LearningRate), "X",
                "Initial learning rate.",
                Words.Number, DefaultRates(), (o, v) => o with { LearningRate = v }),
            new Setting<LearningRateSchedule>(nameof(TrainingOptions.Schedule), "NAME",
                $"Learning rate schedule: {Words.Listing(Words.All<LearningRateSchedule>())}.",
                Words.Value<LearningRateSchedule>, Words.Of(_defaults.Schedule), (o, v) => o with { Schedule = v }),
            new Setting<double>(nameof(TrainingOptions.Clip), "X|none",
                "Gradient clipping: the maximum norm; longer gradients are scaled down to it.",
                Words.Limit, Text(_defaults.Clip), (o, v) => o with { Clip = v }),
            new Setting<int>(nameof(TrainingOptions.Truncate), "N",
                "For very long sequences: truncated back-propagation through time, the maximum number of steps that "
                    + "a gradient goes back; 0 for no limit.",
                Words.WholeNumber, Text(_defaults.Truncate), (o, v) => o with { Truncate = v }),
            new Flag(nameof(TrainingOptions.Checkpoint),
                "For very long sequences: gradient checkpointing, less memory for about one more forward pass; the "
                    + "gradient is the whole one.", (o, v) => o with { Checkpoint = v }),
            new Setting<WeightInitialization>(
                nameof(TrainingOptions.Init), "NAME",
                $"Weight initialisation: {Words.Listing(Words.All<WeightInitialization>())}.",
                Words.Value<WeightInitialization>, Words.Of(_defaults.Init), (o, v) => o with { Init = v }),
            new Setting<Loss>(nameof(TrainingOptions.Loss), "NAME",
                $"Loss to minimise: {Words.Listing(Loss.Names)}; a parameter goes in brackets, as in 'quantile(0.9)'.",
                (option, text) => Parsed(option, text, Loss.Parse), "cross-entropy for classes, mse for numbers",
                (o, v) => o with { Loss = v }),
            new Setting<double>(nameof(TrainingOptions.LabelSmoothing), "X",
                "Label smoothing, 0 up to but not including 1.",
                Words.Number, Text(_defaults.LabelSmoothing), (o, v) => o with { LabelSmoothing = v }),
            new Setting<ClassWeights>(nameof(TrainingOptions.ClassWeights), "WEIGHTS",
                "Class weights in the loss: none, balanced, or pairs such as rare=5,common=0.5.",
                (option, text) => Parsed(option, text, ClassWeights.Parse), _defaults.ClassWeights.ToString(),
                (o, v) => o with { ClassWeights = v }),
            new Setting<int>(nameof(TrainingOptions.Horizon), "N",
                "Number of steps to forecast.",
                Words.WholeNumber, Text(_defaults.Horizon), (o, v) => o with { Horizon = v }),
            new Setting<CalendarCycles?>(nameof(TrainingOptions.Calendar), "CYCLES",
                "With --task forecast: calendar features, hour, weekday and month, separated by commas; none; or "
                    + "auto, as far as the dates allow.",
                Words.Calendar, $"{Words.Auto} with --cell {TrainingOptions.AutoCell}, else none", (o, v) => o with { Calendar = v }),
            new Setting<ChannelList>(nameof(TrainingOptions.Known), "COLUMN,…",
                "With --task forecast: channels that are known in advance. They are not forecast; DATA to predict "
                    + "from have rows with them after the last value.",
                (_, text) => [.. text.Split(',', StringSplitOptions.TrimEntries)], "none", (o, v) => o with { Known = v }),
            new Setting<QuantileLevels>(nameof(TrainingOptions.Quantiles), "Q,Q,…",
                "With --task forecast: quantiles to predict beside the forecast; none for the forecast alone. They "
                    + $"need cases that were not trained on: --cell {TrainingOptions.AutoCell}, or --validation.",
                (option, text) => Parsed(option, text, QuantileLevels.Parse), _defaults.Quantiles.ToString(),
                (o, v) => o with { Quantiles = v }),
            new Setting<DataChoice>(nameof(TrainingOptions.Validation), "X|DATA",
                "Validation data, a share of the training data (0.2) or a file; the weights with the lowest "
                    + "validation loss are kept.",
                DataChoice.Parse, Text(_defaults.Validation), (o, v) => o with { Validation = v.Share }),
            new Setting<int>(
                nameof(TrainingOptions.Patience), "N", "Stop after this many epochs without a lower validation loss; 0 for never.",
                Words.WholeNumber, Text(_defaults.Patience), (o, v) => o with { Patience = v }),
            new Setting<Switch>(nameof(TrainingOptions.Standardize), "true|false",
                "Standardise each channel to mean 0 and standard deviation 1.", Words.Value<Switch>,
                Words.Of(_defaults.Standardize ? Switch.True : Switch.False), (o, v) => o with { Standardize = v == Switch.True }),
            new Setting<MissingValues>(nameof(TrainingOptions.Missing), "HOW",
                "Missing values: refuse them; mask, skip their steps; last, mean or linear, fill them in by the last value, the mean "
                    + "or interpolation; or indicate, tell the model which are missing and for how long.",
                Words.Value<MissingValues>, Words.Of(_defaults.Missing), (o, v) => o with { Missing = v }),
            new Flag(nameof(TrainingOptions.ScaleSequences),
                "Standardise each channel of each sequence by itself, so that its shape alone counts. Such a model "
                    + "needs whole sequences.", (o, v) => o with { ScaleSequences = v }),
            new Setting<int>(nameof(TrainingOptions.Differences), "N",
                "Differences as further inputs: 1 for first, 2 for first and second, 0 for none.",
                Words.WholeNumber, Text(_defaults.Differences), (o, v) => o with { Differences = v }),
            new Flag(nameof(TrainingOptions.DifferencesAlone),
                "With --differences: use the differences instead of the values.", (o, v) => o with { DifferencesAlone = v }),
            new Setting<int>(nameof(TrainingOptions.Patch), "N",
                "For long sequences: group N steps into one, overlapping by half, so that the model runs 2/N as "
                    + "many; 0 for none.",
                Words.WholeNumber, Text(_defaults.Patch), (o, v) => o with { Patch = v }),
            new Setting<Embeddings>(nameof(TrainingOptions.Embed), "C:N,C:N,…",
                "Channels of symbols, whole numbers such as event codes, and the size of the vector that is learned "
                    + "for each: 1:16; 16 alone where there is one channel.",
                (option, text) => Parsed(option, text, Embeddings.Parse), _defaults.Embed.ToString(), (o, v) => o with { Embed = v }),
            new Setting<int>(nameof(TrainingOptions.Ngrams), "N",
                "For text and other symbols: also embed n-grams of up to N symbols, 2 to 4; 0 for none.",
                Words.WholeNumber, Text(_defaults.Ngrams), (o, v) => o with { Ngrams = v }),
            new Flag(nameof(TrainingOptions.Endings),
                "With --ngrams: also embed the n-gram that ends a sequence. Such a model needs whole sequences.",
                (o, v) => o with { Endings = v }),
            new Setting<int>(nameof(TrainingOptions.Seed), "N",
                "Random seed.",
                Words.WholeNumber, Text(_defaults.Seed), (o, v) => o with { Seed = v }),
            new Setting<int>(
                nameof(TrainingOptions.Threads), "N", "Number of threads; 0 for one per processor. The result does not depend on it.",
                Words.WholeNumber, Text(_defaults.Threads), (o, v) => o with { Threads = v }),
        ];
    }

    /// <summary>All of them, in the order in which help lists them.</summary>
    public IEnumerable<Option> Options => _settings.Select(setting => setting.Option);

    /// <summary>What was chosen.</summary>
    /// <param name="words">The words.</param>
    /// <param name="start">The options of the model that training starts from, whose shape is taken over;
    /// <see langword="null"/> where there is none.</param>
    /// <exception cref="CommandException">A value is out of its range, or contradicts the model;
    /// the message names every one that does.</exception>
    public TrainingOptions Bind(ParseResult words, TrainingOptions? start = null)
    {
        TrainingOptions options = _settings.Aggregate(start ?? _defaults, (o, setting) => setting.Apply(words, o));
        var problems = new List<string>();
        if (start is not null)
        {
            options = options.IsAuto ? options with { Cell = start.Cell } : options;
            problems.AddRange(options.FindShapeDifferences(start));
            problems.AddRange(_ofNewModels.Where(IsGiven)
                .Select(property => $"{property} is for a new model, but training starts from one; leave it out."));
        }
        if (problems.Count == 0)
            problems.AddRange(options.FindProblems());
        if (IsGiven(nameof(TrainingOptions.Momentum)) && options.Optimizer is OptimizerKind.Adam or OptimizerKind.AdamW)
            problems.Add($"Momentum is for sgd and nesterov; {Words.Of(options.Optimizer)} does without.");
        if (IsGiven(nameof(TrainingOptions.WeightDecay)) && options.Optimizer != OptimizerKind.AdamW && problems.Count == 0)
            problems.Add($"WeightDecay is for adamw; {Words.Of(options.Optimizer)} does without.");
        if (IsGiven(nameof(TrainingOptions.Patience)) && !IsGiven(nameof(TrainingOptions.Validation)))
            problems.Add("Patience waits for a lower validation loss; give Validation, too, or leave it out.");
        return problems.Count == 0 ? options : throw new CommandException(string.Join(' ', problems.Select(Named)));

        bool IsGiven(string property) => words.Has(_settings.Find(setting => setting.Property == property)!.Option);
    }

    /// <summary>The file with validation data, if one was named.</summary>
    public string? ValidationData(ParseResult words) =>
        _settings.OfType<Setting<DataChoice>>().Single().Value(words)?.Data;

    private static Setting<Activation> Function(
        string property, string what, Activation usual, Func<TrainingOptions, Activation, TrainingOptions> set) =>
        new(property, "NAME", $"{For(property)}: {what}, one of those of --activation.",
            (option, text) => Parsed(option, text, Activation.Parse), usual.Name, set);

    /// <summary>Runs a command; what the library finds wrong is told with the options' names.</summary>
    /// <exception cref="CommandException">The library found something wrong.</exception>
    public int Naming(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (ArgumentException e)
        {
            throw new CommandException(Named(Failure.WithoutParameter(e)));
        }
    }

    /// <summary>A sentence of the record, which speaks of its properties, as it is at a terminal, where they are options.</summary>
    public string Named(string sentence)
    {
        var renamed = new StringBuilder();
        int start = 0;
        for (int i = 0; i <= sentence.Length; i++)
        {
            if (i < sentence.Length && char.IsLetter(sentence[i]))
                continue;
            string word = sentence[start..i];
            renamed.Append(_settings.Find(setting => setting.Property == word)?.Option.Name ?? word);
            if (i < sentence.Length)
                renamed.Append(sentence[i]);
            start = i + 1;
        }
        return renamed.ToString();
    }

    /// <summary>A value that its own type reads; what is wrong with it is told with the option's name.</summary>
    private static T Parsed<T>(string option, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (FormatException e)
        {
            throw new FormatException($"{option}: {e.Message}", e);
        }
    }

    /// <summary>The units that most cells have where none are chosen, and those of cells that have others.</summary>
    private static string DefaultLayers()
    {
        IEnumerable<string> others = TrainingOptions.CellNames.Where(cell => !Of(cell).Equals(_defaults.Layers))
            .Select(cell => $", for {cell} {Of(cell)}");
        return $"{_defaults.Layers}{string.Concat(others)}";

        static LayerSizes Of(string cell) => (_defaults with { Cell = cell }).Layers;
    }

    private static string DefaultRates() =>
        string.Join(", ", Enum.GetValues<OptimizerKind>()
            .GroupBy(kind => (_defaults with { Optimizer = kind }).ResolvedLearningRate)
            .Select(group => $"{Text(group.Key)} for {string.Join(" and ", group.Select(Words.Of))}"));

    /// <summary>The cells that take an option, as the beginning of its help.</summary>
    private static string For(string property) =>
        $"For {Words.Listing([.. TrainingOptions.CellNames.Where(cell => TrainingOptions.OptionsOfCell(cell).Contains(property))])}";

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The parser takes options of type bool for flags, which need no word behind them.</summary>
    private enum Switch
    {
        False,
        True,
    }

    /// <summary>One option and the property that it sets.</summary>
    private abstract class Setting(string property)
    {
        public string Property { get; } = property;

        public abstract Option Option { get; }

        public abstract TrainingOptions Apply(ParseResult words, TrainingOptions options);
    }

    private sealed class Setting<T>(
        string property, string valueName, string description, Func<string, string, T> parse, string byDefault,
        Func<TrainingOptions, T, TrainingOptions> apply)
        : Setting(property)
    {
        private readonly Option<T> _option = TextOption.Create(
            $"--{Words.Kebab(property)}", valueName, $"{description} Default: {byDefault}.", parse);

        public override Option Option => _option;

        public override TrainingOptions Apply(ParseResult words, TrainingOptions options) =>
            words.Has(_option) ? apply(options, words.GetValue(_option)!) : options;

        public T? Value(ParseResult words) => words.Has(_option) ? words.GetValue(_option) : default;
    }

    /// <summary>An option with no word behind it, for a property that is false without it.</summary>
    private sealed class Flag(string property, string description, Func<TrainingOptions, bool, TrainingOptions> apply) : Setting(property)
    {
        private readonly Option<bool> _option = new($"--{Words.Kebab(property)}") { Description = description };

        public override Option Option => _option;

        public override TrainingOptions Apply(ParseResult words, TrainingOptions options) =>
            words.Has(_option) ? apply(options, words.GetValue(_option)) : options;
    }
}
