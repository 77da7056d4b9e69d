using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>Moves a model's parameters against their gradients.</summary>
internal abstract class Optimizer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One update.</summary>
    /// <param name="values">The parameters, changed in place.</param>
    /// <param name="gradients">Their gradients.</param>
    /// <param name="learningRate">How far to go.</param>
    /// <param name="workers">The threads to use. Each parameter is updated alone, so their number can't be seen.</param>
    public abstract void Step(Parameters<T> values, Parameters<T> gradients, double learningRate, Workers workers);

    /// <summary>The parameters that a part updates: a share of whole cache lines, so that every lane divides them.</summary>
    protected static (long First, long Count) Share(long count, int part, int parts)
    {
        long lines = count / ParameterLayout.Gap, first = lines * part / parts, end = lines * (part + 1) / parts;
        return (first * ParameterLayout.Gap, (end - first) * ParameterLayout.Gap);
    }

    /// <inheritdoc/>
    public abstract void Dispose();
}
