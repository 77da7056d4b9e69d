namespace Elman;

/// <summary>The result of a <see cref="CrossValidation"/>.</summary>
/// <param name="Folds">The folds, one repeat after the other.</param>
/// <param name="Cases">For each repeat the predictions for all data, each by the model that was not trained on its sequence.</param>
public sealed record CrossValidationResult(IReadOnlyList<CrossValidationFold> Folds, IReadOnlyList<CaseAnswers> Cases)
{
    /// <summary>The mean of the scores of the folds.</summary>
    public double Mean => Folds.Average(fold => fold.Score);

    /// <summary>
    /// The standard deviation of the scores of the folds. It is the spread between folds, not the standard error of the mean: the models of
    /// different folds share most of their training data.
    /// </summary>
    public double Deviation => Folds.Count < 2
        ? double.NaN
        : Math.Sqrt(Folds.Sum(fold => (fold.Score - Mean) * (fold.Score - Mean)) / (Folds.Count - 1));
}

/// <summary>A fold of a <see cref="CrossValidation"/>.</summary>
/// <param name="Repeat">The repeat, from 0.</param>
/// <param name="Fold">The fold, from 0.</param>
/// <param name="Sequences">The indices of its sequences in the data.</param>
/// <param name="Score">The figure of the predictions for it: accuracy, share of sequences with all classes right, or root mean squared
/// error, with several targets in standard deviations of each in all the data.</param>
/// <param name="Summary">The summary of the training on the other folds.</param>
public sealed record CrossValidationFold(int Repeat, int Fold, IReadOnlyList<int> Sequences, double Score, TrainingSummary Summary);
