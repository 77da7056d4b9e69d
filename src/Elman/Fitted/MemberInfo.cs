using Elman.Fitted;

namespace Elman;

/// <summary>A model whose answers are averaged with those of others.</summary>
/// <param name="Name">The name of the candidate that it comes from (<see cref="LeaderboardEntry.Name"/>);
/// empty if nothing was chosen.</param>
/// <param name="Weight">Its part in the average; those of all members add up to 1.</param>
/// <param name="Temperature">What its scores of classes are divided by before they become probabilities; 1 if it is not calibrated, or
/// is a reservoir, whose weights have it.</param>
/// <param name="Options">The options that shape it.</param>
/// <param name="Parameters">Its number of parameters.</param>
/// <param name="CanStream">Whether it can run on a stream.</param>
public sealed record MemberInfo(string Name, double Weight, double Temperature, TrainingOptions Options, long Parameters, bool CanStream)
{
    internal static MemberInfo Of(Member member) => new(
        member.Name, member.Weight, member.Temperature,
        TrainingOptions.From(member.Model.Spec, standardizes: member.Preprocessing.Standardization is not null),
        member.Model.Values.Layout.Count, member.Model.Spec.StreamProblem is null);
}
