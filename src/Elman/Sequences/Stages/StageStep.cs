namespace Elman.Sequences.Stages;

/// <summary>The position of a step for a stage.</summary>
/// <param name="Index">The number of steps taken before it.</param>
/// <param name="IsAsked">Whether a result is required after this step, even from a stage that waits for more steps: always on a stream; at
/// the last step of a whole sequence.</param>
internal readonly record struct StageStep(long Index, bool IsAsked);
