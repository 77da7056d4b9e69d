using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>What of a stack's outputs goes on to the output layer: a row of features for every sequence, or for every step.</summary>
internal abstract unsafe class ReadoutLayer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it looks at the outputs of every step; else at the last states alone.</summary>
    public abstract bool ReadsEveryStep { get; }

    /// <summary>Whether it has features for every step; else for every sequence.</summary>
    public virtual bool AnswersEveryStep => false;

    /// <summary>Numbers in a row of features; 0 for as many as a step gives.</summary>
    public virtual int FeatureSize => 0;

    /// <summary>Whether it can run the uppermost layer and count its outputs at once, whole sequences at a time.</summary>
    public virtual bool CanStandInForTop => false;

    /// <summary>Whether it does so for a window: then the uppermost layer is left out of the forward pass.</summary>
    public virtual bool StandsInFor(LayerWindow<T> window, bool keepsSteps) => false;

    /// <summary>The weight matrices that it learns, <c>[in, out]</c> each: what first weights are drawn for.</summary>
    public virtual IEnumerable<ParameterSlice> Matrices => [];

    /// <summary>Where the rows of features begin that there are after a window, and how many they are.</summary>
    public virtual (int First, int Count) RowsOf(LayerWindow<T> window) => (0, window.Batch.Count);

    /// <summary>Where the features are, <c>[rows, W]</c>, and where the gradient by them is to go.</summary>
    public virtual (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Features(ReadoutPass<T> pass) =>
        (pass.Tape.Features, pass.Tape.FeatureGradient);

    /// <summary>
    /// The gradient by the last states' outputs, <c>[B, W]</c>, after the gradient by the features is there;
    /// <see langword="null"/> where they are not looked at.
    /// </summary>
    public virtual T* LastGradient(ReadoutPass<T> pass) => null;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public virtual void Pack(Parameters<T> values, bool forTraining)
    {
    }

    /// <summary>
    /// Takes a window's outputs; the windows come in order. The features are there after the last,
    /// or where every step has its own, after each.
    /// </summary>
    public abstract void Forward(ReadoutPass<T> pass, Workers workers);

    /// <summary>
    /// For a window that went forward once more: what <see cref="Backward"/> reads of it is there again. Features stay as they are.
    /// </summary>
    public virtual void Repeat(ReadoutPass<T> pass, Workers workers)
    {
    }

    /// <summary>
    /// Takes the gradient by the features to the outputs of a window's steps, where those are looked at. The windows may come in any order.
    /// </summary>
    /// <param name="pass">What went forward.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public virtual void Backward(ReadoutPass<T> pass, Parameters<T> gradients, Workers workers)
    {
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
