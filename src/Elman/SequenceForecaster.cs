using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>
/// Forecasts the next <see cref="ForecastOptions.Horizon"/> steps of sequences: all channels except those that are known in advance
/// (<see cref="ForecastOptions.Known"/>).
/// </summary>
/// <remarks>
/// It is trained at every step of the training data, on the values themselves; labels are ignored. If the cell is trained by gradients,
/// is not chosen automatically, and there are no more series than a batch holds (<see cref="TrainingOptions.Batch"/>), long series are cut
/// into pieces of 96 steps or four horizons that overlap by half: otherwise an epoch would be a single update of the weights. With
/// <see cref="TrainingOptions.Truncate"/> they are not cut.
/// </remarks>
public sealed class SequenceForecaster : SequenceEstimator
{
    /// <summary>Creates an unfitted forecaster.</summary>
    /// <param name="options">The training options; <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every such option.</exception>
    public SequenceForecaster(TrainingOptions? options = null)
        : base(options, SequenceTask.Forecast)
    {
    }

    internal SequenceForecaster(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The number of steps ahead that are forecast.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int Horizon => Fitted.Model.Spec.Horizon;

    /// <summary>The number of channels that are forecast: all except those known in advance, which are the last ones.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int ForecastChannels => Fitted.OwnChannels;

    /// <summary>The calendar features of the inputs; if there are any, data need dates.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public CalendarCycles Calendar => Fitted.Origin.Covariates.Calendar;

    /// <summary>
    /// The usual time between two steps of the training data (<see cref="SequenceTimes.Interval"/>): other data should have the same, since
    /// the forecaster counts steps. <see langword="null"/> if the data had no dates or steps of different length, or if the file does not
    /// contain it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public TimeSpan? Interval => Fitted.Origin.Interval?.Usual;

    /// <summary>The longest time between two steps of the training data, such as that over a weekend of working days;
    /// <see langword="null"/> if <see cref="Interval"/> is.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public TimeSpan? LongestInterval => Fitted.Origin.Interval?.Longest;

    /// <summary>
    /// The largest lag that a forecast uses, in steps before the last one, if it uses values at fixed lags: a naive forecast or a linear
    /// autoregression; for an average, the largest lag of its members. In a shorter sequence the training mean replaces the missing values.
    /// 0 for models that keep a state instead.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int LongestLag => Fitted.LongestLag;

    /// <summary>
    /// Returns the index of the first forecast step of each sequence: the step after the last one or, if channels are known in advance,
    /// after the last one in which another channel has a value. Channels are found by their names.
    /// </summary>
    /// <param name="data">The sequences.</param>
    /// <exception cref="ArgumentException">A channel of the forecaster is missing, or the data have one that it does not know.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int[] FirstStepsAhead(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. Fitted.Origin.GivenInOrder(data, nameof(data)).Select(Fitted.Origin.Covariates.StepsOf)];
    }

    /// <summary>Forecasts the steps that follow each sequence.</summary>
    /// <param name="data">The sequences.</param>
    /// <returns><c>[sequences, horizon, channels]</c>, for the forecast channels, with <see cref="SequenceEstimator.Offsets"/>
    /// subtracted.</returns>
    /// <exception cref="ArgumentException">The number of channels differs from the forecaster's; a value is infinite, too large to compute
    /// with, or missing although the forecaster refuses missing values; or dates or values known in advance are missing.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public Tensor<float> Predict(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Fitted.Origin.Covariates.CheckFuture(Fitted.Origin.GivenInOrder(data, nameof(data)), nameof(data));
        return AnswersTogether(data, Horizon, ForecastChannels);
    }

    /// <summary>The levels of the quantiles of the forecaster; empty if there were no held-out errors to measure
    /// (<see cref="ForecastOptions.Quantiles"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public QuantileLevels Quantiles => Fitted.Bands.Levels;

    /// <summary>
    /// The number of errors from which the quantiles of a step ahead are computed: the minimum over all steps ahead and channels. A step
    /// ahead with fewer than <see cref="QuantileLevels.LeastCases"/> errors uses those of the nearest steps ahead. <see langword="null"/>
    /// if there are no quantiles, or if the file does not contain it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int? QuantileCases => Fitted.Bands.Cases;

    /// <summary>
    /// Returns quantiles around a forecast, from the errors on held-out cases, separately for each step ahead and channel. They never
    /// cross.
    /// </summary>
    /// <param name="forecast">A forecast of <see cref="Predict(SequenceDataset)"/> or <see cref="SequenceSession.Answer"/>,
    /// <c>[horizon, channels]</c>.</param>
    /// <returns>The quantiles, <c>[levels, horizon, channels]</c>.</returns>
    /// <exception cref="ArgumentException">The forecast has another length, or a quantile is not finite.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public float[] QuantilesAround(ReadOnlySpan<float> forecast)
    {
        int width = Horizon * ForecastChannels;
        if (forecast.Length != width)
            throw new ArgumentException($"A forecast of this model has {width} numbers, not {forecast.Length}.", nameof(forecast));
        float[] quantiles = new float[Quantiles.Count * width];
        Fitted.Bands.Around(forecast, quantiles);
        if (quantiles.Length == 0 || TensorPrimitives.IsFiniteAll<float>(quantiles))
            return quantiles;
        int step = Array.FindIndex(quantiles, value => !float.IsFinite(value)) % width / ForecastChannels;
        throw new ArgumentException(FormattableString.Invariant(
            $"A quantile of the forecast {step + 1} steps ahead is too large for a 32-bit number. Check the units of the data."),
            nameof(forecast));
    }

    /// <summary>Forecasts the steps that follow one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>The values, step by step, <c>[horizon, channels]</c>, in the order of <see cref="SequenceSession.Answer"/>.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence)
    {
        Tensor<float> answer = Predict(Alone(sequence));
        float[] numbers = new float[answer.FlattenedLength];
        answer.FlattenTo(numbers);
        return numbers;
    }

    /// <summary>
    /// Trains the models of a tested forecaster on more data, without choosing them again, and takes over its quantiles. So the test data
    /// can be used for training after the test.
    /// </summary>
    /// <param name="tested">A fitted forecaster, which does not change.</param>
    /// <param name="data">All data: those that <paramref name="tested"/> was trained on and those it was tested on.</param>
    /// <param name="validation">The validation data of <paramref name="tested"/>, if any.</param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops training early; the weights trained so far are kept and usable.</param>
    /// <returns>The summary of the training.</returns>
    /// <exception cref="ArgumentException">The data are not suitable for training; the message names reason and position.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="tested"/> is not fitted, or this model is already being
    /// trained.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was trained, and the previous
    /// weights are kept.</exception>
    public TrainingSummary FitLike(SequenceForecaster tested, SequenceDataset data, SequenceDataset? validation = null,
        IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tested);
        ArgumentNullException.ThrowIfNull(data);
        using Learning _ = BeginLearning();
        if (tested.Options.IsAuto && tested.Leaderboard is null)
            throw new ArgumentException("The model was chosen automatically and loaded from a file, which does not store how it was "
                + "fitted; fit a model in this program.", nameof(tested));
        TrainingOptions options = tested.Options with { Forecast = tested.Options.Forecast with { Calendar = tested.Calendar } };
        if (tested.Leaderboard is { } leaderboard)
            options = options with { Cell = options.Choice with { Ensemble = leaderboard.Chosen } };
        return FitAs(tested.Fitted, data, validation, options, progress, cancellationToken);
    }

    /// <summary>Compares the forecasts at every step with the values that follow, on data that it was not trained on.</summary>
    /// <param name="data">The sequences.</param>
    /// <exception cref="ArgumentException">No sequence has two steps, or the sequences don't match the forecaster.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public ForecastEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        return ForecastEvaluation.From(data, Horizon, [.. AnswersOneByOne(known, data)], known.Bands);
    }

    /// <summary>Reads a forecaster that <see cref="SequenceEstimator.Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings that the file does not contain: custom activations that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceForecaster Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>Reads a forecaster from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceForecaster Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>Reads a forecaster from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceForecaster Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceForecaster Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Forecast), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Forecast;
}
