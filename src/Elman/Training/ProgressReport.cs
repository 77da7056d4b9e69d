using System.Diagnostics;

namespace Elman.Training;

/// <summary>
/// Reports <see cref="TrainingProgress"/> at a limited rate.
/// </summary>
internal sealed class ProgressReport(IProgress<TrainingProgress>? progress, int epochs, int sequences)
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(100);

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _next = _interval;
    private long _seen;
    private double _rate;
    private TimeSpan _before;

    /// <summary>Whether a step was taken.</summary>
    public bool Started => _seen > 0;

    /// <summary>The time since the start; of a resumed training, without the time between.</summary>
    public TimeSpan Elapsed => _watch.Elapsed + _before;

    /// <summary>The learning rate of the last step.</summary>
    public double Rate => _rate;

    /// <summary>The epoch in which training went back to earlier weights; 0 if it did not.</summary>
    public int DivergedEpoch { get; set; }

    /// <summary>Continues the report of an earlier process.</summary>
    /// <param name="elapsed">The time that it took.</param>
    /// <param name="seen">The number of sequences that it has trained on.</param>
    /// <param name="rate">The learning rate of its last step.</param>
    public void Continue(TimeSpan elapsed, long seen, double rate) =>
        (_before, _seen, _next, _rate) = (elapsed, seen, elapsed + _interval, rate);

    /// <summary>The number of training sequences per second since the start.</summary>
    public double SequencesPerSecond => _seen / Math.Max(1e-9, Elapsed.TotalSeconds);

    /// <summary>Reports the end of a step.</summary>
    /// <param name="seen">The number of sequences of its epoch so far.</param>
    /// <param name="soFar">The figures of that epoch so far.</param>
    /// <param name="rate">The learning rate of the step.</param>
    public void Step(int seen, EpochResult soFar, double rate)
    {
        _seen = ((soFar.Epoch - 1L) * sequences) + seen;
        _rate = rate;
        if (progress is CallbackReport callback)
        {
            callback.Step(Create(soFar, ended: false));
            return;
        }
        if (progress is null || seen == sequences || Elapsed < _next)
            return;
        _next = Elapsed + _interval;
        progress.Report(Create(soFar, ended: false));
    }

    /// <summary>Reports the end of an epoch.</summary>
    public void Epoch(EpochResult result) => progress?.Report(Create(result, ended: true));

    private TrainingProgress Create(EpochResult result, bool ended)
    {
        double fraction = (double)_seen / ((long)epochs * sequences);
        return new TrainingProgress
        {
            Epoch = result.Epoch,
            Epochs = epochs,
            EpochEnded = ended,
            Fraction = fraction,
            Loss = result.Loss,
            Accuracy = result.Accuracy,
            ValidationLoss = result.ValidationLoss,
            ValidationAccuracy = result.ValidationAccuracy,
            LearningRate = _rate,
            DivergedEpoch = DivergedEpoch > 0 ? DivergedEpoch : null,
            SequencesPerSecond = SequencesPerSecond,
            Elapsed = Elapsed,
            Remaining = Elapsed * ((1 - fraction) / fraction),
        };
    }
}
