using System.Numerics;

namespace Elman;

/// <summary>
/// A custom readout: one row of features, for the output layer, from the outputs <c>y_t</c> of all steps of a sequence. It has no weights.
/// Implement it as a small struct, with its constants, if any: see <see cref="Readout.Custom"/>.
/// </summary>
/// <remarks>
/// It processes a sequence step by step and stores what it needs in a state of fixed size, so that it works on streams and window by
/// window. Several threads call it at the same time, for different sequences: it must not change anything except the given spans. In a
/// bidirectional model the outputs of a step are those of both directions, merged.
/// </remarks>
public interface IReadout
{
    /// <summary>The name in messages and model files. It must not be that of a readout in <see cref="Readout.All"/>, in any case.</summary>
    static abstract string Name { get; }

    /// <summary>F, the number of features, at least 1.</summary>
    /// <param name="width">W, the number of outputs of a step.</param>
    static abstract int FeatureSizeFor(int width);

    /// <summary>S, the size of the state of a sequence, at least 0.</summary>
    /// <param name="width">W, the number of outputs of a step.</param>
    static abstract int StateSizeFor(int width);

    /// <summary>Sets the state of a sequence before its first step.</summary>
    /// <param name="state">The state, <c>[S]</c>; what it holds before is undefined.</param>
    /// <typeparam name="T"><see langword="float"/>, or <see langword="double"/> for gradient checks.</typeparam>
    void Begin<T>(Span<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Adds the outputs of a step to the state.</summary>
    /// <param name="outputs">y_t, <c>[W]</c>.</param>
    /// <param name="index">t, from 0.</param>
    /// <param name="state">The state, <c>[S]</c>.</param>
    /// <typeparam name="T"><see langword="float"/>, or <see langword="double"/> for gradient checks.</typeparam>
    void Take<T>(ReadOnlySpan<T> outputs, long index, Span<T> state)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Computes the features of the steps so far. On a stream it is called after every step, so it must not change the
    /// state.</summary>
    /// <param name="state">The state, <c>[S]</c>.</param>
    /// <param name="steps">T, the number of steps so far, at least 1.</param>
    /// <param name="features">Receives the features f, <c>[F]</c>.</param>
    /// <typeparam name="T"><see langword="float"/>, or <see langword="double"/> for gradient checks.</typeparam>
    void Conclude<T>(ReadOnlySpan<T> state, long steps, Span<T> features)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Computes the gradient with respect to the outputs of a step, <c>∂L/∂y_t</c>. It is called for the steps in any
    /// order.</summary>
    /// <param name="outputs">y_t, <c>[W]</c>.</param>
    /// <param name="index">t, from 0.</param>
    /// <param name="state">The state after the last step, <c>[S]</c>.</param>
    /// <param name="steps">T, the number of steps of the sequence.</param>
    /// <param name="featureGradient">∂L/∂f, <c>[F]</c>.</param>
    /// <param name="gradient">Receives ∂L/∂y_t, <c>[W]</c>; what it holds before is undefined.</param>
    /// <typeparam name="T"><see langword="float"/>, or <see langword="double"/> for gradient checks.</typeparam>
    void Backward<T>(
        ReadOnlySpan<T> outputs, long index, ReadOnlySpan<T> state, long steps, ReadOnlySpan<T> featureGradient, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
