using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Runs;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>A model with its task: the operations that the commands need to train, test and predict.</summary>
internal abstract class TaskRun : IDisposable
{
    /// <summary>The model.</summary>
    public abstract SequenceEstimator Estimator { get; }

    /// <summary>The kind of labels of the model's data.</summary>
    public abstract LabelKind Labels { get; }

    /// <summary>The names of the outputs: classes or targets.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>The columns with labels in data, if they have the names of the outputs.</summary>
    public virtual string? UsualLabelColumn => null;

    /// <summary>The task of the model.</summary>
    public TaskKind Kind => Labels switch
    {
        LabelKind.Steps => TaskKind.Tag,
        LabelKind.Numbers => TaskKind.Regress,
        LabelKind.None => TaskKind.Forecast,
        _ => TaskKind.Classify,
    };

    /// <summary>Whether the task predicts classes, not numbers.</summary>
    public bool HasRightAnswers => Labels is LabelKind.Class or LabelKind.Classes or LabelKind.Steps;

    /// <summary>A description of the outputs.</summary>
    public abstract string Knows { get; }

    /// <summary>Returns an empty data set with the channels, classes and targets of the model, to compare other data with.</summary>
    /// <param name="name">The name of the data set in messages.</param>
    public SequenceDataset Outline(string name) =>
        new(Estimator.Channels, HasRightAnswers ? Names : [], [], name, Labels is LabelKind.Classes or LabelKind.Numbers ? Names : null);

    /// <summary>Creates a model that is not yet trained.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">The training options.</param>
    /// <param name="areMany">Whether several classes may apply to a sequence.</param>
    public static TaskRun Create(TaskKind task, TrainingOptions options, bool areMany) => task switch
    {
        TaskKind.Tag => new TagRun(new SequenceTagger(options)),
        TaskKind.Regress => new RegressRun(new SequenceRegressor(options)),
        TaskKind.Forecast => new ForecastRun(new SequenceForecaster(options)),
        _ => new ClassifyRun(new SequenceClassifier(options), areMany),
    };

    /// <summary>Loads a model from a file, or from the folder of a run.</summary>
    /// <exception cref="CommandException">The file has the extension of a data file and is not a model; the arguments were probably
    /// swapped.</exception>
    /// <exception cref="ModelFileException">The file can't be used.</exception>
    public static TaskRun Load(string path)
    {
        try
        {
            return Of(SequenceEstimator.LoadAny(RunFolder.ModelOf(path)));
        }
        catch (ModelFileException e) when (DataSource.IsNamedLikeData(path))
        {
            throw new CommandException(
                $"'{path}' has the extension of a data file and can't be read as a model; give the model first, then the data.", e);
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

    /// <summary>Checks before training that data are suitable.</summary>
    /// <exception cref="CommandException">They are not suitable.</exception>
    public virtual void CheckTraining(SequenceDataset data)
    {
    }

    /// <summary>Checks that data match the training data.</summary>
    /// <exception cref="CommandException">They do not match.</exception>
    public virtual void CheckTest(SequenceDataset data, SequenceDataset training) => Suitability.CheckChannels(data, training);

    /// <summary>Evaluates the predictions for labelled data.</summary>
    public abstract TaskResult Evaluate(SequenceDataset data);

    /// <summary>Writes the predictions for data.</summary>
    public abstract void Predict(SequenceDataset data, AnswerWriter output);

    /// <summary>Returns the true answer of a sequence and step, for a column beside the prediction.</summary>
    public virtual IEnumerable<AnswerPlace> TruthOf(SequenceDataset data, int sequence, int step) => [];

    /// <summary>Writes the prediction of a session after a step.</summary>
    /// <param name="session">The session.</param>
    /// <param name="sequence">The index of the sequence, from 0.</param>
    /// <param name="output">The output.</param>
    public abstract void WriteStep(SequenceSession session, int sequence, AnswerWriter output);

    /// <summary>Describes the data before training.</summary>
    public abstract string Describe(SequenceDataset data);

    /// <inheritdoc/>
    public void Dispose() => Estimator.Dispose();

    /// <summary>Writes JSON members about the model's predictions.</summary>
    public virtual void WriteMembers(Utf8JsonWriter json) => json.WriteStrings("classes", Names);
}
