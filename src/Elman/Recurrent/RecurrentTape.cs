using System.Numerics;
using Elman.Kernels;
using Elman.Linear;

namespace Elman.Recurrent;

/// <summary>The values of a recurrent layer's forward pass that its backward pass reads. Reused from pass to pass.</summary>
/// <param name="keepsSteps">Whether a backward pass will follow, so that gates and states of every step are kept; otherwise a step
/// overwrites the gates of the previous step and the states of the step before that.</param>
internal sealed class RecurrentTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the gates of every step are kept.</summary>
    public bool KeepsSteps => keepsSteps;

    /// <summary>
    /// <c>[rows, G·H]</c>, or <c>[B, G·H]</c>: the pre-activations, then their values after the activation; after the backward pass, their
    /// gradients.
    /// </summary>
    public NativeBuffer<T> Gates { get; } = new();

    /// <summary><c>[rows, H]</c>, or <c>[B, H]</c>: the inner vectors of cells that have one.</summary>
    public NativeBuffer<T> Inner { get; } = new();

    /// <summary><c>[rows, S·H]</c>, or <c>[2·B, S·H]</c>: the state before every step of the window.</summary>
    public NativeBuffer<T> States { get; } = new();

    /// <summary>
    /// <c>[B, H]</c>: the dropout factors of the output before the products with Wh, the same at every step of a sequence
    /// (Y. Gal and Z. Ghahramani, 2016). Draw them before the forward pass.
    /// </summary>
    public DropoutMask<T> RecurrentMask { get; } = new();

    /// <summary><c>[rows, H]</c>, with a recurrent mask: the masked output before every step.</summary>
    public NativeBuffer<T> MaskedOutputs { get; } = new();

    /// <summary><c>[B, H]</c>, with a recurrent mask: the gradient with respect to the masked output.</summary>
    public NativeBuffer<T> MaskedGradient { get; } = new();

    /// <summary>
    /// The key of the zoneout masks, in a layer with zoneout; <see langword="null"/> in inference, which uses expected values.
    /// </summary>
    public ulong? ZoneoutKey { get; set; }

    /// <summary><c>[B, S·H]</c>: the state after the last step of every sequence that has ended.</summary>
    public NativeBuffer<T> Final { get; } = new();

    /// <summary><c>[B, S·H]</c>: the state after a window of the sequences that continue.</summary>
    public NativeBuffer<T> Carry { get; } = new();

    /// <summary><c>[B, S·H]</c>: the gradient of the loss with respect to the state, moving backwards in time.</summary>
    public NativeBuffer<T> StateGradient { get; } = new();

    /// <summary><c>[B, H]</c>: the gradient of the loss with respect to the inner vector.</summary>
    public NativeBuffer<T> InnerGradient { get; } = new();

    /// <summary>Scratch memory of the weight gradients, one part for each thread.</summary>
    public NativeBuffer<T> Scratch { get; } = new();

    /// <summary>
    /// In a layer with a projection: <c>[rows, H]</c> the outputs of the cell, and <c>[rows, P]</c> the gradient with respect to the
    /// projected outputs.
    /// </summary>
    public (NativeBuffer<T> Outputs, NativeBuffer<T> Gradient) Projected { get; } = (new(), new());

    /// <summary>The tape of the normalisation, in a layer with normalised gates.</summary>
    public NormalizationTape<T> Normalization { get; } = new();

    /// <summary>In a layer with operations after the recurrence: their values for every step.</summary>
    public GatedTape<T> Gated { get; } = new();

    /// <summary>The same, for the step that is read last.</summary>
    public GatedTape<T> GatedLast { get; } = new();

    /// <summary>The barrier for threads that share a step.</summary>
    public StepBarrier Barrier { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Gates.Dispose();
        Inner.Dispose();
        States.Dispose();
        RecurrentMask.Dispose();
        MaskedOutputs.Dispose();
        MaskedGradient.Dispose();
        Final.Dispose();
        Carry.Dispose();
        StateGradient.Dispose();
        InnerGradient.Dispose();
        Scratch.Dispose();
        Projected.Outputs.Dispose();
        Projected.Gradient.Dispose();
        Normalization.Dispose();
        Gated.Dispose();
        GatedLast.Dispose();
    }
}
