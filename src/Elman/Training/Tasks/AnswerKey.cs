namespace Elman.Training.Tasks;

/// <summary>The key of a prediction: for a sequence (step 0), or for a step of it.</summary>
/// <param name="Sequence">The sequence's index in the training data.</param>
/// <param name="Step">The step, from 0.</param>
internal readonly record struct AnswerKey(int Sequence, int Step);
