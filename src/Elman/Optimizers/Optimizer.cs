using System.Numerics;
using Elman.Layers;

namespace Elman.Optimizers;

/// <summary>Moves a model's parameters against their gradients.</summary>
internal abstract class Optimizer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One update.</summary>
    /// <param name="values">The parameters, changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="learningRate">How far to go.</param>
    public abstract void Step(Parameters<T> values, Parameters<T> gradients, double learningRate);

    /// <inheritdoc/>
    public abstract void Dispose();
}
