using Elman.Fitted;
using Elman.Models;
using Elman.Persistence;
using Elman.Training;

namespace Elman;

/// <content>Models in files.</content>
public abstract partial class SequenceEstimator
{
    private static readonly TrainingOptions _defaults = new();

    /// <summary>Writes it to a <c>.safetensors</c> file, in one piece: a failure leaves what stood there.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        FittedModel known = Fitted;
        new ModelFile(known.Task.FileKind, [.. known.Members.Select(MemberFile.Of)], known.Names, known.Summary)
        {
            TargetScale = known.TargetScale,
            Origin = known.Origin,
            Bands = known.Bands,
        }
            .Write(path, [.. known.Members.Select(member => member.Model.Values)]);
    }

    /// <summary>Reads a model of any task that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="customActivation">The activation, where the model was made with one of your own.</param>
    /// <returns>A <see cref="SequenceClassifier"/>, a <see cref="SequenceTagger"/>, a <see cref="SequenceRegressor"/> or a
    /// <see cref="SequenceForecaster"/>.</returns>
    /// <exception cref="ModelFileException">The file is not there, or is not exactly such a file;
    /// the message names what is wrong.</exception>
    public static SequenceEstimator LoadAny(string path, Activation? customActivation = null)
    {
        FittedModel fitted = Read(
            path, customActivation, SequenceTask.Classify, SequenceTask.Tag, SequenceTask.Regress, SequenceTask.Forecast);
        return fitted.Model.Spec.Task switch
        {
            ModelTask.Tag => new SequenceTagger(fitted),
            ModelTask.Regress => new SequenceRegressor(fitted),
            ModelTask.Forecast => new SequenceForecaster(fitted),
            _ => new SequenceClassifier(fitted),
        };
    }

    /// <summary>Reads a model of some tasks, and what is needed to use it.</summary>
    private protected static FittedModel Read(string path, Activation? customActivation, params SequenceTask[] tasks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (ModelFile description, Safetensors content) = ModelFile.Read(path, [.. tasks.Select(task => task.FileKind)], customActivation);
        description.Check(path);
        MemberFile.CheckTensors(path, content, description.Members);
        Member[] members = [.. description.Members.Select(member => new Member(new SequenceModel<float>(member.Spec), member.Preprocessing)
        {
            Name = member.Name,
            Weight = member.Weight,
            Temperature = member.Temperature,
        })];
        description.Load(path, content, [.. members.Select(member => member.Model.Values)]);
        foreach (Member member in members)
            member.Model.Pack(forTraining: false);
        return new FittedModel([.. members], description.Names, description.TargetScale, description.Training, [])
        { Origin = description.Origin.ForChannels(description.Spec.Channels), Bands = description.Bands };
    }

    /// <summary>The options of a model from a file.</summary>
    private protected static TrainingOptions OptionsOf(FittedModel fitted)
    {
        TrainingOptions options = fitted.Members.Length == 1
            ? TrainingOptions.From(fitted.Model.Spec)
            : TrainingOptions.Auto with { Horizon = fitted.Model.Spec.Horizon, Missing = fitted.Model.Spec.Missing };
        return options with
        {
            Standardize = fitted.Preprocessing.Standardization is not null,
            Calendar = fitted.Origin.Covariates is { Calendar: not CalendarCycles.None and var calendar } ? calendar : null,
            Known = [.. fitted.Origin.ChannelNames.TakeLast(fitted.Origin.Covariates.KnownAhead)],
            Quantiles = fitted.Task.Kind == ModelTask.Forecast ? fitted.Bands.Levels : _defaults.Quantiles,
        };
    }
}
