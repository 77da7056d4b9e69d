using Elman.Models;
using Elman.Recurrent;
using Elman.Training;

namespace Elman;

/// <summary>The options of a model and of its training. Immutable: change it with <c>with</c>.</summary>
/// <remarks>
/// <see cref="Cell"/> is the cell with its options, <see cref="Model"/> the shape around it, <see cref="Inputs"/> the preprocessing,
/// <see cref="Forecast"/> the options of forecasters; the others are options of training. The tool's options have the same names and
/// defaults, except <see cref="Cell"/>: the tool's default is <see cref="Auto"/>.
/// </remarks>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// The recurrent cell with its options, such as <c>new LstmOptions { Peepholes = true }</c>; a name alone, such as <c>"lstm"</c>, is
    /// the cell with its defaults (<see cref="CellOptions.All"/>). <see cref="AutoOptions"/> lets the training data choose. Default
    /// <see cref="RnnOptions"/>.
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public CellOptions Cell { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new RnnOptions();

    /// <summary>The shape of the model around its cell: layers, directions, readout.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public ModelOptions Model { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The preprocessing of data: missing values, differences, patches, symbols, standardisation.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public InputOptions Inputs { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>The options of a <see cref="SequenceForecaster"/>; other tasks ignore them.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public ForecastOptions Forecast { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>
    /// The definitions of all options except those of cells (<see cref="CellOptions.Options"/>), in the order in which help lists them.
    /// </summary>
    public static IReadOnlyList<OptionDefinition<TrainingOptions>> Definitions => TrainingOptionTable.All;

    /// <summary>
    /// Dropout rate in training: the share of the inputs of each layer, the output layer included, that is set to 0
    /// (N. Srivastava and others, 2014). From 0 up to but not including 1, rounded to the nearest multiple of 2⁻¹⁶. Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// Dropout rate on the recurrent input of gates in training: the same units at every step of a sequence
    /// (Y. Gal and Z. Ghahramani, 2016). From 0 up to but not including 1, rounded to the nearest multiple of 2⁻¹⁶.
    /// Not for cells whose gates depend on the input only. Default 0.
    /// </summary>
    public double RecurrentDropout { get; init; }

    /// <summary>
    /// The ridge penalty on output weights that are trained by least squares: those of <c>esn</c>, <c>oscillator</c> and <c>delays</c>, and
    /// of any cell with a counting <see cref="ModelOptions.Readout"/> (A. Hoerl and R. Kennard, 1970). Only for these.
    /// <see langword="null"/>: chosen from 13 values for standardised features, by leave-one-out cross-validation (over all cases, or over
    /// 2,048 of them if there are more cases than features). A number λ, finite and above 0: relative to the mean variance of the features,
    /// which are not standardised, and per case, so that it is independent of the units of the data and of the number of cases. Default
    /// <see langword="null"/>.
    /// </summary>
    public double? Ridge { get; init; }

    /// <summary>Number of epochs, at least 1. Default 100.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Batch size in sequences, at least 1. Default 16.</summary>
    public int Batch { get; init; } = 16;

    /// <summary>
    /// Truncated back-propagation through time (R. Williams and J. Peng, 1990): the number of steps in a window. Gradients don't cross the
    /// borders of windows; the state is carried on from window to window. Gates and outputs are then stored for one window only; the
    /// values of the batch, and for readouts that pool all steps one state per window, still grow with the length of the sequences.
    /// A model with an output at every step, of a <see cref="SequenceTagger"/> or <see cref="SequenceForecaster"/>, is updated after every
    /// window; the state carried over was then computed with the weights before the update. Other models are updated once per batch: all
    /// windows run forward, then those that a gradient reaches run forward again, and backward. A window as long as the sequences has no
    /// effect. Not with <see cref="ModelOptions.Bidirectional"/> or <see cref="GradientCheckpointing"/>. At least 1; 0 for the whole
    /// sequence.
    /// Default 0.
    /// </summary>
    public int Truncate { get; init; }

    /// <summary>
    /// Gradient checkpointing: whether a batch of T steps stores its states only every √T steps and computes the steps between them again
    /// in the backward pass (T. Chen and others, 2016). Memory grows with √T, time by about one forward pass, and the gradient is the full
    /// one, up to rounding. Not with <see cref="ModelOptions.Bidirectional"/> or <see cref="Truncate"/>. Default false.
    /// </summary>
    public bool GradientCheckpointing { get; init; }

    /// <summary>Weight initialisation. Default rotation.</summary>
    public WeightInitialization Init { get; init; } = WeightInitialization.Rotation;

    /// <summary>
    /// The loss to minimise; by default the loss of the task: cross-entropy for single-label classes, binary cross-entropy for multi-label
    /// classes, the squared error for numbers.
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
    /// The share of the training data to hold out for validation, from 0 (none) up to but not including 1, stratified by class. With it,
    /// the weights of the epoch with the lowest validation loss are kept. Default 0.
    /// </summary>
    public double Validation { get; init; }

    /// <summary>
    /// Early stopping: the number of epochs without a lower validation loss after which training stops; 0 for never. No effect without
    /// validation. Default 20.
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
            $"RecurrentDropout acts on the previous output, but the gates of {Cell} use only the input; leave it at 0.");
        Require(Truncate <= 0 || !GradientCheckpointing,
            $"Truncate cuts gradients off and GradientCheckpointing keeps them whole; choose one of the two.");
        Require(Truncate <= 0 || !Model.Bidirectional,
            $"Truncate goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        Require(!GradientCheckpointing || !Model.Bidirectional,
            $"GradientCheckpointing goes window by window, but with Bidirectional a layer reads from the end; choose one of the two.");
        problems.AddRange(Forecast.FindProblems());
        return [.. problems.Distinct()];

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant(problem));
        }
    }

    /// <summary>
    /// The differences between the options that shape a model, such as Cell or Layers, and those of another model, one sentence each.
    /// Options of training may differ.
    /// </summary>
    /// <param name="start">The options of the model that training starts from: see <see cref="SequenceEstimator.FitFrom"/>.</param>
    public IReadOnlyList<string> FindShapeDifferences(TrainingOptions start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return ShapeOptions.Differences(this, start);
    }

    /// <summary>
    /// Whether the recurrent weights stay at their random initial values, so that only the output layer is trained, in one pass. The
    /// options of training by gradients must then be at their defaults.
    /// </summary>
    public bool IsReservoir => Cell.IsReservoir;

    /// <summary>
    /// Whether the output layer is trained by least squares: for a reservoir, and for any cell with a counting
    /// <see cref="ModelOptions.Readout"/>, since counts have no gradient.
    /// </summary>
    public bool LearnsOutputByLeastSquares => IsReservoir || Model.Readout.Layout is not null;

    /// <summary>The units of each layer: <see cref="ModelOptions.Layers"/>, or the cell's default.</summary>
    public LayerSizes ResolvedLayers => Model.Layers ?? Model.DefaultLayersOf(Cell);

    /// <summary>The number of threads to use: <see cref="Threads"/>, or the number of processors if that is 0.</summary>
    internal int ResolvedThreads => Threads == 0 ? Environment.ProcessorCount : Threads;

    /// <summary>The dropout rates of training.</summary>
    internal DropoutRates DropoutRates => new(Dropout, RecurrentDropout);

    /// <summary>The options of back-propagation through time.</summary>
    internal Bptt Bptt => new(Truncate, GradientCheckpointing);

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
