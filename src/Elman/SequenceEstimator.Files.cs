using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Persistence;
using Elman.Training.Tasks;

namespace Elman;

/// <content>Saving and loading.</content>
public abstract partial class SequenceEstimator
{
    private static readonly TrainingOptions _defaults = new();

    /// <summary>Writes the model to a <c>.safetensors</c> file, atomically: if it fails, an existing file stays unchanged.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">The file can't be written.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        SafetensorsWriter.Write(path, ToContent());
    }

    /// <summary>Writes the model to a stream, as <see cref="Save(string)"/> does, from its current position; the stream stays
    /// open.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="ArgumentException">The stream can't be written to.</exception>
    /// <exception cref="ModelFileException">Writing to the stream failed.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanWrite)
            throw new ArgumentException("The stream can't be written to.", nameof(stream));
        SafetensorsWriter.WriteTo(stream, ToContent());
    }

    /// <summary>Returns the bytes of the file that <see cref="Save(string)"/> writes, for a database or a message.</summary>
    /// <exception cref="ModelFileException">The file is larger than an array can be.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.WriteTo(stream, ToContent());
        return stream.ToArray();
    }

    /// <summary>Reads a model of any task that <see cref="Save(string)"/> wrote.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Settings that the file does not contain: custom activations that it names, the number of threads.</param>
    /// <returns>A <see cref="SequenceClassifier"/>, a <see cref="SequenceTagger"/>, a <see cref="SequenceRegressor"/> or a
    /// <see cref="SequenceForecaster"/>.</returns>
    /// <exception cref="ModelFileException">The file does not exist or is not a valid file of this kind;
    /// the message names what is wrong.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SequenceEstimator LoadAny(string path, LoadOptions? options = null) => LoadAny(ModelSource.Of(path), options);

    /// <summary>Reads a model of any task from a stream, from its current position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="LoadAny(string, LoadOptions)" path="/exception"/>
    public static SequenceEstimator LoadAny(Stream stream, LoadOptions? options = null) => LoadAny(ModelSource.Of(stream), options);

    /// <summary>Reads a model of any task from the bytes of such a file.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="options">Settings that the model does not contain, as for a file.</param>
    /// <inheritdoc cref="LoadAny(string, LoadOptions)" path="/exception"/>
    public static SequenceEstimator LoadAny(ReadOnlySpan<byte> bytes, LoadOptions? options = null) =>
        LoadAny(ModelSource.Of(bytes), options);

    /// <summary>Reads a model of any task from a source.</summary>
    internal static SequenceEstimator LoadAny(ModelSource source, LoadOptions? options) =>
        Of(Read(source, options, SequenceTask.Classify, SequenceTask.Tag, SequenceTask.Regress, SequenceTask.Forecast), options);

    /// <summary>Creates the estimator of a fitted model, such as one that another library trained.</summary>
    internal static SequenceEstimator Of(FittedModel fitted, LoadOptions? options = null) => fitted.Model.Spec.Task switch
    {
        ModelTask.Tag => new SequenceTagger(fitted, options),
        ModelTask.Regress => new SequenceRegressor(fitted, options),
        ModelTask.Forecast => new SequenceForecaster(fitted, options),
        _ => new SequenceClassifier(fitted, options),
    };

    /// <summary>Reads a model of one of the given tasks, with everything that its use needs.</summary>
    private protected static FittedModel Read(ModelSource source, LoadOptions? options, params SequenceTask[] tasks)
    {
        string path = source.Name;
        (ModelFile description, Safetensors content) = ModelFile.Read(
            source, [.. tasks.Select(task => task.FileKind)], options ?? LoadOptions.Default);
        description.Check(path);
        MemberFile.CheckTensors(path, content, description.Members);
        Member[] members = [.. description.Members.Select(member => new Member(new SequenceModel<float>(member.Spec), member.Preprocessing)
        {
            Name = member.Name,
            Weight = member.Weight,
            Temperature = member.Temperature,
        })];
        PyTorchOrigin? pyTorch = description.Load(path, content, [.. members.Select(member => member.Model.Values)]);
        foreach (Member member in members)
            member.Model.Pack(forTraining: false);
        return new FittedModel([.. members], description.Names, description.TargetScale, description.Training, [])
        { Origin = description.Origin.ForChannels(description.Spec.Channels), Bands = description.Bands, PyTorch = pyTorch };
    }

    /// <summary>The content of the model's file.</summary>
    private Safetensors ToContent() => Read("it began to be saved; save it again.", ContentOf);

    /// <summary>Reads the fitted model as a whole.</summary>
    /// <param name="since">What began, with a solution, if the model is trained further meanwhile.</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted, or it was trained further meanwhile.</exception>
    internal T Read<T>(string since, Func<FittedModel, T> read)
    {
        FittedModel known = Fitted;
        known.Hold(this);
        try
        {
            int version = known.BeginReading();
            T result = read(known);
            known.CheckUnchanged(version, since);
            return result;
        }
        finally
        {
            known.Release();
        }
    }

    /// <summary>Whether the model has the weights of an earlier epoch than the last, so that <see cref="SaveLast"/> saves others.</summary>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public bool HasLastWeights => Fitted.LastWeights is not null;

    /// <summary>
    /// Saves the model with the weights after the last step of training, instead of those of the epoch with the lowest validation loss.
    /// </summary>
    /// <param name="path">The file, as for <see cref="Save(string)"/>.</param>
    /// <exception cref="InvalidOperationException">The model is not fitted, or has no other weights
    /// (<see cref="HasLastWeights"/>).</exception>
    /// <inheritdoc cref="Save(string)" path="/exception"/>
    public void SaveLast(string path)
    {
        FittedModel known = Fitted;
        if (known.LastWeights is not { } last)
            throw new InvalidOperationException("The model has no other weights than those of its last epoch; call Save.");
        using var model = new SequenceModel<float>(known.Model.Spec);
        last.CopyTo(model.Values.Buffer.Span);
        EpochResult? epoch = known.History.Count > 0 ? known.History[^1] : null;
        SafetensorsWriter.Write(path, ContentOf(known with
        {
            Members = [known.Members[0] with { Model = model, Temperature = 1 }],
            Summary = known.Summary! with
            {
                BestEpoch = known.Summary.Epochs,
                ValidationLoss = epoch?.ValidationLoss,
                ValidationAccuracy = epoch?.ValidationAccuracy,
            },
        }));
    }

    /// <summary>The content of the file of a fitted model.</summary>
    internal static Safetensors ContentOf(FittedModel known) =>
        new ModelFile(known.Task.FileKind, [.. known.Members.Select(MemberFile.Of)], known.Names, known.Summary)
        {
            TargetScale = known.TargetScale,
            Origin = known.Origin,
            Bands = known.Bands,
            PyTorch = known.PyTorch,
        }
            .ToContent<float>([.. known.Members.Select(member => member.Model.Values)]);

    /// <summary>The options of a model from a file.</summary>
    private protected static TrainingOptions OptionsOf(FittedModel fitted, LoadOptions? load = null)
    {
        TrainingOptions options = fitted.Members.Length == 1
            ? TrainingOptions.From(fitted.Model.Spec)
            : TrainingOptions.Auto with
            {
                Inputs = new() { Missing = fitted.Model.Spec.Missing },
                Forecast = new() { Horizon = fitted.Model.Spec.Horizon },
            };
        return options with
        {
            Threads = load?.Threads ?? 0,
            Inputs = options.Inputs with { Standardize = fitted.Preprocessing.Standardization is not null },
            Forecast = options.Forecast with
            {
                Calendar = fitted.Origin.Covariates is { Calendar: not CalendarCycles.None and var calendar } ? calendar : null,
                Known = [.. fitted.Origin.ChannelNames.TakeLast(fitted.Origin.Covariates.KnownAhead)],
                Quantiles = fitted.Task.Kind == ModelTask.Forecast ? fitted.Bands.Levels : _defaults.Forecast.Quantiles,
            },
        };
    }
}
