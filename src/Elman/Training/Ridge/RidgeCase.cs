namespace Elman.Training;

/// <summary>A row of the data that least squares learn from, without its features.</summary>
/// <param name="Sequence">The number of its sequence in all data so far, from 0.</param>
/// <param name="Step">The step of the sequence, from 0; 0 where a sequence is judged as a whole.</param>
/// <param name="Target">What each output of the model is to be; NaN where that is not known.</param>
/// <param name="Weight">What the row counts, above 0: a row that counts 2 is two rows.</param>
internal sealed record RidgeCase(long Sequence, int Step, double[] Target, double Weight);

/// <summary>What a case would have been given by a solution that had not learned from it.</summary>
/// <param name="Case">The case.</param>
/// <param name="Scores">The outputs of the solution, in its order.</param>
internal sealed record LeftOutCase(RidgeCase Case, double[] Scores);
