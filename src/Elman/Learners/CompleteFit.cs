using System.Text.Json;
using Elman.Checkpoints;
using Elman.Files;
using Elman.Fitted;
using Elman.Models;
using Elman.Training.Tasks;

namespace Elman.Learners;

/// <summary>A fit of one model that is part of a training. A resumed training takes it from the checkpoint if it was complete.</summary>
/// <param name="Model">The fitted model.</param>
/// <param name="LeftOut">Leave-one-out predictions, if the fit gives any.</param>
internal sealed record CompleteFit(FittedModel Model, IReadOnlyDictionary<AnswerKey, float[]> LeftOut)
{
    private const string FitKey = "elman.fit", Weights = "weights", Last = "last", Cases = "leftOut.cases", Answers = "leftOut.answers";

    private static readonly Dictionary<AnswerKey, float[]> _none = [];

    /// <summary>Returns the model of the checkpoint, or else fits it, and keeps it for the checkpoint.</summary>
    /// <param name="set">The data, with the place of the fit in the checkpoint.</param>
    /// <param name="options">The options of the model.</param>
    /// <param name="fit">Fits the model.</param>
    public static FittedModel Of(TrainingSet set, TrainingOptions options, Func<FittedModel> fit) =>
        Of(set, options, () => new CompleteFit(fit(), _none)).Model;

    /// <summary>Returns the fit of the checkpoint, or else does it, and keeps it for the checkpoint.</summary>
    /// <exception cref="CheckpointException">The checkpoint has a fit that does not match, or can't be written.</exception>
    public static CompleteFit Of(TrainingSet set, TrainingOptions options, Func<CompleteFit> fit)
    {
        if (set.Checkpoint is not { } checkpoint)
            return fit();
        if (checkpoint.Complete is { } saved)
            return Read(checkpoint, saved, set.Blank(options));
        CompleteFit done = fit();
        if (done.Model.Summary is not { Cancelled: true })
            checkpoint.Keep(done.Write());
        return done;
    }

    private Safetensors Write()
    {
        var tensors = new List<SafetensorsTensor> { TrainingStateFile.Tensor(Weights, Model.Model.Values) };
        if (Model.LastWeights is { } last)
            tensors.Add(TensorBytes.Of(Last, last));
        if (LeftOut.Count > 0)
        {
            tensors.Add(TensorBytes.Of(Cases, [.. LeftOut.Keys.SelectMany(key => (int[])[key.Sequence, key.Step])]));
            tensors.Add(TensorBytes.Of(Answers, [.. LeftOut.Values.SelectMany(answer => answer)]));
        }
        return new Safetensors(tensors, new Dictionary<string, string> { [FitKey] = ExactJson.Text(WriteFigures) });
    }

    private void WriteFigures(Utf8JsonWriter json)
    {
        json.WriteExact("temperature", Model.Members[0].Temperature);
        if (Model.Summary is { } summary)
        {
            json.WriteStartObject("summary");
            json.WriteNumber("epochs", summary.Epochs);
            json.WriteNumber("bestEpoch", summary.BestEpoch);
            json.WriteExact("trainLoss", summary.TrainLoss);
            json.WriteExact("validationLoss", summary.ValidationLoss);
            json.WriteExact("validationAccuracy", summary.ValidationAccuracy);
            json.WriteExact("guessLoss", summary.GuessLoss);
            json.WriteNumber("sequences", summary.Sequences);
            json.WriteExact("seconds", summary.Seconds);
            json.WriteExact("sequencesPerSecond", summary.SequencesPerSecond);
            json.WriteNumber("threads", summary.Threads ?? 0);
            json.WriteNumber("seed", summary.Seed);
            json.WriteNumber("divergedEpoch", summary.DivergedEpoch ?? 0);
            json.WriteEndObject();
        }
        HistoryJson.Write(json, Model.History);
    }

    private static CompleteFit Read(CheckpointScope checkpoint, Safetensors saved, FittedModel blank)
    {
        SequenceModel<float> model = blank.Model;
        try
        {
            using JsonDocument document = JsonDocument.Parse(saved.Metadata.GetValueOrDefault(FitKey, "{}"));
            JsonElement root = document.RootElement;
            TensorBytes.Floats(saved, Weights, model.Values.Buffer.Length).CopyTo(model.Values.Buffer.Span);
            model.Pack(forTraining: false);
            FittedModel fitted = blank with
            {
                Members = [blank.Members[0] with { Temperature = root.ReadExact("temperature") }],
                Summary = root.TryGetProperty("summary", out JsonElement summary) ? ReadSummary(summary) : null,
                History = [.. HistoryJson.Read(root)],
                LastWeights = saved.Tensors.Any(tensor => tensor.Name == Last)
                    ? TensorBytes.Floats(saved, Last, model.Values.Buffer.Length).ToArray()
                    : null,
            };
            return new CompleteFit(fitted, ReadLeftOut(saved, model.Spec.OutputSize));
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException or InvalidOperationException
            or KeyNotFoundException)
        {
            model.Dispose();
            throw checkpoint.DoesNotFit(e);
        }
    }

    private static TrainingSummary ReadSummary(JsonElement summary) => new()
    {
        Epochs = summary.ReadCount("epochs"),
        BestEpoch = summary.ReadCount("bestEpoch"),
        TrainLoss = summary.ReadExact("trainLoss"),
        ValidationLoss = summary.GetProperty("validationLoss").ReadExact(),
        ValidationAccuracy = summary.GetProperty("validationAccuracy").ReadExact(),
        GuessLoss = summary.GetProperty("guessLoss").ReadExact(),
        Sequences = summary.ReadCount("sequences"),
        Seconds = summary.GetProperty("seconds").ReadExact(),
        SequencesPerSecond = summary.GetProperty("sequencesPerSecond").ReadExact(),
        Threads = summary.ReadCount("threads"),
        Seed = summary.GetProperty("seed").GetInt32(),
        DivergedEpoch = summary.ReadCount("divergedEpoch") is > 0 and var epoch ? epoch : null,
    };

    private static Dictionary<AnswerKey, float[]> ReadLeftOut(Safetensors saved, int outputs)
    {
        if (saved.Tensors.FirstOrDefault(tensor => tensor.Name == Cases) is not { Shape: [var numbers] } || numbers % 2 != 0)
            return _none;
        ReadOnlySpan<int> cases = TensorBytes.Integers(saved, Cases, numbers);
        ReadOnlySpan<float> answers = TensorBytes.Values(saved, Answers, numbers / 2 * outputs); // NaN where they are not known
        var leftOut = new Dictionary<AnswerKey, float[]>();
        for (int i = 0; i < numbers / 2; i++)
            leftOut.Add(new AnswerKey(cases[2 * i], cases[(2 * i) + 1]), answers.Slice(i * outputs, outputs).ToArray());
        return leftOut;
    }
}
