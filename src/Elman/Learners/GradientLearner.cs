using Elman.Fitted;
using Elman.Training;

namespace Elman.Learners;

/// <summary>Trains by gradients, epoch by epoch: a loop over <see cref="TrainStep{T}"/>.</summary>
internal sealed class GradientLearner(TrainingOptions options) : ILearner
{
    private FurtherTraining? _further;

    /// <inheritdoc/>
    public FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        FittedModel start = data.Begin(options, cancellationToken);
        using var run = new GradientRun(start, options, data, progress);
        TrainingSummary summary = run.Run(cancellationToken);
        double temperature = data.Validation is { } held && options.Calibrate ? TemperatureScale.Of(start, held, options) : 1;
        return start with
        {
            Members = [start.Members[0] with { Temperature = temperature }],
            Summary = summary,
            History = [.. run.State.History],
            LastWeights = run.LastWeights,
        };
    }

    /// <inheritdoc/>
    /// <remarks>The optimizer's moments are kept from call to call; the learning rate stays at its initial value.</remarks>
    public double Continue(FittedModel known, SequenceDataset data)
    {
        _further ??= new FurtherTraining(known, options);
        return _further.Run(data);
    }

    /// <inheritdoc/>
    public void Dispose() => _further?.Dispose();
}
