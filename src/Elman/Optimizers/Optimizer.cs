using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>Base class of optimizers, which update parameters from their gradients.</summary>
internal abstract class Optimizer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Updates the parameters.</summary>
    /// <param name="values">The parameters, changed in place.</param>
    /// <param name="gradients">The gradients of the parameters.</param>
    /// <param name="learningRate">The learning rate.</param>
    /// <param name="workers">The threads to use. Each parameter is updated separately, so the result does not depend on their
    /// number.</param>
    public abstract void Step(Parameters<T> values, Parameters<T> gradients, double learningRate, Workers workers);

    /// <summary>What the optimizer keeps from step to step, such as moments, in the layout of the parameters.</summary>
    public abstract IReadOnlyList<Parameters<T>> Accumulators { get; }

    /// <summary>The number of steps so far, if the next one depends on it.</summary>
    public virtual int Steps { get; set; }

    /// <summary>Returns the range of parameters that a part updates, in whole cache lines, which are multiples of every lane.</summary>
    protected static (long First, long Count) Share(long count, int part, int parts)
    {
        long lines = count / ParameterLayout.Gap, first = lines * part / parts, end = lines * (part + 1) / parts;
        return (first * ParameterLayout.Gap, (end - first) * ParameterLayout.Gap);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
