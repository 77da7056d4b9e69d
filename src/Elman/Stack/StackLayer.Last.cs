using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Stack;

// The output of a layer for a whole sequence: in each direction the output after the step that was read last.
internal sealed unsafe partial class StackLayer<T>
{
    /// <summary>
    /// Computes the last outputs of the sequences that end in a window: in the forward direction of their last step, in the backward
    /// direction of their first, merged.
    /// </summary>
    /// <remarks>
    /// In a residual layer, the inputs of those steps are added; if the directions are merged element by element, the inputs of the last
    /// step.
    /// </remarks>
    /// <param name="window">The window of the forward pass, with the layer's inputs.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="last">Receives the result, <c>[B, W]</c>, window by window.</param>
    /// <param name="workers">The threads to use.</param>
    public void Last(LayerWindow<T> window, StackLayerTape<T> tape, NativeBuffer<T> last, Workers workers)
    {
        if (window.IsFirst)
            last.Resize((long)window.Batch.Count * OutputSize);
        LayerWindow<T> read = Dropped(window, tape);
        if (FromEnd is null || ConcatenatesDirections)
        {
            FromStart.Last(read, tape.FromStart, last.Start, OutputSize, workers);
            FromEnd?.Last(read, tape.FromEnd, last.Start + DirectionWidth, OutputSize, workers);
        }
        else
        {
            (NativeBuffer<T> f, NativeBuffer<T> r) = tape.UnmergedLast;
            f.Resize(last.Length);
            r.Resize(last.Length);
            FromStart.Last(read, tape.FromStart, f.Start, DirectionWidth, workers);
            FromEnd.Last(read, tape.FromEnd, r.Start, DirectionWidth, workers);
            Merging.Apply(_merge, f.Span, r.Span, last.Span);
        }
        for (int place = window.ContinuingCount; place < window.Active && IsResidual; place++)
            AddSkipped(window, place, Row(last.Start, place));
    }

    /// <summary>
    /// Sets the gradient with respect to the states after the next backward window to zero: before the first one, and at truncations.
    /// </summary>
    public void ClearStateGradient(SequenceBatch<T> batch, StackLayerTape<T> tape)
    {
        FromStart.ClearStateGradient(batch, tape.FromStart);
        FromEnd?.ClearStateGradient(batch, tape.FromEnd);
    }

    /// <summary>Adds the gradient with respect to <see cref="Last"/> to that of the last states of the sequences that end in a
    /// window.</summary>
    private void BackwardLast(LayerWindow<T> window, T* lastGradient, StackLayerTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        if (FromEnd is null || ConcatenatesDirections)
        {
            FromStart.BackwardLast(window, tape.FromStart, lastGradient, OutputSize, gradients, workers);
            FromEnd?.BackwardLast(window, tape.FromEnd, lastGradient + DirectionWidth, OutputSize, gradients, workers);
            return;
        }
        (NativeBuffer<T> f, NativeBuffer<T> r) = tape.UnmergedLast;
        Merging.Differentiate(_merge, new ReadOnlySpan<T>(lastGradient, (int)f.Length), f.Span, r.Span);
        FromStart.BackwardLast(window, tape.FromStart, f.Start, DirectionWidth, gradients, workers);
        FromEnd.BackwardLast(window, tape.FromEnd, r.Start, DirectionWidth, gradients, workers);
    }

    private void AddSkipped(LayerWindow<T> window, int place, Span<T> y)
    {
        (int atStart, int atEnd) = SkippedRows(window, place);
        int half = DirectionWidth;
        TensorPrimitives.Add(y[..half], Row(window.Inputs, atStart)[..half], y[..half]);
        TensorPrimitives.Add(y[half..], Row(window.Inputs, atEnd)[half..], y[half..]);
    }

    private void AddToSkipped(LayerWindow<T> window, int place, ReadOnlySpan<T> dy)
    {
        (int atStart, int atEnd) = SkippedRows(window, place);
        int half = DirectionWidth;
        Span<T> left = Row(window.InputGradient, atStart)[..half], right = Row(window.InputGradient, atEnd)[half..];
        TensorPrimitives.Add(left, dy[..half], left);
        TensorPrimitives.Add(right, dy[half..], right);
    }

    /// <summary>
    /// Returns the rows of the steps whose inputs are added to the two halves of an output. With one half, the second is not used; with two
    /// halves, the window is all steps.
    /// </summary>
    private static (int FromStart, int FromEnd) SkippedRows(LayerWindow<T> window, int place) =>
        (window.Batch.RowOf(window.Batch.Lengths[place] - 1) - window.FirstRow + place, place);

    /// <summary>Returns the window with the inputs after dropout.</summary>
    private static LayerWindow<T> Dropped(LayerWindow<T> window, StackLayerTape<T> tape) =>
        tape.InputMask.IsDrawn ? window with { Inputs = tape.Dropped.Start } : window;

    private Span<T> Row(T* matrix, int row) => new(matrix + ((nint)row * OutputSize), OutputSize);
}
