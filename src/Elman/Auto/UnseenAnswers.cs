using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// Held-out predictions of models for training cases: probabilities, or numbers in the units of the data.
/// </summary>
internal sealed class UnseenAnswers
{
    private readonly Dictionary<AnswerKey, (double[] Sum, int Count)> _sums = [];

    /// <summary>The cases that have a prediction.</summary>
    public IEnumerable<AnswerKey> Keys => _sums.Keys;

    /// <summary>The mean prediction for a case.</summary>
    public double[] this[AnswerKey key] => _sums[key] is var (sum, count) && count == 1 ? sum : [.. sum.Select(value => value / count)];

    /// <summary>Adds a model's prediction for a case; several predictions are averaged.</summary>
    public void Add(AnswerKey key, ReadOnlySpan<float> answer)
    {
        (double[] sum, int count) = _sums.TryGetValue(key, out (double[] Sum, int Count) known) ? known : (new double[answer.Length], 0);
        for (int i = 0; i < answer.Length; i++)
            sum[i] += answer[i];
        _sums[key] = (sum, count + 1);
    }
}
