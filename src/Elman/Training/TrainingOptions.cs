using Elman.Models;
using Elman.Recurrent;
using Elman.Training;

namespace Elman;

/// <summary>The options of a model and of its training. Immutable: change it with <c>with</c>.</summary>
/// <remarks>
/// <see cref="Cell"/> has the cell with its options, <see cref="Model"/> the shape around it, <see cref="Inputs"/> how data become
/// inputs, <see cref="Forecast"/> what forecasters need; the rest is how training works. The tool's options have the same names and
/// defaults.
/// </remarks>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// The recurrent cell with its options, such as <c>new LstmOptions { Peepholes = true }</c>; a name alone, such as <c>"lstm"</c>, is
    /// the cell with its defaults (<see cref="CellOptions.All"/>). <see cref="AutoOptions"/> lets the training data choose. Default
    /// <see cref="RnnOptions"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public CellOptions Cell { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new RnnOptions();

    /// <summary>The shape of the model around its cell: layers, directions, readout.</summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public ModelOptions Model { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>How data become inputs: missing values, differences, patches, symbols, standardisation.</summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public InputOptions Inputs { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>What a <see cref="SequenceForecaster"/> forecasts; other tasks ignore it.</summary>
    /// <exception cref="ArgumentNullException">It is set to <see langword="null"/>.</exception>
    public ForecastOptions Forecast { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>
    /// The definitions of all options but those of cells (<see cref="CellOptions.Options"/>), in the order in which help lists them.
    /// </summary>
    public static IReadOnlyList<OptionDefinition<TrainingOptions>> Definitions => TrainingOptionTable.All;

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
    /// The penalty on output weights that are learned by least squares, those of <c>esn</c>, <c>oscillator</c> and <c>delays</c> and of any
    /// cell whose <see cref="ModelOptions.Readout"/> counts (A. Hoerl and R. Kennard, 1970).
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
    /// nothing. Not with <see cref="ModelOptions.Bidirectional"/> or <see cref="Checkpoint"/>. At least 1; 0 for the whole sequence.
    /// Default 0.
    /// </summary>
    public int Truncate { get; init; }

    /// <summary>
    /// Whether a batch of T steps keeps its states only every √T steps and runs the steps between them a second time on the way back
    /// (T. Chen and others, 2016): memory grows with √T, time by about one forward pass, and the gradient is the whole one, up to
    /// rounding. Not with <see cref="ModelOptions.Bidirectional"/> or <see cref="Truncate"/>. Default false.
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
        problems.AddRange(Inputs.FindProblems());
        problems.AddRange(ReservoirOptions.FindProblems(this));
        problems.AddRange(FindUpdateProblems());
        Require(RecurrentDropout == 0 || IsAuto || Cell.FindProblems().Any() || LayerFactory.HasRecurrentWeights(Cell),
            $"RecurrentDropout drops what gates take from the last output; those of {Cell} see the input alone.");
        Require(Truncate <= 0 || !Checkpoint, $"Truncate cuts gradients off and Checkpoint keeps them whole; choose one of the two.");
        Require(Truncate <= 0 || !Model.Bidirectional,
            $"Truncate goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        Require(!Checkpoint || !Model.Bidirectional,
            $"Checkpoint goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        problems.AddRange(Forecast.FindProblems());
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
    /// Whether the output layer is learned by least squares: that of a reservoir, and that of any cell whose
    /// <see cref="ModelOptions.Readout"/> counts, since counts have no gradient.
    /// </summary>
    public bool LearnsOutputByLeastSquares => IsReservoir || Model.Readout.Layout is not null;

    /// <summary>The units of each layer: <see cref="ModelOptions.Layers"/>, or the cell's default.</summary>
    public LayerSizes ResolvedLayers => Model.Layers ?? Model.DefaultLayersOf(Cell);

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
