using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <summary>
/// Learns how sequences go on and forecasts the next steps of others, <see cref="ForecastOptions.Horizon"/> of them: all channels but
/// those that are known in advance (<see cref="ForecastOptions.Known"/>).
/// </summary>
/// <remarks>
/// It learns at every step of the training data, from the values themselves; labels are not looked at. Where a cell that learns by
/// gradients is named and there are no more series than a batch holds (<see cref="TrainingOptions.Batch"/>), long ones are learned in
/// pieces that overlap by half, of 96 steps or four horizons, since they would be a single update of the weights an epoch; with
/// <see cref="TrainingOptions.Truncate"/> they are not.
/// </remarks>
public sealed class SequenceForecaster : SequenceEstimator
{
    /// <summary>A forecaster yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceForecaster(TrainingOptions? options = null)
        : base(options, SequenceTask.Forecast)
    {
    }

    internal SequenceForecaster(FittedModel fitted, LoadOptions? load = null)
        : this(OptionsOf(fitted, load)) => Adopt(fitted);

    /// <summary>The number of steps ahead that it forecasts.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int Horizon => Fitted.Model.Spec.Horizon;

    /// <summary>The number of channels it forecasts: all but those that are known in advance, which are the last.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int ForecastChannels => Fitted.OwnChannels;

    /// <summary>The calendar features that it uses: then data need dates.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public CalendarCycles Calendar => Fitted.Origin.Covariates.Calendar;

    /// <summary>
    /// The usual time between two steps of the training data (<see cref="SequenceTimes.Interval"/>): other data should have the same, since
    /// the forecaster counts steps. <see langword="null"/> if they had no dates, or steps of different length, or the file is older.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public TimeSpan? Interval => Fitted.Origin.Interval?.Usual;

    /// <summary>The longest time between two steps of the training data, such as that over a weekend of working days;
    /// <see langword="null"/> where <see cref="Interval"/> is.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public TimeSpan? LongestInterval => Fitted.Origin.Interval?.Longest;

    /// <summary>
    /// How many steps before the last one the earliest value is that a forecast is made of, where it is made of values at fixed distances:
    /// a naive forecast, or a linear autoregression; of an average the largest of its members. Where a sequence does not go back so far,
    /// the training mean stands in. 0 for models that keep a state instead.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int LongestLag => Fitted.LongestLag;

    /// <summary>
    /// Of each sequence the step that is forecast first: the one behind its last, or where channels are known in advance behind the last in
    /// which another has a value. Channels are found by their names.
    /// </summary>
    /// <param name="data">The sequences.</param>
    /// <exception cref="ArgumentException">A channel of the forecaster is missing, or the data have one that it does not know.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int[] FirstStepsAhead(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. Fitted.Origin.GivenInOrder(data, nameof(data)).Select(Fitted.Origin.Covariates.StepsOf)];
    }

    /// <summary>The steps that follow each sequence.</summary>
    /// <param name="data">The sequences.</param>
    /// <returns><c>[sequences, horizon, channels]</c>, of the channels that are forecast, less
    /// <see cref="SequenceEstimator.Offsets"/>.</returns>
    /// <exception cref="ArgumentException">They have another number of channels than the forecaster, a value that is infinite, too large
    /// to compute with, or missing where that is refused; or no dates, or not all that is to be known in advance.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public Tensor<float> Predict(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Fitted.Origin.Covariates.CheckFuture(Fitted.Origin.GivenInOrder(data, nameof(data)), nameof(data));
        return AnswersTogether(data, Horizon, ForecastChannels);
    }

    /// <summary>The levels of the quantiles that it gives; empty where none could be measured (<see cref="ForecastOptions.Quantiles"/>).
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public QuantileLevels Quantiles => Fitted.Bands.Levels;

    /// <summary>
    /// How many errors the quantiles of a step ahead come from, the fewest of all steps ahead and channels. With fewer than
    /// <see cref="QuantileLevels.LeastCases"/>, those of the steps ahead that are nearest to it stand in. <see langword="null"/> where
    /// there are no quantiles, or the file is older.
    /// </summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int? QuantileCases => Fitted.Bands.Cases;

    /// <summary>
    /// Quantiles of what comes, around a forecast: its errors on cases that were not learned from, for each step ahead and channel by
    /// itself. They never cross.
    /// </summary>
    /// <param name="forecast">What <see cref="Predict(SequenceDataset)"/> or <see cref="SequenceSession.Answer"/> gives,
    /// <c>[horizon, channels]</c>.</param>
    /// <returns>The quantiles, <c>[levels, horizon, channels]</c>.</returns>
    /// <exception cref="ArgumentException">It has another length.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public float[] QuantilesAround(ReadOnlySpan<float> forecast)
    {
        int width = Horizon * ForecastChannels;
        if (forecast.Length != width)
            throw new ArgumentException($"A forecast of this model has {width} numbers, not {forecast.Length}.", nameof(forecast));
        float[] quantiles = new float[Quantiles.Count * width];
        Fitted.Bands.Around(forecast, quantiles);
        return quantiles;
    }

    /// <summary>The steps that follow one sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>The values step after step, <c>[horizon, channels]</c>, as <see cref="SequenceSession.Answer"/> has them.</returns>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence)
    {
        Tensor<float> answer = Predict(Alone(sequence));
        float[] numbers = new float[answer.FlattenedLength];
        answer.FlattenTo(numbers);
        return numbers;
    }

    /// <summary>
    /// Learns from more data what a forecaster did that was tested on some of them: the same models without choosing again, with its
    /// quantiles. So the latest values are learned from as well, after they have told how good such a forecaster is.
    /// </summary>
    /// <param name="tested">A fitted forecaster, which does not change.</param>
    /// <param name="data">All data: those that <paramref name="tested"/> was trained on and those it was tested on.</param>
    /// <param name="validation">The validation data that <paramref name="tested"/> had, if any.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops training early; what was learned until then is kept and usable.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="ArgumentException">The data can't be learned from; the message says why, and where.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="InvalidOperationException"><paramref name="tested"/> is not fitted, or the model learns already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step:
    /// nothing was learned, and what was known is kept.</exception>
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

    /// <summary>Compares what the forecaster says at every step with what comes, on data it has not learned from.</summary>
    /// <param name="data">The sequences.</param>
    /// <exception cref="ArgumentException">No sequence has two steps, or the sequences don't fit the forecaster.</exception>
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
    /// <param name="options">What the file can't say: activations of your own that it names, the number of threads.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceForecaster Load(string path, LoadOptions? options = null) => Load(ModelSource.Of(path), options);

    /// <summary>The same from a stream, from where it stands to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">What the model can't say itself, as from a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceForecaster Load(Stream stream, LoadOptions? options = null) => Load(ModelSource.Of(stream), options);

    /// <summary>The same from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">What the model can't say itself, as from a file.</param>
    /// <inheritdoc cref="Load(string, LoadOptions)" path="/exception"/>
    public static SequenceForecaster Load(ReadOnlySpan<byte> bytes, LoadOptions? options = null) => Load(ModelSource.Of(bytes), options);

    private static SequenceForecaster Load(ModelSource source, LoadOptions? options) =>
        new(Read(source, options, SequenceTask.Forecast), options);

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Forecast;
}
