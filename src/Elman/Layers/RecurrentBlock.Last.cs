using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

// What a level gives when it has read a whole sequence: in each direction the output after the step that was read last.
internal sealed unsafe partial class RecurrentBlock<T>
{
    /// <summary>Of the sequences that end in a window which went forward: from the start the output of their last step, from the end that of their first, merged.</summary>
    /// <remarks>Where the level is residual, the inputs of those steps are added; those of the last step where the directions are merged element by element.</remarks>
    /// <param name="window">The window, with the level's inputs, which a residual level reads.</param>
    /// <param name="tape">What the forward pass left.</param>
    /// <param name="last">Takes the result, <c>[B, W]</c>, window by window.</param>
    public void Last(LayerWindow<T> window, BlockTape<T> tape, NativeBuffer<T> last)
    {
        if (window.IsFirst)
            last.Resize((long)window.Batch.Count * OutputSize);
        for (int place = window.GoingOn; place < window.Active; place++)
        {
            Span<T> y = Row(last.Start, place);
            Final(FromStart, tape.FromStart.Final, place).CopyTo(y);
            if (FromEnd is not null && StandsBeside)
                Final(FromEnd, tape.FromEnd.Final, place).CopyTo(y[HiddenSize..]);
            else if (FromEnd is not null)
                Merging.Apply(_merge, y, Final(FromEnd, tape.FromEnd.Final, place), y);
            if (IsResidual)
                AddSkipped(window, place, y);
        }
    }

    /// <summary>Lets no gradient come by the states after the next window that goes backward: before the first one, and wherever it is to be cut.</summary>
    public void ClearStateGradient(SequenceBatch<T> batch, BlockTape<T> tape)
    {
        Clear(FromStart, tape.FromStart.StateGradient, batch.Count);
        if (FromEnd is not null)
            Clear(FromEnd, tape.FromEnd.StateGradient, batch.Count);
    }

    /// <summary>Takes the gradient by <see cref="Last"/> to the last states of the sequences that end in a window.</summary>
    private void BackwardLast(LayerWindow<T> window, T* lastGradient, BlockTape<T> tape)
    {
        for (int place = window.GoingOn; place < window.Active; place++)
        {
            Span<T> dy = Row(lastGradient, place);
            Span<T> f = Final(FromStart, tape.FromStart.StateGradient, place);
            if (FromEnd is null)
            {
                dy.CopyTo(f);
            }
            else
            {
                Span<T> r = Final(FromEnd, tape.FromEnd.StateGradient, place);
                if (StandsBeside)
                {
                    dy[..HiddenSize].CopyTo(f);
                    dy[HiddenSize..].CopyTo(r);
                }
                else
                {
                    Final(FromStart, tape.FromStart.Final, place).CopyTo(f);
                    Final(FromEnd, tape.FromEnd.Final, place).CopyTo(r);
                    Merging.Differentiate(_merge, dy, f, r);
                }
            }
        }
    }

    private void AddSkipped(LayerWindow<T> window, int place, Span<T> y)
    {
        (int atStart, int atEnd) = SkippedRows(window, place);
        int half = HiddenSize;
        TensorPrimitives.Add(y[..half], Row(window.Inputs, atStart)[..half], y[..half]);
        TensorPrimitives.Add(y[half..], Row(window.Inputs, atEnd)[half..], y[half..]);
    }

    private void AddToSkipped(LayerWindow<T> window, int place, ReadOnlySpan<T> dy)
    {
        (int atStart, int atEnd) = SkippedRows(window, place);
        int half = HiddenSize;
        Span<T> left = Row(window.InputGradient, atStart)[..half], right = Row(window.InputGradient, atEnd)[half..];
        TensorPrimitives.Add(left, dy[..half], left);
        TensorPrimitives.Add(right, dy[half..], right);
    }

    /// <summary>The rows of the steps that the two halves of an output come from. Where there is but one half, the second is empty; where there are two, the window is all steps.</summary>
    private static (int FromStart, int FromEnd) SkippedRows(LayerWindow<T> window, int place) =>
        (window.Batch.RowOf(window.Batch.Lengths[place] - 1) - window.FirstRow + place, place);

    private Span<T> Row(T* matrix, int row) => new(matrix + ((nint)row * OutputSize), OutputSize);

    private static Span<T> Final(RecurrentLayer<T> layer, NativeBuffer<T> states, int place) =>
        new(states.Start + ((nint)place * layer.StateSize), layer.HiddenSize);

    private static void Clear(RecurrentLayer<T> layer, NativeBuffer<T> states, int count)
    {
        states.Resize((long)count * layer.StateSize);
        states.Clear();
    }
}
