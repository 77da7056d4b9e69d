using Elman.Models;
using Elman.Persistence;
using Elman.Training;

namespace Elman;

/// <summary>Learns how sequences go on and foretells the next steps of others: all channels, <see cref="TrainingOptions.Horizon"/> steps ahead.</summary>
/// <remarks>It learns at every step of the training data, from the values themselves; labels are not looked at.</remarks>
public sealed class SequenceForecaster : SequenceEstimator
{
    /// <summary>A forecaster yet to be fitted.</summary>
    /// <param name="options">What is chosen rather than learned; by default every default.</param>
    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    public SequenceForecaster(TrainingOptions? options = null)
        : base(options, ModelTask.Forecast)
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
    /// <exception cref="ArgumentException">They have another number of channels than the forecaster, or a value that is infinite, too large to compute with, or missing where that is refused.</exception>
    /// <exception cref="InvalidOperationException">The forecaster is not fitted.</exception>
    public float[][] Predict(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        int width = Horizon * Channels;
        return [.. EveryStep(data).Select(outputs => outputs[^width..])];
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
        data = Align(data, Known.Model.Spec.Task, Channels, [], nameof(data));
        return ForecastEvaluation.From(data, Horizon, EveryStep(data));
    }

    /// <summary>Reads a forecaster that <see cref="SequenceEstimator.Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the forecaster was made with one of your own.</param>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file; the message names what is wrong.</exception>
    public static SequenceForecaster Load(string path, Activation? customActivation = null) => new(Read(path, customActivation, ModelFile.ForecasterKind));

    private protected override ModelTask TaskFor(SequenceDataset data) => ModelTask.Forecast;

    private protected override void CheckTraining(SequenceDataset data, string parameter)
    {
        data = Align(data, ModelTask.Forecast, data.Channels, [], parameter);
        if (Options.Horizon >= data.MaxSteps)
            throw new ArgumentException($"Horizon is {Options.Horizon}, but the longest sequence of '{data.Name}' has {data.MaxSteps} steps, so at most {data.MaxSteps - 1} ahead can be learned.", parameter);
    }

    private protected override SequenceDataset Align(SequenceDataset data, ModelTask task, int channels, IReadOnlyList<string> names, string parameter)
    {
        if (data.MaxSteps < 2)
            throw new ArgumentException($"'{data.Name}' holds {(data.Count == 0 ? "no sequence" : "only single steps")}; a forecast needs sequences of at least two steps.", parameter);
        TrainingData.CheckValues(data, channels, Options.Missing, parameter);
        TrainingData.CheckForetold(data, Options.Horizon, Options.Missing, parameter);
        return data;
    }

    private protected override IReadOnlyList<string> NamesOf(SequenceDataset data) => [];

    private protected override int OutputSizeOf(SequenceDataset data) => Options.Horizon * data.Channels;

    private protected override Objective<float> CreateObjective(Learned learned, SequenceDataset data) =>
        new ForecastObjective<float>(LossOf(learned, []), learned.Model.Spec.Horizon, learned.Preprocessing.Standardization);

    /// <summary>What is foretold at every step of each sequence, <c>[steps, horizon, channels]</c>, in the units of the data.</summary>
    private float[][] EveryStep(SequenceDataset data)
    {
        float[][] outputs = Outputs(data, nameof(data));
        foreach (float[] steps in outputs)
            Known.Express(steps);
        return outputs;
    }
}
