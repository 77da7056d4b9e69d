using Elman.Fitted;
using Elman.Learners;

namespace Elman.Auto;

/// <summary>A fitted candidate.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Options">The options that it was fitted with.</param>
/// <param name="Models">The models of its seeds or folds, to be averaged with equal weights.</param>
/// <param name="Answers">Its predictions for held-out training cases.</param>
/// <param name="Time">The time to fit.</param>
internal sealed record CandidateFit(
    Candidate Candidate, TrainingOptions Options, IReadOnlyList<FittedModel> Models, UnseenAnswers Answers, TimeSpan Time) : IDisposable
{
    /// <summary>Fits it to other data in the same way, if the final models are not the compared ones; otherwise
    /// <see langword="null"/>.</summary>
    public Func<TrainingSet, IProgress<TrainingProgress>?, CancellationToken, IReadOnlyList<FittedModel>>? Again { get; init; }

    /// <summary>The planned candidate, with the properties found in the data.</summary>
    public PlannedCandidate? Planned { get; init; }

    /// <summary>The number of parameters of its models.</summary>
    public long Parameters => Models.Sum(model => model.Model.Values.Layout.Count);

    /// <summary>Its models as members of an ensemble.</summary>
    /// <param name="weight">The total weight of all models.</param>
    public IEnumerable<Member> Members(double weight) =>
        Models.Select(model => model.Members[0] with { Name = Candidate.Name, Weight = weight / Models.Count });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FittedModel model in Models)
            model.Model.Dispose();
    }
}
