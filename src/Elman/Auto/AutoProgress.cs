using System.Diagnostics;

namespace Elman.Auto;

/// <summary>Reports the progress of the automatic choice: the current candidate, and the completed share of the planned work.</summary>
internal sealed class AutoProgress(
    IProgress<TrainingProgress>? progress, IReadOnlyList<PlannedCandidate> plan, int sequences, TimeSpan before)
    : IProgress<TrainingProgress>
{
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly double _all = plan.Sum(candidate => candidate.Seconds);
    private int _index;
    private double _done;

    /// <summary>The time since the start; of a resumed training, without the time between.</summary>
    private TimeSpan Elapsed => before + _watch.Elapsed;

    /// <summary>Reports the progress of a candidate trained by gradients.</summary>
    public void Report(TrainingProgress value) => Tell(value, Math.Min(value.Fraction, 1));

    /// <summary>Reports that a candidate was fitted.</summary>
    public void Next()
    {
        _done += plan[_index].Seconds;
        Tell(null, 0);
        _index++;
    }

    private void Tell(TrainingProgress? of, double part)
    {
        if (progress is null)
            return;
        double fraction = Math.Clamp((_done + (part * plan[_index].Seconds / plan[_index].Runs)) / _all, 1e-6, 1);
        progress.Report(new TrainingProgress
        {
            Candidate = plan[_index].Candidate.Name,
            Epoch = _index + 1,
            Epochs = plan.Count,
            EpochEnded = of is null,
            Fraction = fraction,
            Loss = of?.Loss ?? double.NaN,
            Accuracy = of?.Accuracy,
            LearningRate = of?.LearningRate ?? 0,
            SequencesPerSecond = sequences / Math.Max(Elapsed.TotalSeconds, 1e-9),
            DivergedEpoch = of?.DivergedEpoch,
            Elapsed = Elapsed,
            Remaining = Elapsed * ((1 - fraction) / fraction),
        });
    }
}
