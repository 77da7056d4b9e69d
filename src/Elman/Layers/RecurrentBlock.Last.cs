using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

// What a level gives when it has read a whole sequence: in each direction the output after the step that was read last.
internal sealed unsafe partial class RecurrentBlock<T>
{
    /// <summary>After a forward pass over all steps: from the start the output of every sequence's last step, from the end that of its first, merged.</summary>
    /// <remarks>Where the level is residual, the inputs of those steps are added; those of the last step where the directions are merged element by element.</remarks>
    /// <param name="batch">The batch.</param>
    /// <param name="inputs">The level's inputs <c>[rows, I]</c>, which a residual level reads.</param>
    /// <param name="tape">What the forward pass left.</param>
    /// <param name="last">Takes the result, <c>[B, W]</c>.</param>
    public void Last(SequenceBatch<T> batch, T* inputs, BlockTape<T> tape, NativeBuffer<T> last)
    {
        last.Resize((long)batch.Count * OutputSize);
        for (int place = 0; place < batch.Count; place++)
        {
            Span<T> y = Row(last.Start, place);
            Final(FromStart, tape.FromStart.Final, place).CopyTo(y);
            if (FromEnd is not null && StandsBeside)
                Final(FromEnd, tape.FromEnd.Final, place).CopyTo(y[HiddenSize..]);
            else if (FromEnd is not null)
                Merging.Apply(_merge, y, Final(FromEnd, tape.FromEnd.Final, place), y);
            if (IsResidual)
                AddSkipped(batch, inputs, place, y);
        }
    }

    /// <summary>Takes the gradient by <see cref="Last"/> to the last states.</summary>
    private void BackwardLast(LayerWindow<T> window, T* lastGradient, BlockTape<T> tape)
    {
        SequenceBatch<T> batch = window.Batch;
        Clear(FromStart, tape.FromStart.StateGradient, batch.Count);
        if (FromEnd is not null)
            Clear(FromEnd, tape.FromEnd.StateGradient, batch.Count);
        for (int place = 0; place < batch.Count && lastGradient != null; place++)
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

    private void AddSkipped(SequenceBatch<T> batch, T* inputs, int place, Span<T> y)
    {
        (int atStart, int atEnd) = SkippedRows(batch, place);
        int half = HiddenSize;
        TensorPrimitives.Add(y[..half], Row(inputs, atStart)[..half], y[..half]);
        TensorPrimitives.Add(y[half..], Row(inputs, atEnd)[half..], y[half..]);
    }

    private void AddToSkipped(SequenceBatch<T> batch, T* inputGradient, int place, ReadOnlySpan<T> dy)
    {
        (int atStart, int atEnd) = SkippedRows(batch, place);
        int half = HiddenSize;
        Span<T> left = Row(inputGradient, atStart)[..half], right = Row(inputGradient, atEnd)[half..];
        TensorPrimitives.Add(left, dy[..half], left);
        TensorPrimitives.Add(right, dy[half..], right);
    }

    /// <summary>The rows of the steps that the two halves of an output come from. Where there is but one half, the second is empty.</summary>
    private static (int FromStart, int FromEnd) SkippedRows(SequenceBatch<T> batch, int place) =>
        (batch.RowOf(batch.Lengths[place] - 1) + place, place);

    private Span<T> Row(T* matrix, int row) => new(matrix + ((nint)row * OutputSize), OutputSize);

    private static Span<T> Final(RecurrentLayer<T> layer, NativeBuffer<T> states, int place) =>
        new(states.Start + ((nint)place * layer.StateSize), layer.HiddenSize);

    private static void Clear(RecurrentLayer<T> layer, NativeBuffer<T> states, int count)
    {
        states.Resize((long)count * layer.StateSize);
        states.Clear();
    }
}
