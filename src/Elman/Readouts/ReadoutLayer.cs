using System.Numerics;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>Computes the features for the output layer from the outputs of a stack: a row for every sequence, or for every step.</summary>
internal abstract unsafe class ReadoutLayer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether it reads the outputs of every step; otherwise only the last states.</summary>
    public abstract bool ReadsEveryStep { get; }

    /// <summary>Whether it has features for every step; otherwise for every sequence.</summary>
    public virtual bool AnswersEveryStep => false;

    /// <summary>The number of features in a row; 0 if it is the number of outputs of a step.</summary>
    public virtual int FeatureSize => 0;

    /// <summary>Whether it can run the last layer and the readout in one pass, over whole sequences.</summary>
    public virtual bool CanReplaceTopLayer => false;

    /// <summary>Whether it does so for a window; the last layer is then left out of the forward pass.</summary>
    public virtual bool ReplacesTopLayer(LayerWindow<T> window, bool keepsSteps) => false;

    /// <summary>The trained weight matrices, each <c>[in, out]</c>, which are to be initialised.</summary>
    public virtual IEnumerable<ParameterSlice> Matrices => [];

    /// <summary>Returns the first row and the number of rows of features that are complete after a window.</summary>
    public virtual (int First, int Count) RowsOf(LayerWindow<T> window) => (0, window.Batch.Count);

    /// <summary>Returns the buffers of the features, <c>[rows, W]</c>, and of the gradient with respect to them.</summary>
    public virtual (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Features(ReadoutPass<T> pass) =>
        (pass.Tape.Features, pass.Tape.FeatureGradient);

    /// <summary>
    /// Returns the gradient with respect to the outputs of the last states, <c>[B, W]</c>, after the gradient with respect to the features
    /// is set; <see langword="null"/> if the last states are not read.
    /// </summary>
    public virtual T* LastGradient(ReadoutPass<T> pass) => null;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public virtual void Pack(Parameters<T> values, bool forTraining)
    {
    }

    /// <summary>
    /// Processes a window's outputs; the windows come in order. The features are complete after the last window, or if there are features
    /// for every step, after each window.
    /// </summary>
    public abstract void Forward(ReadoutPass<T> pass, Workers workers);

    /// <summary>
    /// Restores what <see cref="Backward"/> reads, for a window that ran forward again. Features do not change.
    /// </summary>
    public virtual void Repeat(ReadoutPass<T> pass, Workers workers)
    {
    }

    /// <summary>
    /// Computes the gradient with respect to the outputs of a window's steps from that of the features, if these outputs are read. The
    /// windows may come in any order.
    /// </summary>
    /// <param name="pass">The forward pass.</param>
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
