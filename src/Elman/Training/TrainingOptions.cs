using Elman.Models;
using Elman.Recurrent;
using Elman.Training;

namespace Elman;

/// <summary>The options of a model and of its training. Immutable: change it with <c>with</c>.</summary>
/// <remarks>The tool's options have the same names and defaults.</remarks>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// The recurrent cell with its options, such as <c>new LstmOptions { Peepholes = true }</c>; a name alone, such as <c>"lstm"</c>, is
    /// the cell with its defaults (<see cref="CellOptions.All"/>). <see cref="AutoOptions"/> lets the training data choose. Default
    /// <see cref="RnnOptions"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public CellOptions Cell { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new RnnOptions();

    /// <summary>
    /// The definitions of all options but those of cells (<see cref="CellOptions.Options"/>), in the order in which help lists them.
    /// </summary>
    public static IReadOnlyList<OptionDefinition<TrainingOptions>> Definitions => TrainingOptionTable.All;

    /// <summary>
    /// Units of each recurrent layer, the one that sees the data first; in a bidirectional model, of each direction. At least one layer of
    /// at least 1 unit; the most is what the weights between them can be stored for: 16,383 for <c>rnn</c>, 11,585 for cells of two gates,
    /// 9,459 for three, 8,191 for four. Default one layer of 96; for <c>delays</c> of 336; for <c>oscillator</c> of 800, where the readout
    /// makes more than six numbers of a unit of 500 or 400. Half of that for each direction where both stand beside each other.
    /// </summary>
    public LayerSizes Layers { get => ReferenceEquals(field, _notChosen) ? DefaultLayers : field; init; } = _notChosen;

    /// <summary>
    /// Whether every layer also reads the sequences from their end (M. Schuster and K. Paliwal, 1997). Such a model needs whole sequences
    /// and can't run on a stream. Default false.
    /// </summary>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// How the outputs of both directions are merged. Only with <see cref="Bidirectional"/>. Default one beside the other.
    /// </summary>
    public DirectionMerge Merge { get; init; }

    /// <summary>
    /// Whether every layer but the first adds its inputs to its outputs, which makes deep stacks easier to train (K. He and others, 2016).
    /// All layers must have the same size. Default false.
    /// </summary>
    public bool Residual { get; init; }

    /// <summary>
    /// Dropout rate in training: the share of the inputs of each layer, the output layer included, that is set to 0
    /// (N. Srivastava and others, 2014). From 0 up to but not including 1, to the nearest 2⁻¹⁶. Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Dropout rate on the recurrent input of gates in training: for a sequence the same units at every step
    /// (Y. Gal and Z. Ghahramani, 2016). From 0 up to but not including 1, to the nearest 2⁻¹⁶.
    /// Not for cells whose gates see the input alone. Default 0.
    /// </summary>
    public double RecurrentDropout { get; init; }

    /// <summary>
    /// Zoneout rate: in training the probability that a unit keeps its state instead of taking the new one, outside training the share of
    /// the old state (D. Krueger and others, 2017). From 0 up to but not including 1; training draws at the nearest 2⁻¹⁶. Default 0.
    /// </summary>
    public double Zoneout { get; init; }

    /// <summary>How the outputs of the uppermost layer are pooled over the steps. Default the last.</summary>
    public ReadoutKind Readout { get; init; }

    /// <summary>
    /// The penalty on output weights that are learned by least squares, those of <c>esn</c>, <c>oscillator</c> and <c>delays</c> and of any
    /// cell whose <see cref="Readout"/> counts (A. Hoerl and R. Kennard, 1970).
    /// <see langword="null"/>: chosen from 13 values for standardised features, by leave-one-out cross-validation (all cases, or 2,048 of
    /// them if there are more cases than features).
    /// A number λ, finite and above 0: as a share of the mean variance of the features, not standardised, and per case, so that it needs no
    /// change with the units of the data or the number of cases. Only for these. Default <see langword="null"/>.
    /// </summary>
    public double? Ridge { get; init; }

    /// <summary>Number of epochs, at least 1. Default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Batch size in sequences, at least 1. Default 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>
    /// Truncated back-propagation through time (R. Williams and J. Peng, 1990): the steps of a window that gradients don't leave, while
    /// the state is carried on from window to window. Memory then grows with this number, not with the length of the sequences.
    /// A model that answers at every step, of a <see cref="SequenceTagger"/> or <see cref="SequenceForecaster"/>, is updated after every
    /// window, so that the state carried over was made by the weights of before the update. Others are updated once a batch:
    /// all windows go forward, then those that a gradient reaches once more, and backward. A window as long as the sequences changes
    /// nothing. Not with <see cref="Bidirectional"/> or <see cref="Checkpoint"/>. At least 1; 0 for the whole sequence. Default 0.
    /// </summary>
    public int Truncate { get; init; }

    /// <summary>
    /// Whether a batch of T steps keeps its states only every √T steps and runs the steps between them a second time on the way back
    /// (T. Chen and others, 2016): memory grows with √T, time by about one forward pass, and the gradient is the whole one, up to
    /// rounding. Not with <see cref="Bidirectional"/> or <see cref="Truncate"/>. Default false.
    /// </summary>
    public bool Checkpoint { get; init; }

    /// <summary>Weight initialisation. Default rotation.</summary>
    public WeightInitialization Init { get; init; } = WeightInitialization.Rotation;

    /// <summary>
    /// The loss to minimise; by default the task's own: cross-entropy for classes, binary cross-entropy for classes that may apply
    /// side by side, the squared error for numbers.
    /// </summary>
    public Loss? Loss { get; init; }

    /// <summary>
    /// Label smoothing: the share of the target that is spread evenly over all classes, from 0 up to but not including 1
    /// (C. Szegedy and others, 2016).
    /// Only for cross-entropy. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>The weights of the classes in the loss. Default all equal.</summary>
    public ClassWeights ClassWeights { get; init; } = ClassWeights.None;

    /// <summary>
    /// The share of the training data to hold out for validation, from 0 (none) up to but not including 1, drawn from each class alike.
    /// With it, the weights of the epoch with the lowest validation loss are kept. Default 0.
    /// </summary>
    public double Validation { get; init; }

    /// <summary>
    /// After how many epochs without a lower validation loss training stops; 0 for never. Has no effect without validation. Default 20.
    /// </summary>
    public int Patience { get; init; } = DefaultPatience;

    /// <summary>
    /// Which channels hold symbols, whole numbers from 0 on such as codes of events or of words: each goes into the model as a vector of
    /// its own that is learned, not as a number, and is not standardised. The symbols are those up to the greatest in the training data, at
    /// most 2²⁰; others are refused afterwards. Where they may be missing, <see cref="Missing"/> must be <see cref="MissingValues.Mask"/>
    /// or <see cref="MissingValues.Last"/>. Not for a <see cref="SequenceForecaster"/>, <c>esn</c>,
    /// <c>oscillator</c> or <c>delays</c>. Default none.
    /// </summary>
    public Embeddings Embed { get; init; } = Embeddings.None;

    /// <summary>Fixes every random choice: the same seed and data give the same model, bit for bit. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Number of threads, at most 1,024; 0 for one per processor. The result does not depend on it. Default 0.</summary>
    public int Threads { get; init; }

    /// <summary>All problems of these options, one sentence each; empty if there are none.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = [.. Definitions.Select(option => option.FindProblem(this)).OfType<string>()];
        problems.AddRange(IsAuto ? FindProblemsOfEveryCell() : FindModelProblems());
        problems.AddRange(FindAutoProblems());
        problems.AddRange(FindNgramProblems());
        problems.AddRange(ReservoirOptions.FindProblems(this));
        problems.AddRange(FindUpdateProblems());
        Require(RecurrentDropout == 0 || IsAuto || Cell.FindProblems().Any() || LayerFactory.HasRecurrentWeights(Cell),
            $"RecurrentDropout drops what gates take from the last output; those of {Cell} see the input alone.");
        Require(Truncate <= 0 || !Checkpoint, $"Truncate cuts gradients off and Checkpoint keeps them whole; choose one of the two.");
        Require(Truncate <= 0 || !Bidirectional,
            $"Truncate goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        Require(!Checkpoint || !Bidirectional,
            $"Checkpoint goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        problems.AddRange(FindForecastProblems());
        return [.. problems.Distinct()];

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant(problem));
        }
    }

    /// <summary>
    /// Where options that shape a model differ from those of another, one sentence each: such as Cell or Layers, but not how it is trained.
    /// </summary>
    /// <param name="start">The options of a model that training is to start from: see <see cref="SequenceEstimator.FitFrom"/>.</param>
    public IReadOnlyList<string> FindShapeDifferences(TrainingOptions start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return ShapeOptions.Differences(this, start);
    }

    /// <summary>
    /// Whether the cell's weights stay as they are drawn, so that the output layer alone is learned, in one pass: then what belongs to
    /// training by gradients must be at its default.
    /// </summary>
    public bool IsReservoir => Cell.IsReservoir;

    /// <summary>
    /// Whether the output layer is learned by least squares: that of a reservoir, and that of any cell whose <see cref="Readout"/> counts,
    /// since counts have no gradient.
    /// </summary>
    public bool LearnsOutputByLeastSquares => IsReservoir || Readout.Counts() is not null;

    /// <summary>How many threads work: <see cref="Threads"/>, or the number of processors where that is 0.</summary>
    internal int ResolvedThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>How much training drops.</summary>
    internal DropoutRates DropoutRates => new(Dropout, RecurrentDropout);

    /// <summary>How far back gradients go.</summary>
    internal Bptt Bptt => new(Truncate, Checkpoint);

    private List<string> FindModelProblems()
    {
        List<string> problems =
            [.. Cell.FindProblems(), .. SpecFor(channels: 1, outputSize: 1).FindProblems(), .. EmbeddingOptions.FindProblems(this)];
        if (Ridge is not null && !LearnsOutputByLeastSquares)
            problems.Add($"Ridge is for {TrainingOptionTable.LeastSquaresCells}; {Cell} does not take it, "
                + "unless its readout is one that counts.");
        return problems;
    }
}
