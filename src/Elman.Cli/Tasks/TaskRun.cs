using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>A model with its task: what the commands need to know to train, test and ask it.</summary>
internal abstract class TaskRun : IDisposable
{
    /// <summary>The model.</summary>
    public abstract SequenceEstimator Estimator { get; }

    /// <summary>What the labels of its data are.</summary>
    public abstract LabelKind Labels { get; }

    /// <summary>What it answers with: classes or targets.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The columns in which data have its answers, where they are called like them.</summary>
    public virtual string? UsualLabelColumn => null;

    /// <summary>Its task.</summary>
    public TaskKind Kind => Labels switch
    {
        LabelKind.Steps => TaskKind.Tag,
        LabelKind.Numbers => TaskKind.Regress,
        LabelKind.None => TaskKind.Forecast,
        _ => TaskKind.Classify,
    };

    /// <summary>Whether answers are right or wrong, rather than more or less far off.</summary>
    public bool HasRightAnswers => Labels is LabelKind.Class or LabelKind.Classes or LabelKind.Steps;

    /// <summary>What it takes for what it is asked, as a sentence says it.</summary>
    public abstract string Knows { get; }

    /// <summary>A data set without sequences that has the channels, classes and targets of the model: others are held against it.</summary>
    /// <param name="name">What to call it in messages.</param>
    public SequenceDataset Outline(string name) =>
        new(Estimator.Channels, HasRightAnswers ? Names : [], [], name, Labels is LabelKind.Classes or LabelKind.Numbers ? Names : null);

    /// <summary>A model that is yet to learn.</summary>
    /// <param name="task">What.</param>
    /// <param name="options">How.</param>
    /// <param name="areMany">Whether several classes may apply to a sequence.</param>
    public static TaskRun Create(TaskKind task, TrainingOptions options, bool areMany) => task switch
    {
        TaskKind.Tag => new TagRun(new SequenceTagger(options)),
        TaskKind.Regress => new RegressRun(new SequenceRegressor(options)),
        TaskKind.Forecast => new ForecastRun(new SequenceForecaster(options)),
        _ => new ClassifyRun(new SequenceClassifier(options), areMany),
    };

    /// <summary>A model from a file.</summary>
    /// <exception cref="CommandException">It is called like data, and is no model: most likely, the words were swapped.</exception>
    /// <exception cref="ModelFileException">The file can't be used.</exception>
    public static TaskRun Load(string path)
    {
        try
        {
            return Of(SequenceEstimator.LoadAny(path));
        }
        catch (ModelFileException e) when (DataSource.IsNamedLikeData(path))
        {
            throw new CommandException(
                $"'{path}' is called like data and can't be read as a model; the model comes first, then the data.", e);
        }
    }

    private static TaskRun Of(SequenceEstimator model) => model switch
    {
        SequenceTagger tagger => new TagRun(tagger),
        SequenceRegressor regressor => new RegressRun(regressor),
        SequenceForecaster forecaster => new ForecastRun(forecaster),
        SequenceClassifier classifier => new ClassifyRun(classifier, classifier.IsMultiLabel),
        SequenceEstimator other => throw new NotSupportedException($"{other.GetType().Name} has no task here."),
    };

    /// <summary>Looks, before training that may take an hour, whether data can be learned from.</summary>
    /// <exception cref="CommandException">They can't.</exception>
    public virtual void CheckTraining(SequenceDataset data)
    {
    }

    /// <summary>Looks whether data go with the training data.</summary>
    /// <exception cref="CommandException">They don't.</exception>
    public virtual void CheckTest(SequenceDataset data, SequenceDataset training) => Suitability.CheckChannels(data, training);

    /// <summary>Compares answers with the truth.</summary>
    public abstract TaskResult Evaluate(SequenceDataset data);

    /// <summary>Writes the answers for data.</summary>
    public abstract void Predict(SequenceDataset data, AnswerWriter output);

    /// <summary>Writes what a session says after a step.</summary>
    /// <param name="session">The session.</param>
    /// <param name="sequence">Which sequence it is, from 0.</param>
    /// <param name="output">Where it goes.</param>
    public abstract void WriteStep(SequenceSession session, int sequence, AnswerWriter output);

    /// <summary>What of the data is to be told before training.</summary>
    public abstract string Describe(SequenceDataset data);

    /// <inheritdoc/>
    public void Dispose() => Estimator.Dispose();

    /// <summary>Writes what an object says of the model's answers.</summary>
    public virtual void WriteMembers(Utf8JsonWriter json) => json.WriteStrings("classes", Names);
}
