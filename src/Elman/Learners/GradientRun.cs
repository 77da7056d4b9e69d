using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Objectives;

namespace Elman.Learners;

/// <summary>One training run by gradients, from its current state to its end.</summary>
internal sealed class GradientRun : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly TrainingSet _set;
    private readonly Preprocessing _preprocessing;
    private readonly Objective<float> _objective;
    private readonly SequenceModel<float> _model;
    private readonly Workers _workers;
    private readonly TrainStep<float> _step;
    private readonly SequenceBatch<float> _batch = new();
    private readonly ProgressReport _report;
    private readonly int _stepsPerEpoch;
    private readonly SymbolDropout? _dropout;

    /// <summary>Prepares to train a model whose weights are set.</summary>
    /// <param name="start">The model.</param>
    /// <param name="options">The training options, already checked.</param>
    /// <param name="set">The data, already checked.</param>
    /// <param name="progress">Receives the progress.</param>
    public GradientRun(FittedModel start, TrainingOptions options, TrainingSet set, IProgress<TrainingProgress>? progress)
    {
        _model = start.Model;
        _preprocessing = start.Preprocessing;
        _options = options;
        _set = set;
        _dropout = SymbolDropout.Of(set.Data);
        _objective = set.Task.CreateObjective(start.MeaningOf(start.Members[0]), set.Data, options);
        State = new TrainingState(_model, options, set.Data.Count, set.Random);
        _workers = new Workers(options.ResolvedThreads);
        _step = new TrainStep<float>(_model, State.Optimizer, _workers, options.Clip, _objective, options.DropoutRates, State.NoiseRandom,
            _preprocessing.MostStepsOf(set.Data), options.Bptt);
        _report = new ProgressReport(progress, options.Epochs, set.Data.Count);
        _stepsPerEpoch = (int)((set.Data.Count + (long)options.Batch - 1) / options.Batch);
    }

    /// <summary>The state of the run.</summary>
    public TrainingState State { get; }

    /// <summary>Trains until the last epoch, until validation has not improved for long enough, or until the token is cancelled.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was trained.</exception>
    public TrainingSummary Run(CancellationToken cancellationToken)
    {
        bool completed = true, hasPatience = true;
        while (State.Epoch < _options.Epochs && hasPatience && completed)
        {
            completed = !cancellationToken.IsCancellationRequested && RunEpoch(cancellationToken);
            if (!completed || State.History[^1].ValidationLoss is not double loss)
                continue;
            bool improved = State.Best.Keep(State.Epoch, loss);
            hasPatience = improved || _options.Patience == 0 || State.Epoch - State.Best.Epoch < _options.Patience;
        }

        if (!_report.Started)
            throw new OperationCanceledException("Training was cancelled before its first step.", cancellationToken);
        AssignUnknownVectors();
        CheckWeights(State.Epoch + 1);
        State.Best.Restore();
        _model.Pack(forTraining: false);
        return Summarise(cancelled: !completed);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _step.Dispose();
        State.Dispose();
        _objective.Dispose();
        _workers.Dispose();
    }

    /// <summary>Makes one pass over the data, in random order.</summary>
    /// <returns>Whether the epoch was completed.</returns>
    private bool RunEpoch(CancellationToken cancellationToken)
    {
        int epoch = State.Epoch + 1;
        State.BeginEpoch();
        for (int step = 0; step < _stepsPerEpoch && !cancellationToken.IsCancellationRequested; step++)
        {
            ReadOnlySpan<int> indices = State.Order.AsSpan(State.Seen, Math.Min(_options.Batch, _set.Data.Count - State.Seen));
            _batch.Fill(_set.Data, indices, _preprocessing, _dropout, _dropout is null ? 0 : State.NoiseRandom.NextUInt64());
            _objective.Prepare(_batch, _set.Data, indices);
            double rate = Schedule.RateAt(_options.Schedule, _options.ResolvedLearningRate, ((epoch - 1L) * _stepsPerEpoch) + step,
                (long)_options.Epochs * _stepsPerEpoch);
            LossResult result = _step.Run(_batch, rate);
            if (!double.IsFinite(result.Loss))
                throw Diverged($"The loss became {FormattableString.Invariant($"{result.Loss}")} in epoch {epoch}, batch {step + 1} of "
                    + $"{_stepsPerEpoch}", epoch);
            State.Add(result, indices.Length);
            _report.Step(State.Seen, State.Sums.Result(epoch, _objective.HasRightAnswers), rate);
        }
        if (State.Seen < _set.Data.Count)
            return false;
        AssignUnknownVectors();
        CheckWeights(epoch);
        EpochResult figures = State.Sums.Result(epoch, _objective.HasRightAnswers);
        if (_set.Validation is not null)
        {
            (double loss, double? accuracy) = Validate(_set.Validation);
            figures = figures with { ValidationLoss = loss, ValidationAccuracy = accuracy };
        }
        State.History.Add(figures);
        _report.Epoch(figures);
        return true;
    }

    /// <summary>Assigns the vector of the unknown symbol to symbols that do not occur in training.</summary>
    private void AssignUnknownVectors()
    {
        if (_dropout is not null && _set.Start is null)
            UnseenSymbols.Settle(_model, _dropout);
    }

    private (double Loss, double? Accuracy) Validate(SequenceDataset validation)
    {
        _model.Pack(forTraining: false);
        using var inference = new ModelInference(_model, _preprocessing);
        return inference.Evaluate(validation, _objective, _workers);
    }

    private void CheckWeights(int epoch)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(_model.Values.Buffer.Span))
            throw Diverged($"A weight became infinite or NaN in epoch {epoch}", epoch);
    }

    private TrainingDivergedException Diverged(string what, int epoch)
    {
        string clip = double.IsFinite(_options.Clip) ? "" : " or a limit on the gradient (Clip at 1, in the tool --clip 1)";
        return new(FormattableString.Invariant($"{what}: training diverged. ")
            + FormattableString.Invariant($"Try a smaller learning rate (it is {_options.ResolvedLearningRate}){clip}")
            + FormattableString.Invariant($"{(_preprocessing.Standardization is null ? ", or standardise the data" : "")}."))
        {
            Epoch = epoch,
        };
    }

    private TrainingSummary Summarise(bool cancelled)
    {
        List<EpochResult> history = State.History;
        EpochResult? last = history.Count > 0 ? history[^1] : null;
        EpochResult? best = State.Best.Epoch > 0 ? history[State.Best.Epoch - 1] : last;
        return new TrainingSummary
        {
            Epochs = history.Count,
            BestEpoch = best?.Epoch ?? 0,
            TrainLoss = last?.Loss ?? double.NaN,
            ValidationLoss = best?.ValidationLoss,
            ValidationAccuracy = best?.ValidationAccuracy,
            GuessLoss = _set.Task.GuessLossOf(_set.Data, _options),
            Sequences = _set.Data.Count,
            Seconds = _report.Elapsed.TotalSeconds,
            SequencesPerSecond = _report.SequencesPerSecond,
            Threads = _workers.Count,
            Seed = _options.Seed,
            Cancelled = cancelled,
        };
    }
}
