using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>
/// The cases on which candidates are compared, with their targets: those for which all candidates have held-out predictions.
/// </summary>
internal sealed class JudgedCases
{
    private readonly SequenceTask _task;
    private readonly double[] _units; // the variance of each output over the cases, for numbers

    /// <summary>Finds the cases.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">The training data.</param>
    /// <param name="answers">The predictions of each candidate.</param>
    public JudgedCases(SequenceTask task, SequenceDataset data, IReadOnlyList<UnseenAnswers> answers)
    {
        _task = task;
        IEnumerable<AnswerKey> common = answers.Skip(1).Aggregate(answers[0].Keys, (keys, more) => keys.Intersect(more.Keys));
        (AnswerKey Key, double[] Target)[] known =
            [.. common.OrderBy(key => key.Sequence).ThenBy(key => key.Step)
                .Select(key => (key, TargetOf(data, key, answers))).Where(pair => pair.Item2.Any(double.IsFinite))];
        Keys = [.. known.Select(pair => pair.Key)];
        Target = [.. known.Select(pair => pair.Target)];
        _units = UnitsOf(Target);
    }

    /// <summary>The cases, in the order of the data.</summary>
    public AnswerKey[] Keys { get; }

    /// <summary>The targets in the form of predictions: for a class 1 or 0; NaN if unknown.</summary>
    public double[][] Target { get; }

    /// <summary>Returns the loss of a prediction for a case.</summary>
    public double Loss(int index, ReadOnlySpan<double> answer) => _task.LossOf(answer, Target[index], _units);

    /// <summary>Returns the mean loss of predictions, and their accuracy; for numbers, R², which is 1 − the loss.</summary>
    public (double Loss, double Score) Judge(double[][] answers)
    {
        double loss = 0, right = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            loss += Loss(i, answers[i]);
            right += _task.IsRight(answers[i], Target[i]) ? 1 : 0;
        }
        loss /= answers.Length;
        return (loss, _task.HasClasses ? right / answers.Length : 1 - loss);
    }

    /// <summary>Returns the targets of a case for which all candidates have predictions; in a forecast, some may lack a few of the steps
    /// ahead.</summary>
    private double[] TargetOf(SequenceDataset data, AnswerKey key, IReadOnlyList<UnseenAnswers> answers)
    {
        double[] target = _task.TargetOf(data, key, answers[0][key].Length);
        foreach (UnseenAnswers ofOne in answers)
        {
            double[] answer = ofOne[key];
            for (int o = 0; o < target.Length; o++)
                target[o] = double.IsNaN(answer[o]) ? double.NaN : target[o];
        }
        return target;
    }

    private static double[] UnitsOf(double[][] target)
    {
        double[] units = new double[target.Length == 0 ? 0 : target[0].Length];
        for (int o = 0; o < units.Length; o++)
        {
            double[] known = [.. target.Select(row => row[o]).Where(double.IsFinite)];
            double mean = known.Length == 0 ? 0 : known.Average(),
                variance = known.Length == 0 ? 0 : known.Average(value => (value - mean) * (value - mean));
            units[o] = variance > 0 ? variance : 1;
        }
        return units;
    }
}
