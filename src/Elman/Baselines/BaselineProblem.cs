using Elman.Models;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Baselines;

/// <summary>The task of baselines, and the evaluation of their predictions, which is that of the estimators.</summary>
internal sealed class BaselineProblem
{
    private readonly IReadOnlyList<string> _names;
    private readonly int _channels;
    private readonly int _horizon;
    private readonly ValueOffsets _offsets;

    /// <summary>Scans the training data.</summary>
    /// <exception cref="ArgumentException">The data are not suitable for training.</exception>
    public BaselineProblem(SequenceDataset train, BaselineOptions options, string parameter)
    {
        if (train.Count == 0)
            throw new ArgumentException($"'{train.Name}' holds no sequence.", parameter);
        Task = options.Task ?? TaskOf(train, parameter);
        (_channels, _horizon, _offsets) = (train.Channels, options.Horizon, train.Offsets);
        _names = Task is BaselineTask.Classify or BaselineTask.Tag
            ? train.ClassLabels
            : Task == BaselineTask.Forecast ? [] : train.TargetNames;
        Align(train, parameter);
        if (Task == BaselineTask.Classify)
            TrainingData.CheckClasses(train, train.CountByClass(), parameter);
    }

    /// <summary>The task.</summary>
    public BaselineTask Task { get; }

    /// <summary>The name of the metric of the score.</summary>
    public string Measure => Task switch
    {
        BaselineTask.Classify or BaselineTask.Tag => "accuracy",
        BaselineTask.ClassifyMany => "exact match",
        _ => (Task == BaselineTask.Regress ? _names.Count : _channels) > 1 ? BaselineResult.ScaledError : BaselineResult.Error,
    };

    /// <summary>Checks data and numbers their classes or targets as in the training data. Missing values are allowed.</summary>
    /// <exception cref="ArgumentException">The data don't match the training data.</exception>
    public SequenceDataset Align(SequenceDataset data, string parameter)
    {
        const MissingValues Missing = MissingValues.Linear;
        if (data.Channels == _channels)
            data = data.WithOffsets(_offsets);
        switch (Task)
        {
            case BaselineTask.Classify:
                return TrainingData.Align(data, _names, _channels, Missing, parameter);
            case BaselineTask.Tag:
                return TrainingData.AlignSteps(data, _names, _channels, Missing, parameter);
            case BaselineTask.ClassifyMany or BaselineTask.Regress:
                return TrainingData.AlignTargets(data, _names, _channels, Task == BaselineTask.ClassifyMany, Missing, parameter);
            default:
                if (data.MaxSteps < 2)
                    throw new ArgumentException(
                        $"'{data.Name}' holds {(data.Count == 0 ? "no sequence" : "only single steps")}; "
                            + "a forecast needs sequences of at least two steps.",
                        parameter);
                TrainingData.CheckValues(data, _channels, Missing, parameter);
                TrainingData.CheckForecast(data, _horizon, Missing, parameter);
                return data;
        }
    }

    /// <summary>Evaluates predictions.</summary>
    /// <param name="data">The data of the predictions, aligned.</param>
    /// <param name="answers">The predictions for each sequence.</param>
    /// <returns>The evaluation, the score, and the log loss as if all predictions were probabilities; NaN if there is none.</returns>
    public (object Evaluation, double Score, double LogLoss) Judge(SequenceDataset data, IEnumerable<float[]> answers)
    {
        switch (Task)
        {
            case BaselineTask.Classify:
                var classes = Evaluation.From(_names, [.. data.Select(sequence => sequence.Label)], answers);
                return (classes, classes.Accuracy, classes.LogLoss);
            case BaselineTask.ClassifyMany:
                var labels = LabelEvaluation.From(_names, [.. data.Select(sequence => sequence.Targets)], answers);
                return (labels, labels.ExactMatch, labels.LogLoss);
            case BaselineTask.Tag:
                var tags = TagEvaluation.From(_names, [.. data.Select(sequence => sequence.StepLabels)], answers);
                return (tags, tags.Steps.Accuracy, tags.Steps.LogLoss);
            case BaselineTask.Regress:
                var numbers = NumberEvaluation.From(_names, [.. data.Select(sequence => sequence.Targets)], [.. answers]);
                return (numbers, numbers.All.Rmse, double.NaN);
            default:
                var forecasts = ForecastEvaluation.From(data, _horizon, [.. answers]);
                return (forecasts, forecasts.All.Rmse, double.NaN);
        }
    }

    /// <summary>Returns the predictions case by case, collected when they are first used; <see langword="null"/> if they are too
    /// many.</summary>
    public Lazy<CaseAnswers>? CasesOf(SequenceDataset data, IEnumerable<float[]> answers)
    {
        ModelTask task = Task switch
        {
            BaselineTask.ClassifyMany => ModelTask.ClassifyMany,
            BaselineTask.Tag => ModelTask.Tag,
            BaselineTask.Regress => ModelTask.Regress,
            BaselineTask.Forecast => ModelTask.Forecast,
            _ => ModelTask.Classify,
        };
        int outputs = Task == BaselineTask.Forecast ? _horizon * _channels : _names.Count;
        return CaseCollection.IsFor(data, task, outputs)
            ? new Lazy<CaseAnswers>(() => CaseCollection.Of(task, _names, data, _horizon, answers))
            : null;
    }

    private static BaselineTask TaskOf(SequenceDataset train, string parameter)
    {
        if (train.Any(sequence => !sequence.Targets.IsEmpty))
            return train.TargetNames.SequenceEqual(train.ClassLabels) ? BaselineTask.ClassifyMany : BaselineTask.Regress;
        if (train.Any(sequence => !sequence.StepLabels.IsEmpty))
            return BaselineTask.Tag;
        return train.Any(sequence => sequence.Label != Sequence.NoLabel)
            ? BaselineTask.Classify
            : throw new ArgumentException(
                $"'{train.Name}' has neither labels nor targets. To forecast its values, set Task to Forecast.", parameter);
    }
}
