using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;

namespace Elman.Stack;

/// <summary>
/// One layer of a stack: a recurrent layer, or one for each direction with merged outputs, and optionally a residual connection,
/// <c>y = x + f(x)</c> (K. He and others, 2016).
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
            throw new ArgumentException($"{Amount.Of(InputSize, "input")} can't be added to "
                + $"{Amount.Of(OutputSize, "output")}.", nameof(plan));
    }

    /// <summary>The layer of the forward direction.</summary>
    public RecurrentLayer<T> FromStart { get; }

    /// <summary>The layer of the backward direction, or <see langword="null"/>.</summary>
    public RecurrentLayer<T>? FromEnd { get; }

    /// <summary>Whether the inputs are added to the outputs.</summary>
    public bool IsResidual { get; }

    /// <summary>I, the number of inputs of a step.</summary>
    public int InputSize => FromStart.Shape.InputSize;

    /// <summary>W, the number of outputs of a step.</summary>
    public int OutputSize { get; }

    /// <summary>The number of outputs of a direction.</summary>
    private int DirectionWidth => FromStart.Shape.OutputSize;

    /// <summary>Whether the outputs of two directions are concatenated, those of the forward direction first.</summary>
    public bool ConcatenatesDirections => _merge == DirectionMerge.Concatenate;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        FromStart.Pack(values, forTraining, workers);
        FromEnd?.Pack(values, forTraining, workers);
    }

    /// <summary>Runs the forward pass over some steps; over all of them if there is a backward direction.</summary>
    /// <param name="window">The steps. <see cref="LayerWindow{T}.Outputs"/> <c>[rows, W]</c>, or <see langword="null"/> if only the last
    /// states are needed.</param>
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
        if (!ConcatenatesDirections)
        {
            f.Resize(window.Outputs == null ? 0 : (long)window.Rows * DirectionWidth);
            r.Resize(f.Length);
        }
        (SweepDirection<T> fromStart, SweepDirection<T>? fromEnd) = Directions(window, tape);
        Sweep<T>.Forward(fromStart, fromEnd, workers);
        if (!ConcatenatesDirections)
            Merging.Apply(_merge, f.Span, r.Span, new Span<T>(window.Outputs, (int)f.Length));
        if (IsResidual && window.Outputs != null)
            AddTo(window.Outputs, inputs, (long)window.Rows * OutputSize);
    }

    /// <summary>
    /// Runs the backward pass of a window, directly after its forward pass. The gradient with respect to the states after it must be on the
    /// tape: see <see cref="ClearStateGradient"/>.
    /// </summary>
    /// <param name="window">The steps. <see cref="LayerWindow{T}.OutputGradient"/> <c>[rows, W]</c>, or <see langword="null"/>; the
    /// gradient with respect to the inputs must be zero.</param>
    /// <param name="lastGradient">The gradient with respect to the outputs of <see cref="Last"/>, <c>[B, W]</c>; <see langword="null"/> if
    /// they were not read.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(LayerWindow<T> window, T* lastGradient, StackLayerTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        LayerWindow<T> dropped = Dropped(window, tape);
        if (lastGradient != null)
            BackwardLast(dropped, lastGradient, tape, gradients, workers);
        (NativeBuffer<T> f, NativeBuffer<T> r) = tape.Unmerged;
        if (!ConcatenatesDirections && window.OutputGradient != null)
            Merging.Differentiate(_merge, new ReadOnlySpan<T>(window.OutputGradient, (int)f.Length), f.Span, r.Span);
        (SweepDirection<T> fromStart, SweepDirection<T>? fromEnd) = Directions(dropped, tape);
        Sweep<T>.Backward(fromStart, fromEnd, gradients, workers);
        BackwardInputs(window, lastGradient, tape);
    }

    /// <summary>
    /// Computes the gradient with respect to the inputs from that of the layers' inputs: through dropout, and through the residual
    /// connection.
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
    /// Returns the window for each direction; in concatenated outputs, those of the second are on the right.
    /// </summary>
    private (SweepDirection<T> FromStart, SweepDirection<T>? FromEnd) Directions(LayerWindow<T> window, StackLayerTape<T> tape)
    {
        LayerWindow<T> right = window with { OutputStride = OutputSize }, left = right;
        if (!ConcatenatesDirections)
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

    /// <summary>Returns the window with a buffer for the outputs before the merge, and later their gradients.</summary>
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
