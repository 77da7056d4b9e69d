namespace Elman.Sequences.Stages;

/// <summary>Which step of a sequence a stage is given.</summary>
/// <param name="Index">The number of steps that were taken before it.</param>
/// <param name="IsAsked">Whether an answer is wanted after it, even where a stage would rather wait for more steps: on a stream always,
/// of a whole sequence at its last step.</param>
internal readonly record struct StageStep(long Index, bool IsAsked);
