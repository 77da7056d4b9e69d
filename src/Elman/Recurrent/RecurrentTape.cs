using System.Numerics;
using Elman.Kernels;
using Elman.Linear;

namespace Elman.Recurrent;

/// <summary>What a recurrent layer writes while it runs forward and reads while it runs backward. Reused from pass to pass.</summary>
/// <param name="keepsSteps">Whether a backward pass will follow, so that gates and states of every step are kept; else a step overwrites
/// the gates of the one before and the states of the one before that.</param>
internal sealed class RecurrentTape<T>(bool keepsSteps) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the gates of every step are kept.</summary>
    public bool KeepsSteps => keepsSteps;

    /// <summary>
    /// <c>[rows, G·H]</c>, or <c>[B, G·H]</c>: pre-activations and what the cell makes of them; after the backward pass, their gradients.
    /// </summary>
    public NativeBuffer<T> Gates { get; } = new();

    /// <summary><c>[rows, H]</c>, or <c>[B, H]</c>: the inner vectors of cells that have one.</summary>
    public NativeBuffer<T> Inner { get; } = new();

    /// <summary><c>[rows, S·H]</c>, or <c>[2·B, S·H]</c>: the state before every step of the window.</summary>
    public NativeBuffer<T> States { get; } = new();

    /// <summary>
    /// <c>[B, H]</c>: what the output is multiplied by on its way into the products with Wh, the same at every step of a sequence
    /// (Y. Gal and Z. Ghahramani, 2016). Draw it before the forward pass.
    /// </summary>
    public DropoutMask<T> RecurrentMask { get; } = new();

    /// <summary><c>[rows, H]</c>, with such a mask: what is left of the output before every step.</summary>
    public NativeBuffer<T> MaskedOutputs { get; } = new();

    /// <summary><c>[B, H]</c>, with such a mask: the gradient by that.</summary>
    public NativeBuffer<T> MaskedGradient { get; } = new();

    /// <summary>
    /// Which units keep their state, in a layer with zoneout; <see langword="null"/> outside training, where each keeps a part of it.
    /// </summary>
    public ulong? ZoneoutKey { get; set; }

    /// <summary><c>[B, S·H]</c>: the state after the last step of every sequence that has come to its end.</summary>
    public NativeBuffer<T> Final { get; } = new();

    /// <summary><c>[B, S·H]</c>: the state in which a window left the sequences that go on.</summary>
    public NativeBuffer<T> Carry { get; } = new();

    /// <summary><c>[B, S·H]</c>: the loss's gradient by the state, moving backwards in time.</summary>
    public NativeBuffer<T> StateGradient { get; } = new();

    /// <summary><c>[B, H]</c>: its gradient by the inner vector.</summary>
    public NativeBuffer<T> InnerGradient { get; } = new();

    /// <summary>Scratch of the weight gradients, a piece for each thread.</summary>
    public NativeBuffer<T> Scratch { get; } = new();

    /// <summary>
    /// In a layer that projects its output: <c>[rows, H]</c> what the cell gave, and <c>[rows, P]</c> the gradient by what became of it.
    /// </summary>
    public (NativeBuffer<T> Outputs, NativeBuffer<T> Gradient) Projected { get; } = (new(), new());

    /// <summary>In a layer whose gates are normalised.</summary>
    public NormalizationTape<T> Normalization { get; } = new();

    /// <summary>In a layer that goes on with its states: what that writes for every step.</summary>
    public GatedTape<T> Gated { get; } = new();

    /// <summary>The same for the step that is read last.</summary>
    public GatedTape<T> GatedLast { get; } = new();

    /// <summary>Where threads that share a step wait for each other.</summary>
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
