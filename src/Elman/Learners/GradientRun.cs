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
    private readonly GoodState _good;
    private int _stepsSinceSave;

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
        _good = new GoodState(State);
        _good.Keep();
    }

    /// <summary>The state of the run.</summary>
    public TrainingState State { get; }

    /// <summary>The weights after the last step, if the model has those of an earlier epoch.</summary>
    public float[]? LastWeights { get; private set; }

    /// <summary>Trains until the last epoch, until validation has not improved for long enough, or until the token is cancelled.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <remarks>If training diverges, it goes back to the last good weights once, with a third of the learning rate.</remarks>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was trained.</exception>
    /// <exception cref="CheckpointException">The checkpoint has a state that does not fit, or can't be written.</exception>
    public TrainingSummary Run(CancellationToken cancellationToken)
    {
        Resume();
        bool completed = true;
        while (State.Epoch < _options.Epochs && HasPatience && completed)
        {
            try
            {
                completed = !cancellationToken.IsCancellationRequested && RunEpoch(cancellationToken);
            }
            catch (TrainingDivergedException) when (State.DivergedEpoch == 0)
            {
                GoBack();
            }
        }

        if (!_report.Started)
            throw new OperationCanceledException("Training was cancelled before its first step.", cancellationToken);
        if (!completed && State.DivergedEpoch == 0 && State.Epoch > 0 && !IsFinite)
            GoBack();
        if (!completed)
            SaveState();
        if (!completed && State is { DivergedEpoch: 1, Epoch: 0, Seen: 0 })
            throw new OperationCanceledException("Training was cancelled before it had usable weights.", cancellationToken);
        AssignUnknownVectors();
        CheckWeights(State.Epoch + 1);
        if (State.Best.Epoch > 0 && (State.Best.Epoch < State.Epoch || State.Seen > 0))
            LastWeights = _model.Values.Buffer.Span.ToArray();
        State.Best.Restore();
        _model.Pack(forTraining: false);
        return Summarise(cancelled: !completed);
    }

    /// <summary>Whether validation has improved recently enough for another epoch.</summary>
    private bool HasPatience => _set.Validation is null || _options.Patience == 0 || State.Epoch - State.Best.Epoch < _options.Patience;

    private bool IsFinite => TensorPrimitives.IsFiniteAll<float>(_model.Values.Buffer.Span);

    /// <summary>Continues from the state of an interrupted run, if there is one.</summary>
    private void Resume()
    {
        if (_set.Checkpoint?.State is not { } saved)
            return;
        TimeSpan elapsed;
        double rate;
        try
        {
            (elapsed, rate) = TrainingStateFile.Read(saved, State, _good, _options.Epochs);
        }
        catch (FormatException e)
        {
            throw _set.Checkpoint.DoesNotFit(e);
        }
        _report.Continue(elapsed, ((long)State.Epoch * _set.Data.Count) + State.Seen, rate);
        _report.DivergedEpoch = State.DivergedEpoch;
    }

    /// <summary>Saves the state, unless its weights overflow: then the next batch goes back to the last good ones.</summary>
    private void SaveState()
    {
        _stepsSinceSave = 0;
        if (_set.Checkpoint is { } checkpoint && IsFinite)
            checkpoint.SaveState(TrainingStateFile.Write(State, _good, _report.Elapsed, _report.Rate));
    }

    /// <summary>Goes back to the last good weights, with a smaller learning rate.</summary>
    private void GoBack()
    {
        _report.DivergedEpoch = State.DivergedEpoch = State.Epoch + 1;
        _good.Restore();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _batch.Dispose();
        _step.Dispose();
        _good.Dispose();
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
        int first = (State.Seen + _options.Batch - 1) / _options.Batch;
        for (int step = first; step < _stepsPerEpoch; step++)
        {
            ReadOnlySpan<int> indices = State.Order.AsSpan(State.Seen, Math.Min(_options.Batch, _set.Data.Count - State.Seen));
            _batch.Fill(_set.Data, indices, _preprocessing, _dropout, _dropout is null ? 0 : State.NoiseRandom.NextUInt64());
            _objective.Prepare(_batch, _set.Data, indices);
            double rate = Schedule.RateAt(_options.Schedule, _options.ResolvedLearningRate, ((epoch - 1L) * _stepsPerEpoch) + step,
                (long)_options.Epochs * _stepsPerEpoch) * State.RateFactor;
            LossResult result = _step.Run(_batch, rate);
            if (!double.IsFinite(result.Loss))
                throw Diverged($"The loss became {FormattableString.Invariant($"{result.Loss}")} in epoch {epoch}, batch {step + 1} of "
                    + $"{_stepsPerEpoch}", epoch);
            State.Add(result, indices.Length);
            _report.Step(State.Seen, State.Sums.Result(epoch, _objective.HasRightAnswers), rate);
            if (_set.Checkpoint?.IsDue(++_stepsSinceSave) == true)
                SaveState();
            // Not before the first step: a state in which nothing is seen begins its epoch anew, in another order.
            if (cancellationToken.IsCancellationRequested)
                break;
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
        State.EndEpoch(figures with { LearningRate = _report.Rate, Elapsed = _report.Elapsed });
        if (figures.ValidationLoss is double validation)
            State.Best.Keep(State.Epoch, validation);
        if (State.DivergedEpoch == 0)
            _good.Keep();
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
        if (!IsFinite)
            throw Diverged($"A weight became infinite or NaN in epoch {epoch}", epoch);
    }

    private TrainingDivergedException Diverged(string what, int epoch)
    {
        string clip = double.IsFinite(_options.Clip) ? "" : " or a limit on the gradient (Clip at 1, in the tool --clip 1)";
        string again = State.DivergedEpoch > 0
            ? FormattableString.Invariant($" again, although it had gone on from the weights before epoch {State.DivergedEpoch} with a ")
                + "third of the learning rate"
            : "";
        return new(FormattableString.Invariant($"{what}: training diverged{again}. ")
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
            DivergedEpoch = State.DivergedEpoch > 0 ? State.DivergedEpoch : null,
            Cancelled = cancelled,
        };
    }
}
