using Microsoft.Extensions.Logging;

namespace Elman.Logging;

/// <summary>
/// Sends the progress of training to an <see cref="ILogger"/>: every epoch with level Information, steps at a limited rate with level
/// Debug, a divergence with level Warning.
/// </summary>
/// <remarks>
/// <para>
/// Pass it to <c>Fit</c> or <c>FitAsync</c> as <c>progress</c>, or to <c>FitWithCallback</c>. It never ends training. It is for one
/// training at a time; the next training may use it again.
/// </para>
/// <para>
/// The ids of the entries are in <see cref="TrainingEvents"/>. Fields of an epoch: <c>Epoch</c>, <c>Epochs</c>, <c>Loss</c>,
/// <c>Accuracy</c>, <c>ValidationLoss</c>, <c>ValidationAccuracy</c>, <c>LearningRate</c>, <c>ElapsedSeconds</c>,
/// <c>SequencesPerSecond</c>; of a step also <c>Fraction</c>, the completed share of the planned work. With the automatic choice
/// (<see cref="TrainingOptions.Auto"/>), <c>Candidate</c>, <c>Number</c> and <c>Candidates</c> replace Epoch and Epochs. Shares are
/// numbers from 0 to 1. A figure that does not exist, or is not finite, has no field.
/// </para>
/// <para>
/// A training that fails throws an exception, such as <see cref="TrainingDivergedException"/>; the caller logs it.
/// </para>
/// </remarks>
public sealed class TrainingLogger : ITrainingCallback, IProgress<TrainingProgress>
{
    private readonly ILogger _logger;
    private TimeSpan _last;
    private TimeSpan _nextStep;
    private int? _divergedEpoch;

    /// <summary>Creates a logger of training.</summary>
    /// <param name="logger">Receives the entries.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public TrainingLogger(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <summary>
    /// The least time of training between two entries of steps; zero for every step that is reported. Default one second. An
    /// <see cref="IProgress{T}"/> gets about ten reports a second, a callback every step.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan StepInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero, nameof(StepInterval));
            field = value;
        }
    } = TimeSpan.FromSeconds(1);

    /// <summary>Returns a receiver of warnings in words, such as for <see cref="CheckpointOptions.Warnings"/>.</summary>
    /// <param name="logger">Receives each warning as an entry of level Warning with the field <c>Warning</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="logger"/> is null.</exception>
    public static IProgress<string> ForWarnings(ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(logger);
        return new WarningLog(logger);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="progress"/> is null.</exception>
    public bool AfterStep(TrainingProgress progress)
    {
        Report(progress);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="progress"/> is null.</exception>
    public bool AfterEpoch(TrainingProgress progress)
    {
        Report(progress);
        return true;
    }

    /// <summary>Logs a report of progress.</summary>
    /// <param name="value">The report.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (value.Elapsed < _last)
            (_nextStep, _divergedEpoch) = (TimeSpan.Zero, null); // another training began
        _last = value.Elapsed;
        if (value.DivergedEpoch is { } diverged && diverged != _divergedEpoch)
            Messages.Diverged(_logger, diverged, value.LearningRate);
        _divergedEpoch = value.DivergedEpoch;
        if (value.EpochEnded)
            LogEpoch(value);
        else if (value.Elapsed >= _nextStep)
            LogStep(value);
    }

    /// <summary>Logs the summary of a training, with level Information.</summary>
    /// <param name="summary">The summary, as <c>Fit</c> returns it. Fields: <c>Epochs</c>, <c>BestEpoch</c>, <c>Loss</c>,
    /// <c>ValidationLoss</c>, <c>ValidationAccuracy</c>, <c>HeldOutLoss</c> and <c>HeldOutAccuracy</c> (of the automatic choice),
    /// <c>ElapsedSeconds</c>, <c>Cancelled</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="summary"/> is null.</exception>
    public void Ended(TrainingSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        if (!_logger.IsEnabled(LogLevel.Information))
            return;
        new LogEntry(summary.Cancelled ? "Training was cancelled after {Epochs} epochs" : "Training ended after {Epochs} epochs")
            .Add("Epochs", summary.Epochs)
            .Add("Cancelled", summary.Cancelled)
            .Add("BestEpoch", summary.BestEpoch, $"best epoch {summary.BestEpoch}")
            .AddNumber("Loss", "loss", summary.TrainLoss)
            .AddNumber("ValidationLoss", "validation loss", summary.ValidationLoss)
            .AddShare("ValidationAccuracy", "validation accuracy", summary.ValidationAccuracy)
            .AddNumber("HeldOutLoss", "held-out loss", summary.LeftOut?.Loss)
            .AddShare("HeldOutAccuracy", "held-out accuracy", summary.LeftOut?.Accuracy)
            .AddSeconds("ElapsedSeconds", summary.Seconds)
            .Write(_logger, LogLevel.Information, TrainingEvents.TrainingEnded, nameof(TrainingEvents.TrainingEnded));
    }

    private void LogEpoch(TrainingProgress value)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
            return;
        if (value.Candidate is not null)
            AddFigures(Candidate("Candidate {Number} of {Candidates}, {Candidate}, ended", value), value)
                .Write(_logger, LogLevel.Information, TrainingEvents.CandidateEnded, nameof(TrainingEvents.CandidateEnded));
        else
            AddFigures(Epoch("Epoch {Epoch} of {Epochs}", value), value)
                .Write(_logger, LogLevel.Information, TrainingEvents.EpochEnded, nameof(TrainingEvents.EpochEnded));
    }

    private void LogStep(TrainingProgress value)
    {
        if (!_logger.IsEnabled(LogLevel.Debug))
            return;
        _nextStep = value.Elapsed + StepInterval;
        bool isCandidate = value.Candidate is not null;
        LogEntry entry = isCandidate
            ? Candidate("Step of candidate {Number} of {Candidates}, {Candidate}", value)
            : Epoch("Step in epoch {Epoch} of {Epochs}", value);
        AddFigures(entry.AddShare("Fraction", "done", value.Fraction), value).Write(_logger, LogLevel.Debug,
            isCandidate ? TrainingEvents.CandidateStep : TrainingEvents.Step,
            isCandidate ? nameof(TrainingEvents.CandidateStep) : nameof(TrainingEvents.Step));
    }

    private static LogEntry Epoch(string template, TrainingProgress value) =>
        new LogEntry(template).Add("Epoch", value.Epoch).Add("Epochs", value.Epochs);

    private static LogEntry Candidate(string template, TrainingProgress value) =>
        new LogEntry(template).Add("Number", value.Epoch).Add("Candidates", value.Epochs).Add("Candidate", value.Candidate!);

    private static LogEntry AddFigures(LogEntry entry, TrainingProgress value) => entry
        .AddNumber("Loss", "loss", value.Loss)
        .AddShare("Accuracy", "accuracy", value.Accuracy)
        .AddNumber("ValidationLoss", "validation loss", value.ValidationLoss)
        .AddShare("ValidationAccuracy", "validation accuracy", value.ValidationAccuracy)
        .AddNumber("LearningRate", "learning rate", value.LearningRate > 0 ? value.LearningRate : null)
        .AddSeconds("ElapsedSeconds", value.Elapsed.TotalSeconds)
        .Add("SequencesPerSecond", value.SequencesPerSecond);

    private sealed class WarningLog(ILogger logger) : IProgress<string>
    {
        public void Report(string value) => Messages.Warning(logger, value);
    }
}
