namespace Elman.Benchmarks.TrainingSteps;

/// <summary>A library with a problem set up in it, ready to train.</summary>
internal interface ITrainingRival : IDisposable
{
    /// <summary>One training step: forward, cross-entropy, backward, plain stochastic gradient descent.</summary>
    /// <returns>The loss before the step.</returns>
    double TakeStep();

    /// <summary>The weights as they are.</summary>
    TrainingWeights Weights();
}
