namespace Elman.Training;

/// <summary>Training that goes on whenever data come in.</summary>
internal interface IPartialTraining : IDisposable
{
    /// <summary>Once through the data.</summary>
    /// <returns>The mean loss.</returns>
    /// <exception cref="TrainingDivergedException">A number stopped being finite; the weights are as they were, and other data can be learned.</exception>
    double Run(SequenceDataset data, Objective<float> objective);
}
