using Elman.Training;

namespace Elman;

/// <summary>
/// Learns how sequences go on and foretells the next steps of others: all channels, <see cref="TrainingOptions.Horizon"/> steps ahead.
/// </summary>
/// <remarks>It learns at every step of the training data, from the values themselves; labels are not looked at.</remarks>
public sealed class SequenceForecaster : SequenceEstimator
{
    /// <summary>A forecaster yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceForecaster(TrainingOptions? options = null)
        : base(options, SequenceTask.Forecast)
    {
    }

    internal SequenceForecaster(Learned learned)
        : this(OptionsOf(learned)) => Adopt(learned);

    /// <summary>How many steps ahead it looks.</summary>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public int Horizon => Known.Model.Spec.Horizon;

    /// <summary>The steps that follow each sequence.</summary>
    /// <param name="data">The sequences.</param>
    /// <returns>For each the values step after step, <c>[horizon, channels]</c>.</returns>
    /// <exception cref="ArgumentException">They have another number of channels than the forecaster, or a value that is infinite, too large
    /// to compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public float[][] Predict(SequenceDataset data)
    {
        int width = Horizon * Channels;
        return [.. Answers(data).Select(outputs => outputs[^width..])];
    }

    /// <summary>The steps that follow one sequence, <c>[horizon, channels]</c>.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <inheritdoc cref="Predict(SequenceDataset)" path="/exception"/>
    public float[] Predict(Sequence sequence) => Predict(Alone(sequence))[0];

    /// <summary>Compares what the forecaster says at every step with what comes, on data it has not learned from.</summary>
    /// <param name="data">The sequences.</param>
    /// <exception cref="ArgumentException">No sequence has two steps, or the sequences don't fit the forecaster.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public ForecastEvaluation Evaluate(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        data = AlignLabels(data);
        return ForecastEvaluation.From(data, Horizon, Answers(data));
    }

    /// <summary>Reads a forecaster that <see cref="SequenceEstimator.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the forecaster was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SequenceForecaster Load(string path, Activation? customActivation = null) =>
        new(Read(path, customActivation, SequenceTask.Forecast));

    private protected override SequenceTask TaskOf(SequenceDataset data) => SequenceTask.Forecast;
}
