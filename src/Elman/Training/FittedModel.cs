using System.Collections.Immutable;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Layers;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Everything that was learned, and what is needed to use it: exchanged as one, so that nobody sees halves of two.</summary>
/// <param name="Members">The models whose answers are averaged; mostly one.</param>
/// <param name="Names">What the outputs are called: classes, or targets; empty for a forecast.</param>
/// <param name="TargetScale">In what units targets were learned.</param>
/// <param name="Summary">How it was trained.</param>
/// <param name="History">The figures of every epoch.</param>
internal sealed partial record FittedModel(
    ImmutableArray<Member> Members, IReadOnlyList<string> Names, Standardization? TargetScale, TrainingSummary? Summary,
    IReadOnlyList<EpochResult> History)
{
    /// <summary>The only model, or the first of several.</summary>
    public SequenceModel<float> Model => Members[0].Model;

    /// <summary>What is done with values on their way into that model.</summary>
    public Preprocessing Preprocessing => Members[0].Preprocessing;

    /// <summary>What the automatic choice tried, where the members were chosen so.</summary>
    public Leaderboard? Leaderboard { get; init; }

    /// <summary>How the members were fitted, where they were chosen so: to fit the same to other data.</summary>
    public IReadOnlyList<PlannedCandidate> Plan { get; init; } = [];

    /// <summary>What the data that it has learned from are called.</summary>
    public DataOrigin Origin { get; init; } = DataOrigin.None;

    /// <summary>Of a forecaster, quantiles of its errors.</summary>
    public ForecastBands Bands { get; init; } = ForecastBands.None;

    /// <summary>Whether all members can run on a stream.</summary>
    public bool CanStream => Members.All(member => member.Model.Spec.StreamProblem is null);

    /// <summary>Channels of the data as the models take them.</summary>
    public int Channels => Preprocessing.Channels;

    /// <summary>Of a forecaster, channels that are forecast: the first.</summary>
    public int OwnChannels => Channels - Origin.Covariates.Count;

    /// <summary>Channels of the data that are given from outside; what a model is told beside them is added.</summary>
    public int GivenChannels => Channels - Origin.Covariates.Added;

    /// <summary>How many steps back the earliest value is that models of values at fixed distances take; 0 where there is no such.
    /// </summary>
    public int LongestLag => Members.Max(member =>
        member.Model.Layers[0].FromStart is DelayLayer<float> layer ? layer.LongestLag(member.Model.Values) : 0);

    /// <summary>What the models are asked.</summary>
    public SequenceTask Task => SequenceTask.Of(Model.Spec);

    /// <summary>A number that another model, or the same behind another preprocessing, is unlikely to have.</summary>
    public uint Fingerprint => Members.Length == 1
        ? Preprocessing.Fingerprint(Model.Fingerprint)
        : Members.Aggregate(
            0u, (mark, member) => member.Preprocessing.Fingerprint(Checksum.Add(mark, BitConverter.GetBytes(member.Model.Fingerprint))));

    /// <summary>Turns what a member gives into its answer, in place: probabilities, or numbers in the units of the data.</summary>
    public void Express(Member member, Span<float> outputs)
    {
        if (member.Temperature != 1)
            TensorPrimitives.Divide(outputs, (float)member.Temperature, outputs);
        Task.Express(this, member, outputs);
    }

    /// <summary>Adds a member's answer to the average of all.</summary>
    /// <param name="index">Which member: from 0 on, each once, in order.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="average">Takes the average, once all members are added; may be <paramref name="answer"/> of a single member.</param>
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
