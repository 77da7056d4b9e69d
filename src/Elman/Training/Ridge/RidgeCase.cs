namespace Elman.Training.Ridge;

/// <summary>A training row of least squares without its features.</summary>
/// <param name="Sequence">The index of its sequence in all data so far, from 0.</param>
/// <param name="Step">The step of the sequence, from 0; 0 if a sequence is evaluated as a whole.</param>
/// <param name="Target">The target of each output of the model; NaN if it is not known.</param>
/// <param name="Weight">The weight of the row, above 0: a row with weight 2 counts as two rows.</param>
internal sealed record RidgeCase(long Sequence, int Step, double[] Target, double Weight);

/// <summary>The leave-one-out prediction of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Scores">The outputs of the solution, in its order.</param>
internal sealed record LeftOutCase(RidgeCase Case, double[] Scores);
