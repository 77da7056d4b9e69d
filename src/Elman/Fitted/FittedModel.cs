using System.Collections.Immutable;
using System.Numerics.Tensors;
using Elman.Checksums;
using Elman.Evaluations;
using Elman.Models;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Tasks;

namespace Elman.Fitted;

/// <summary>A fitted model with everything needed to use it; replaced atomically.</summary>
/// <param name="Members">The models whose predictions are averaged; usually one.</param>
/// <param name="Names">The names of the outputs: classes, or targets; empty for a forecast.</param>
/// <param name="TargetScale">The standardisation of the targets.</param>
/// <param name="Summary">The summary of the training.</param>
/// <param name="History">The figures of every epoch.</param>
internal sealed partial record FittedModel(
    ImmutableArray<Member> Members, IReadOnlyList<string> Names, Standardization? TargetScale, TrainingSummary? Summary,
    IReadOnlyList<EpochResult> History)
{
    /// <summary>The only model, or the first of several.</summary>
    public SequenceModel<float> Model => Members[0].Model;

    /// <summary>The preprocessing of that model.</summary>
    public Preprocessing Preprocessing => Members[0].Preprocessing;

    /// <summary>The leaderboard of the automatic choice, if there was one.</summary>
    public Leaderboard? Leaderboard { get; init; }

    /// <summary>The fit plans of automatically chosen members, to fit the same members to other data.</summary>
    public IReadOnlyList<FitPlan> Plan { get; init; } = [];

    /// <summary>
    /// The weights after the last step of training, if the model has those of an earlier epoch; removed if the model is trained further.
    /// </summary>
    public float[]? LastWeights { get; set; }

    /// <summary>Names and settings of the training data.</summary>
    public DataOrigin Origin { get; init; } = DataOrigin.None;

    /// <summary>For a forecaster, the quantiles of its errors.</summary>
    public ForecastBands Bands { get; init; } = ForecastBands.None;

    /// <summary>The names and biases of the PyTorch modules that it was imported from; <see langword="null"/> for another
    /// model.</summary>
    public PyTorchOrigin? PyTorch { get; init; }

    /// <summary>Whether all members can run on a stream.</summary>
    public bool CanStream => Members.All(member => member.Model.Spec.StreamProblem is null);

    /// <summary>The number of channels of the data as the models take them.</summary>
    public int Channels => Preprocessing.Channels;

    /// <summary>For a forecaster, the number of channels that are forecast: the first ones.</summary>
    public int OwnChannels => Channels - Origin.Covariates.Count;

    /// <summary>The number of channels that the data must have; calendar features are added.</summary>
    public int GivenChannels => Channels - Origin.Covariates.Added;

    /// <summary>The largest lag, in steps, of members that use values at fixed lags; 0 if there is no such member.</summary>
    public int LongestLag => Members.Max(member =>
        member.Model.Layers[0].FromStart is DelayLayer<float> layer ? layer.LongestLag(member.Model.Values) : 0);

    /// <summary>The task of the models.</summary>
    public SequenceTask Task => SequenceTask.Of(Model.Spec);

    /// <summary>A hash that differs between models, or between preprocessings, with high probability.</summary>
    public uint Fingerprint => Members.Length == 1
        ? Preprocessing.Fingerprint(Model.Fingerprint)
        : Members.Aggregate(
            0u, (mark, member) => member.Preprocessing.Fingerprint(Checksum.Add(mark, BitConverter.GetBytes(member.Model.Fingerprint))));

    /// <summary>Returns the meaning of the outputs of a member.</summary>
    public OutputMeaning MeaningOf(Member member) =>
        new(Names, TargetScale, member.Preprocessing.Standardization, OwnChannels, member.Model.Spec.Horizon);

    /// <summary>Converts outputs of a member to predictions, in place: probabilities, or numbers in the units of the data.</summary>
    public void Express(Member member, Span<float> outputs)
    {
        if (member.Temperature != 1)
            TensorPrimitives.Divide(outputs, (float)member.Temperature, outputs);
        Task.Express(MeaningOf(member), outputs);
    }

    /// <summary>Adds a member's prediction to the average.</summary>
    /// <param name="index">The index of the member. Call this for each member once, in order from 0.</param>
    /// <param name="answer">The prediction of the member.</param>
    /// <param name="average">Receives the average, after the last member; may be <paramref name="answer"/> of a single member.</param>
    public void Average(int index, ReadOnlySpan<float> answer, Span<float> average)
    {
        if (Members.Length == 1)
        {
            answer.CopyTo(average);
            return;
        }
        float weight = (float)Members[index].Weight;
        for (int i = 0; i < answer.Length; i++)
            average[i] = index == 0 ? weight * answer[i] : MathF.FusedMultiplyAdd(weight, answer[i], average[i]);
    }
}
