using Elman.Losses;

namespace Elman.Learners;

/// <summary>The running figures of an epoch, batch by batch.</summary>
internal struct EpochSums
{
    private double _loss, _weight;
    private long _correct, _judged;

    /// <summary>The mean loss so far.</summary>
    public readonly double Loss => _loss / _weight;

    /// <summary>The sums themselves: loss times weight, weight, correct and judged cases.</summary>
    public (double Loss, double Weight, long Correct, long Judged) Sums
    {
        readonly get => (_loss, _weight, _correct, _judged);
        set => (_loss, _weight, _correct, _judged) = value;
    }

    /// <summary>Adds a batch.</summary>
    public void Add(LossResult batch)
    {
        _loss += batch.Loss * batch.Weight;
        _weight += batch.Weight;
        _correct += batch.Correct;
        _judged += batch.Count;
    }

    /// <summary>Returns the figures so far.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="hasRightAnswers">Whether predictions can be counted as correct.</param>
    public readonly EpochResult Result(int epoch, bool hasRightAnswers) =>
        new(epoch, Loss, hasRightAnswers ? (double)_correct / _judged : null);
}
