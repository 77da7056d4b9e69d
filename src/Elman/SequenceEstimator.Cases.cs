using Elman.Fitted;
using Elman.Training.Tasks;

namespace Elman;

/// <content>Predictions for labelled data, case by case.</content>
public abstract partial class SequenceEstimator
{
    /// <summary>Whether the predictions for data are few enough to be kept by <see cref="EvaluateCases(SequenceDataset)"/>: at most 200
    /// million probabilities or numbers.</summary>
    /// <param name="data">The data.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public bool CanKeepCases(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return CaseCollection.IsFor(data, Fitted.Task.Kind, Fitted.Model.Spec.OutputSize);
    }

    /// <summary>
    /// Predicts labelled data that the model was not trained on, and keeps the predictions: for figures with confidence intervals
    /// (<see cref="CaseAnswers.Intervals"/>) and comparisons with other methods (<see cref="BaselineResult.Cases"/>).
    /// </summary>
    /// <param name="data">Data as for <c>Evaluate</c>.</param>
    /// <returns><see cref="ClassAnswers"/> of a classifier or tagger, <see cref="LabelAnswers"/> of a multi-label classifier,
    /// <see cref="NumberAnswers"/> of a regressor or forecaster.</returns>
    /// <exception cref="ArgumentException">The data can't be evaluated, as for <c>Evaluate</c>; or there are more than 200 million
    /// probabilities or forecasts, which would have to be stored.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public CaseAnswers EvaluateCases(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FittedModel known = Fitted;
        data = AlignLabels(known, data);
        if (!CaseCollection.IsFor(data, known.Task.Kind, known.Model.Spec.OutputSize))
            throw new ArgumentException($"'{data.Name}' has more cases than can be kept with their predictions; use Evaluate, or a part of "
                + "the data.", nameof(data));
        return CaseCollection.Of(known.Task.Kind, known.Names, data, known.Model.Spec.Horizon, AnswersOneByOne(known, data));
    }

    /// <summary>The predictions for data.</summary>
    internal float[][] AnswersTo(SequenceDataset data) => Answers(data);

    /// <summary>Collects given predictions for labelled data.</summary>
    internal CaseAnswers CasesOf(SequenceDataset data, IEnumerable<float[]> answers)
    {
        FittedModel known = Fitted;
        return CaseCollection.Of(known.Task.Kind, known.Names, AlignLabels(known, data), known.Model.Spec.Horizon, answers);
    }
}
