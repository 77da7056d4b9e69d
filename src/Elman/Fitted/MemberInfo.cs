using Elman.Fitted;

namespace Elman;

/// <summary>Information about a model whose predictions are averaged with those of other members.</summary>
/// <param name="Name">The name of the candidate that it comes from (<see cref="LeaderboardEntry.Name"/>);
/// empty if nothing was chosen.</param>
/// <param name="Weight">Its weight in the average; the weights of all members add up to 1.</param>
/// <param name="Temperature">The divisor of its class scores before softmax or σ; 1 if it is not calibrated, or if it is a reservoir, whose
/// weights include it.</param>
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
