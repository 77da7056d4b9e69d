using Elman.Cells;
using Elman.Kernels;
using Elman.Layers;
using Elman.Models;
using Elman.Training;

namespace Elman;

/// <summary>Everything about a classifier that is chosen rather than learned. Immutable: change it with <c>with</c>.</summary>
/// <remarks>The tool's options have the same names; both read their defaults from here.</remarks>
public sealed partial record TrainingOptions
{
    /// <summary>
    /// The recurrent cell: <c>rnn</c>, the simple recurrent network (J. Elman, 1990); <c>gru</c>, the gated recurrent unit (K. Cho and
    /// others, 2014); <c>lstm</c>, long short-term memory (S. Hochreiter and J. Schmidhuber, 1997; with forget gates, F. Gers and others,
    /// 2000); <c>indrnn</c>, whose units see no other's past but their own (S. Li and others, 2018);
    /// <c>mingru</c> and <c>minlstm</c>, whose gates see the input alone (L. Feng and others, 2024);
    /// <c>lru</c>, the linear recurrent unit (A. Orvieto and others, 2023);
    /// <c>esn</c>, the leaky echo-state network (H. Jaeger, 2001), whose units stay as they are drawn and whose output layer alone is
    /// learned, by least squares instead of gradients, in one pass; <c>oscillator</c>, a reservoir of linear oscillators,
    /// and <c>delays</c>, one of random dilated kernels (A. Dempster and others, 2021), which learn likewise. Default <c>rnn</c>.
    /// </summary>
    public string Cell { get; init => field = CellCatalog.Find(value)?.Name ?? value; } = "rnn"; // as the catalog writes it

    /// <summary>The names that <see cref="Cell"/> may have.</summary>
    public static IReadOnlyList<string> CellNames { get; } = [.. CellCatalog.All.Select(c => c.Name)];

    /// <summary>
    /// Units of each recurrent layer, the one that sees the data first; in a bidirectional model, of each direction. At least one layer of
    /// at least 1 unit; the most is what the weights between them can be stored for: 16,383 for <c>rnn</c>, 11,585 for cells of two gates,
    /// 9,459 for three, 8,191 for four. Default one layer of 96; for <c>delays</c> of 336; for <c>oscillator</c> of 800, where the readout
    /// makes more than six numbers of a unit of 500 or 400. Half of that for each direction where both stand beside each other.
    /// </summary>
    public LayerSizes Layers { get => ReferenceEquals(field, _notChosen) ? DefaultLayers : field; init; } = _notChosen;

    /// <summary>
    /// Whether every layer is two, one of which reads the sequences from their end (M. Schuster and K. Paliwal, 1997). Such a model needs
    /// whole sequences and can't run on a stream. Default false.
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
    /// How much is dropped at random, in training alone, of what each layer takes from the one below it, the output layer included
    /// (N. Srivastava and others, 2014). From 0 up to but not including 1, to the nearest 2⁻¹⁶. Default 0.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>
    /// How much is dropped, in training alone, of what a layer's gates take from its last output: for a sequence the same units at every
    /// step (Y. Gal and Z. Ghahramani, 2016). From 0 up to but not including 1, to the nearest 2⁻¹⁶.
    /// Not for cells whose gates see the input alone. Default 0.
    /// </summary>
    public double RecurrentDropout { get; init; }

    /// <summary>
    /// How often, in training, a unit keeps its state instead of taking the new one; outside training, how much of it (D. Krueger and
    /// others, 2017). From 0 up to but not including 1; training draws at the nearest 2⁻¹⁶. Default 0.
    /// </summary>
    public double Zoneout { get; init; }

    /// <summary>What of the uppermost layer's outputs a sequence is judged by. Default the last.</summary>
    public ReadoutKind Readout { get; init; }

    /// <summary>The activation of <c>rnn</c>, <c>indrnn</c> and <c>esn</c>, for the second best relu. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>
    /// The function of the gates of <c>gru</c> and <c>lstm</c>, f in ONNX: a built-in one.
    /// Others than the default are a little slower. Default sigmoid.
    /// </summary>
    public Activation GateActivation { get; init; } = Activation.Sigmoid;

    /// <summary>The function of the candidate of <c>gru</c> and <c>lstm</c>, g in ONNX: a built-in one. Default tanh.</summary>
    public Activation CandidateActivation { get; init; } = Activation.Tanh;

    /// <summary>The function through which <c>lstm</c> shows its memory, h in ONNX: a built-in one. Default tanh.</summary>
    public Activation OutputActivation { get; init; } = Activation.Tanh;

    /// <summary>
    /// Where the reset gate of <c>gru</c> acts; the other cells have none. Default after the product with the recurrent weights.
    /// </summary>
    public GruReset GruReset { get; init; }

    /// <summary>
    /// Whether the gates of <c>lstm</c> also look at its memory: <c>p_i∘c_{t−1}</c> is added to the input gate's sum, <c>p_f∘c_{t−1}</c>
    /// to the forget gate's, <c>p_o∘c_t</c> to the output gate's (F. Gers and J. Schmidhuber, 2000). The weights p start at 0.
    /// Only for <c>lstm</c>. Default false.
    /// </summary>
    public bool Peepholes { get; init; }

    /// <summary>
    /// Whether the forget gate of <c>lstm</c> is 1 − the input gate, so that it writes exactly as much as it forgets, with a quarter fewer
    /// weights (K. Greff and others, 2017). Only for <c>lstm</c>. Default false.
    /// </summary>
    public bool CoupledGates { get; init; }

    /// <summary>
    /// The greatest magnitude of what a gate of <c>lstm</c> sums up before its activation, above 0; what is beyond is cut to it, and its
    /// gradient is 0. Infinity for no limit. Only for <c>lstm</c>. Default infinity.
    /// </summary>
    public double GateClip { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// To how many numbers <c>lstm</c> projects its output, <c>h_t = (o_t∘tanh(c_t))·Wr</c>, before the gates of the next step and the
    /// layer above see it (H. Sak and others, 2014): a large memory with few recurrent weights.
    /// In every layer the same; 0 for none. Default 0.
    /// </summary>
    public int Projection { get; init; }

    /// <summary>
    /// Whether <c>rnn</c>, <c>gru</c> and <c>lstm</c> normalise the units of each gate to mean 0 and deviation 1, before gain, bias and the
    /// gate's function (J. Ba and others, 2016). With few units little is left to tell them apart by. Default false.
    /// </summary>
    public bool LayerNorm { get; init; }

    /// <summary>
    /// The bias that the forget gate of <c>lstm</c> and <c>minlstm</c> starts with: a positive one makes it remember at first (F. Gers and
    /// others, 2000; R. Jozefowicz and others, 2015). With <see cref="CoupledGates"/> the input gate starts with its negative, as does
    /// the gate of <c>mingru</c>. Finite as a <see langword="float"/>. Only for these. Default 1.
    /// </summary>
    public double ForgetBias { get; init; } = WeightInitializer.DefaultForgetBias;

    /// <summary>
    /// How much of its new value a unit of <c>esn</c> takes at a step, above 0 and at most 1; of its last it keeps the rest. The smaller,
    /// the slower what it follows (H. Jaeger and others, 2007). Only for <c>esn</c>. Default 0.3.
    /// </summary>
    public double LeakRate { get; init; } = CellOptions.Default.LeakRate;

    /// <summary>
    /// The greatest magnitude of an eigenvalue of the recurrent weights that <c>esn</c> draws, at least 0 and finite as a
    /// <see langword="float"/>: the greater, the longer the past goes on; above 1 the units may not forget how they started.
    /// Only for <c>esn</c>. Default 0.9.
    /// </summary>
    public double SpectralRadius { get; init; } = ReservoirShape.Default.SpectralRadius;

    /// <summary>
    /// The share of its layer's units that a unit of <c>esn</c> listens to, above 0 and at most 1; always at least four of them, if there
    /// are so many. Only for <c>esn</c>. Default 0.1.
    /// </summary>
    public double ReservoirDensity { get; init; } = ReservoirShape.Default.Density;

    /// <summary>
    /// How strongly the inputs drive the units of <c>esn</c>: the deviation of <c>x_t·Wx</c> where each input has deviation 1, whatever
    /// their number; above 0 and finite as a <see langword="float"/>. The smaller, the more nearly linear the units.
    /// Only for <c>esn</c>. Default 0.3.
    /// </summary>
    public double InputScale { get; init; } = ReservoirShape.Default.InputScale;

    /// <summary>
    /// The penalty on output weights that are learned by least squares, those of <c>esn</c>, <c>oscillator</c> and <c>delays</c> and of any
    /// cell whose <see cref="Readout"/> counts (A. Hoerl and R. Kennard, 1970).
    /// <see langword="null"/>: chosen from 13 for what goes into the output layer standardised, by what each case would have been given
    /// without itself (all cases, or 2,048 of them where there are more than features).
    /// A number λ, finite and above 0: as a share of the mean variance of what goes into the output layer, not standardised, and for each
    /// case, so that it needs no change with the units of the data or their number. Only for these. Default <see langword="null"/>.
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
    /// window, so that the state carried over was made by the weights of before the update. Others are updated once a batch, as ever:
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

    /// <summary>What the weights are before training. Default rotation.</summary>
    public WeightInitialization Init { get; init; } = WeightInitialization.Rotation;

    /// <summary>
    /// The loss to minimise; by default the task's own: cross-entropy for classes, binary cross-entropy for classes that may apply
    /// side by side, the squared error for numbers.
    /// </summary>
    public Loss? Loss { get; init; }

    /// <summary>
    /// How much of the truth is spread evenly over all classes, from 0 up to but not including 1 (C. Szegedy and others, 2016).
    /// Only for cross-entropy. Default 0.
    /// </summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How much the cases of each class count in training. Default all alike.</summary>
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

    /// <summary>Everything that is wrong with these options, one sentence each; empty where they are fine.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        List<string> problems = IsAuto ? FindProblemsOfEveryCell() : FindModelProblems();
        problems.AddRange(FindAutoProblems());
        problems.AddRange(FindNgramProblems());
        problems.AddRange(ReservoirOptions.FindProblems(this));
        problems.AddRange(FindUpdateProblems());
        Require(RandomMask.Problem(Dropout) is null, $"Dropout is {Dropout}; {RandomMask.Problem(Dropout)}");
        Require(RandomMask.Problem(RecurrentDropout) is null,
            $"RecurrentDropout is {RecurrentDropout}; {RandomMask.Problem(RecurrentDropout)}");
        Require(RecurrentDropout == 0 || CellEntry?.HasRecurrentWeights != false,
            $"RecurrentDropout drops what gates take from the last output; those of {Cell} see the input alone.");
        Require(Epochs >= 1, $"Epochs is {Epochs}; it must be at least 1.");
        Require(Batch >= 1, $"Batch is {Batch}; it must be at least 1.");
        Require(Truncate >= 0, $"Truncate is {Truncate}; it must be at least 1, or 0 for whole sequences.");
        Require(Truncate <= 0 || !Checkpoint, $"Truncate cuts gradients off and Checkpoint keeps them whole; choose one of the two.");
        Require(Truncate <= 0 || !Bidirectional,
            $"Truncate goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        Require(!Checkpoint || !Bidirectional,
            $"Checkpoint goes window by window, but with Bidirectional a layer reads sequences from their end; choose one of the two.");
        Require(Enum.IsDefined(Init), $"Init is {Init}, which is not a defined value.");
        Require(LabelSmoothing is >= 0 and < 1, $"LabelSmoothing is {LabelSmoothing}; it may be 0 up to, but not including, 1.");
        Require(ClassWeights is not null, $"ClassWeights is missing.");
        problems.AddRange(FindForecastProblems());
        Require(Validation is >= 0 and < 1, $"Validation is {Validation}; it may be 0 up to, but not including, 1.");
        Require(Patience >= 0, $"Patience is {Patience}; it must be at least 0.");
        Require(Threads is >= 0 and <= 1024, $"Threads is {Threads}; it may be 0 to 1024.");
        return problems;

        void Require(bool holds, FormattableString problem)
        {
            if (!holds)
                problems.Add(FormattableString.Invariant(problem));
        }
    }

    /// <summary>
    /// The names of the properties that only some cells take, of those that a cell takes.
    /// Where the others are not at their defaults, they are refused.
    /// </summary>
    /// <param name="cell">The cell's name, in any case.</param>
    /// <exception cref="ArgumentException">It is none of <see cref="CellNames"/>.</exception>
    public static IReadOnlyList<string> OptionsOfCell(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        CellEntry entry = CellCatalog.Find(cell) ?? throw new ArgumentException(CellCatalog.Unknown(cell), nameof(cell));
        return [.. entry.Options.Select(option => option.ToString())];
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
    public bool IsReservoir => CellEntry?.IsReservoir == true;

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
        List<string> problems = [.. SpecFor(channels: 1, outputSize: 1).FindProblems(), .. EmbeddingOptions.FindProblems(this)];
        if (!float.IsFinite((float)ForgetBias))
            problems.Add(FormattableString.Invariant(
                $"ForgetBias is {ForgetBias}; it must be a finite number of at most {float.MaxValue} in size."));
        if (!(SpectralRadius >= 0 && float.IsFinite((float)SpectralRadius)))
            problems.Add(
                FormattableString.Invariant($"SpectralRadius is {SpectralRadius}; it must be a number from 0 to {float.MaxValue}."));
        if (!(ReservoirDensity is > 0 and <= 1))
            problems.Add(FormattableString.Invariant($"ReservoirDensity is {ReservoirDensity}; it must be above 0 and at most 1."));
        if (!(InputScale > 0 && float.IsFinite((float)InputScale)))
            problems.Add(FormattableString.Invariant($"InputScale is {InputScale}; it must be above 0 and at most {float.MaxValue}."));
        if (!(LongestMemory > 0 && float.IsFinite((float)LongestMemory)))
            problems.Add(
                FormattableString.Invariant($"LongestMemory is {LongestMemory}; it must be above 0 and at most {float.MaxValue}."));
        if (!(Ridge is null or (> 0 and < double.PositiveInfinity)))
            problems.Add(FormattableString.Invariant($"Ridge is {Ridge}; it must be a finite number above 0, so that the output weights ")
                + "are determined, or null, to have it chosen.");
        if (Ridge is not null && !LearnsOutputByLeastSquares && CellEntry?.Refusal(CellOption.Ridge) is { } refusal)
            problems.Add($"{refusal.TrimEnd('.')}, unless its readout is one that counts.");
        problems.AddRange(ChangedBeyondTheModel().Select(option => CellEntry?.Refusal(option)).OfType<string>());
        return problems;
    }

    /// <summary>Of the options that only some cells take and that do not shape the model, those that are not at their defaults.</summary>
    private IEnumerable<CellOption> ChangedBeyondTheModel()
    {
        if (!ForgetBias.Equals(WeightInitializer.DefaultForgetBias))
            yield return CellOption.ForgetBias;
        if (!SpectralRadius.Equals(ReservoirShape.Default.SpectralRadius))
            yield return CellOption.SpectralRadius;
        if (!ReservoirDensity.Equals(ReservoirShape.Default.Density))
            yield return CellOption.ReservoirDensity;
        if (!InputScale.Equals(ReservoirShape.Default.InputScale))
            yield return CellOption.InputScale;
        if (!LongestMemory.Equals(ReservoirShape.DefaultLongestMemory))
            yield return CellOption.LongestMemory;
    }
}
