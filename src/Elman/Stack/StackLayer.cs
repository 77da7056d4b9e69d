using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>
/// One layer of a stack: a recurrent layer, or two, one for each direction, whose outputs are merged,
/// and maybe a residual connection, <c>y = x + f(x)</c> (K. He and others, 2016).
/// </summary>
internal sealed unsafe partial class StackLayer<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DirectionMerge _merge;

    /// <summary>Adds a layer's parameters to a model's.</summary>
    public StackLayer(StackLayerPlan<T> plan)
    {
        FromStart = plan.CreateLayer(isReversed: false);
        FromEnd = plan.Merge is null ? null : plan.CreateLayer(isReversed: true);
        _merge = plan.Merge ?? DirectionMerge.Concatenate;
        IsResidual = plan.IsResidual;
        OutputSize = plan.Merge == DirectionMerge.Concatenate ? 2 * DirectionWidth : DirectionWidth;
        if (IsResidual && InputSize != OutputSize)
            throw new ArgumentException($"{InputSize} inputs can't be added to {OutputSize} outputs.", nameof(plan));
    }

    /// <summary>The layer that reads from the start.</summary>
    public RecurrentLayer<T> FromStart { get; }

    /// <summary>The layer that reads from the end, or <see langword="null"/>.</summary>
    public RecurrentLayer<T>? FromEnd { get; }

    /// <summary>Whether the inputs are added to the outputs.</summary>
    public bool IsResidual { get; }

    /// <summary>I, the number of inputs of a step.</summary>
    public int InputSize => FromStart.Shape.InputSize;

    /// <summary>Values that go out a step, W.</summary>
    public int OutputSize { get; }

    /// <summary>Values that a direction gives.</summary>
    private int DirectionWidth => FromStart.Shape.OutputSize;

    /// <summary>Whether the outputs of two directions stand beside each other, those from the start first.</summary>
    public bool StandsBeside => _merge == DirectionMerge.Concatenate;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        FromStart.Pack(values, forTraining, workers);
        FromEnd?.Pack(values, forTraining, workers);
    }

    /// <summary>Runs some steps forward; all of them where a layer reads from the end.</summary>
    /// <param name="window">The steps. <see cref="LayerWindow{T}.Outputs"/> <c>[rows, W]</c>,
    /// or <see langword="null"/> where only the last states are wanted.</param>
    /// <param name="tape">Receives the states of the window.</param>
    /// <param name="workers">The threads to use.</param>
    public void Forward(LayerWindow<T> window, StackLayerTape<T> tape, Workers workers)
    {
        T* inputs = window.Inputs;
        tape.InputMask.Draw(window.FirstRow, window.Rows, InputSize, InputSize);
        if (tape.InputMask.IsDrawn)
        {
            tape.Dropped.Resize(tape.InputMask.Values.Length);
            TensorPrimitives.Multiply<T>(
                new ReadOnlySpan<T>(inputs, (int)tape.Dropped.Length), tape.InputMask.Values.Span, tape.Dropped.Span);
            window = window with { Inputs = tape.Dropped.Start };
        }
        (NativeBuffer<T> f, NativeBuffer<T> r) = tape.Unmerged;
        if (!StandsBeside)
        {
            f.Resize(window.Outputs == null ? 0 : (long)window.Rows * DirectionWidth);
            r.Resize(f.Length);
        }
        (SweepDirection<T> fromStart, SweepDirection<T>? fromEnd) = Directions(window, tape);
        Sweep<T>.Forward(fromStart, fromEnd, workers);
        if (!StandsBeside)
            Merging.Apply(_merge, f.Span, r.Span, new Span<T>(window.Outputs, (int)f.Length));
        if (IsResidual && window.Outputs != null)
            AddTo(window.Outputs, inputs, (long)window.Rows * OutputSize);
    }

    /// <summary>
    /// Runs a window backward, right after it went forward. The gradient by the states after it must be on the tape: see
    /// <see cref="ClearStateGradient"/>.
    /// </summary>
    /// <param name="window">The steps. <see cref="LayerWindow{T}.OutputGradient"/> <c>[rows, W]</c>, or <see langword="null"/>; the
    /// gradient by the inputs must be zero.</param>
    /// <param name="lastGradient">The gradient by what <see cref="Last"/> gives, <c>[B, W]</c>;
    /// <see langword="null"/> where it has not been read.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(LayerWindow<T> window, T* lastGradient, StackLayerTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        LayerWindow<T> dropped = Dropped(window, tape);
        if (lastGradient != null)
            BackwardLast(dropped, lastGradient, tape, gradients, workers);
        (NativeBuffer<T> f, NativeBuffer<T> r) = tape.Unmerged;
        if (!StandsBeside && window.OutputGradient != null)
            Merging.Differentiate(_merge, new ReadOnlySpan<T>(window.OutputGradient, (int)f.Length), f.Span, r.Span);
        (SweepDirection<T> fromStart, SweepDirection<T>? fromEnd) = Directions(dropped, tape);
        Sweep<T>.Backward(fromStart, fromEnd, gradients, workers);
        BackwardInputs(window, lastGradient, tape);
    }

    /// <summary>
    /// From the gradient by what the layers have read to that by the inputs: through dropout, and past it where the layer is residual.
    /// </summary>
    private void BackwardInputs(LayerWindow<T> window, T* lastGradient, StackLayerTape<T> tape)
    {
        if (window.InputGradient == null)
            return;
        if (tape.InputMask.IsDrawn)
        {
            var gradient = new Span<T>(window.InputGradient, (int)tape.InputMask.Values.Length);
            TensorPrimitives.Multiply(gradient, tape.InputMask.Values.Span, gradient);
        }
        if (IsResidual && window.OutputGradient != null)
            AddTo(window.InputGradient, window.OutputGradient, (long)window.Rows * OutputSize);
        for (int place = window.ContinuingCount; IsResidual && lastGradient != null && place < window.Active; place++)
            AddToSkipped(window, place, Row(lastGradient, place));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        FromStart.Dispose();
        FromEnd?.Dispose();
    }

    /// <summary>
    /// A window of the whole layer, as each direction sees it: where outputs are concatenated, those of the second are on the right.
    /// </summary>
    private (SweepDirection<T> FromStart, SweepDirection<T>? FromEnd) Directions(LayerWindow<T> window, StackLayerTape<T> tape)
    {
        LayerWindow<T> right = window with { OutputStride = OutputSize }, left = right;
        if (!StandsBeside)
        {
            left = Unmerged(window, tape.Unmerged.FromStart);
            right = Unmerged(window, tape.Unmerged.FromEnd);
        }
        else if (FromEnd is not null)
        {
            right = left with
            {
                Outputs = window.Outputs == null ? null : window.Outputs + DirectionWidth,
                OutputGradient = window.OutputGradient == null ? null : window.OutputGradient + DirectionWidth,
            };
        }
        return (new(FromStart, left, tape.FromStart), FromEnd is null ? null : new SweepDirection<T>(FromEnd, right, tape.FromEnd));
    }

    /// <summary>What is not merged yet, or no longer, stands in a buffer: the outputs, and afterwards their gradients.</summary>
    private LayerWindow<T> Unmerged(LayerWindow<T> window, NativeBuffer<T> buffer)
    {
        T* start = buffer.Length == 0 ? null : buffer.Start;
        return window with { Outputs = start, OutputGradient = start, OutputStride = DirectionWidth };
    }

    private static void AddTo(T* target, T* values, long count)
    {
        var sum = new Span<T>(target, checked((int)count));
        TensorPrimitives.Add(sum, new ReadOnlySpan<T>(values, sum.Length), sum);
    }
}
