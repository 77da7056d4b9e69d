using System.Numerics;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>What of a stack's outputs goes on to the output layer: a row of features for every sequence, or for every step.</summary>
internal abstract unsafe class Readout<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it looks at the outputs of every step; else at the last states alone.</summary>
    public abstract bool ReadsEveryStep { get; }

    /// <summary>The weight matrices that it learns, <c>[in, out]</c> each, for whoever draws the first weights.</summary>
    public virtual IEnumerable<ParameterSlice> Matrices => [];

    /// <summary>How many rows of features there are.</summary>
    public virtual int RowsOf(SequenceBatch<T> batch) => batch.Count;

    /// <summary>Where the features are, <c>[rows, W]</c>, and where the gradient by them is to go.</summary>
    public virtual (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Features(ReadoutPass<T> pass) => (pass.Tape.Features, pass.Tape.FeatureGradient);

    /// <summary>The gradient by the last states' outputs, <c>[B, W]</c>, after the gradient by the features is there; <see langword="null"/> where they are not looked at.</summary>
    public virtual T* LastGradient(ReadoutPass<T> pass) => null;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public virtual void Pack(Parameters<T> values, bool forTraining)
    {
    }

    /// <summary>Makes the features.</summary>
    public abstract void Forward(ReadoutPass<T> pass, Workers workers);

    /// <summary>Takes the gradient by the features to the outputs of every step, where those are looked at.</summary>
    /// <param name="pass">What went forward.</param>
    /// <param name="gradients">The parameters' gradients, added to.</param>
    /// <param name="workers">Who works.</param>
    public virtual void Backward(ReadoutPass<T> pass, Parameters<T> gradients, Workers workers)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
