using Elman.Fitted;
using Elman.Learners;

namespace Elman.Auto;

/// <summary>A candidate that was fitted.</summary>
/// <param name="Candidate">The candidate.</param>
/// <param name="Options">The options that it was fitted with.</param>
/// <param name="Models">The models of its seeds or folds, to be averaged evenly.</param>
/// <param name="Answers">Its predictions for held-out training cases.</param>
/// <param name="Time">How long it took.</param>
internal sealed record CandidateFit(
    Candidate Candidate, TrainingOptions Options, IReadOnlyList<FittedModel> Models, UnseenAnswers Answers, TimeSpan Time) : IDisposable
{
    /// <summary>Fits it to other data in the same way, where the models that are compared are not those that are kept.</summary>
    public Func<TrainingSet, IProgress<TrainingProgress>?, CancellationToken, IReadOnlyList<FittedModel>>? Again { get; init; }

    /// <summary>The planned candidate, with what it found in the data.</summary>
    public PlannedCandidate? Planned { get; init; }

    /// <summary>The number of values its models consist of.</summary>
    public long Parameters => Models.Sum(model => model.Model.Values.Layout.Count);

    /// <summary>Its models as members of an ensemble.</summary>
    /// <param name="weight">The part of all of them together.</param>
    public IEnumerable<Member> Members(double weight) =>
        Models.Select(model => model.Members[0] with { Name = Candidate.Name, Weight = weight / Models.Count });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FittedModel model in Models)
            model.Model.Dispose();
    }
}
