using Elman.Losses;

namespace Elman.Learners;

/// <summary>The figures of an epoch as they add up, batch by batch.</summary>
internal struct EpochSums
{
    private double _loss, _weight;
    private long _correct, _judged;

    /// <summary>The mean loss so far.</summary>
    public readonly double Loss => _loss / _weight;

    /// <summary>Adds a batch.</summary>
    public void Add(LossResult batch)
    {
        _loss += batch.Loss * batch.Weight;
        _weight += batch.Weight;
        _correct += batch.Correct;
        _judged += batch.Count;
    }

    /// <summary>The figures so far.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <param name="hasRightAnswers">Whether answers are right or wrong, so that they can be counted.</param>
    public readonly EpochResult Result(int epoch, bool hasRightAnswers) =>
        new(epoch, Loss, hasRightAnswers ? (double)_correct / _judged : null);
}
