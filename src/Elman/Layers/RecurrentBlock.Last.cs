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
    /// <param name="workers">Who works.</param>
    public void Last(SequenceBatch<T> batch, T* inputs, BlockTape<T> tape, NativeBuffer<T> last, Workers workers)
    {
        last.Resize((long)batch.Count * OutputSize);
        if (FromEnd is null || StandsBeside)
        {
            FromStart.Last(batch, tape.FromStart, last.Start, OutputSize, workers);
            FromEnd?.Last(batch, tape.FromEnd, last.Start + WayWidth, OutputSize, workers);
        }
        else
        {
            (NativeBuffer<T> f, NativeBuffer<T> r) = tape.UnmergedLast;
            f.Resize(last.Length);
            r.Resize(last.Length);
            FromStart.Last(batch, tape.FromStart, f.Start, WayWidth, workers);
            FromEnd.Last(batch, tape.FromEnd, r.Start, WayWidth, workers);
            Merging.Apply(_merge, f.Span, r.Span, last.Span);
        }
        for (int place = 0; place < batch.Count && IsResidual; place++)
            AddSkipped(batch, inputs, place, Row(last.Start, place));
    }

    /// <summary>Takes the gradient by <see cref="Last"/> to the last states.</summary>
    private void BackwardLast(SequenceBatch<T> batch, T* lastGradient, BlockTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        if (FromEnd is null || StandsBeside || lastGradient == null)
        {
            FromStart.BackwardLast(batch, tape.FromStart, lastGradient, OutputSize, gradients, workers);
            FromEnd?.BackwardLast(batch, tape.FromEnd, lastGradient == null ? null : lastGradient + WayWidth, OutputSize, gradients, workers);
            return;
        }
        (NativeBuffer<T> f, NativeBuffer<T> r) = tape.UnmergedLast;
        Merging.Differentiate(_merge, new ReadOnlySpan<T>(lastGradient, (int)f.Length), f.Span, r.Span);
        FromStart.BackwardLast(batch, tape.FromStart, f.Start, WayWidth, gradients, workers);
        FromEnd.BackwardLast(batch, tape.FromEnd, r.Start, WayWidth, gradients, workers);
    }

    private void AddSkipped(SequenceBatch<T> batch, T* inputs, int place, Span<T> y)
    {
        (int atStart, int atEnd) = SkippedRows(batch, place);
        int half = WayWidth;
        TensorPrimitives.Add(y[..half], Row(inputs, atStart)[..half], y[..half]);
        TensorPrimitives.Add(y[half..], Row(inputs, atEnd)[half..], y[half..]);
    }

    private void AddToSkipped(SequenceBatch<T> batch, T* inputGradient, int place, ReadOnlySpan<T> dy)
    {
        (int atStart, int atEnd) = SkippedRows(batch, place);
        int half = WayWidth;
        Span<T> left = Row(inputGradient, atStart)[..half], right = Row(inputGradient, atEnd)[half..];
        TensorPrimitives.Add(left, dy[..half], left);
        TensorPrimitives.Add(right, dy[half..], right);
    }

    /// <summary>The rows of the steps that the two halves of an output come from. Where there is but one half, the second is empty.</summary>
    private static (int FromStart, int FromEnd) SkippedRows(SequenceBatch<T> batch, int place) =>
        (batch.RowOf(batch.Lengths[place] - 1) + place, place);

    private Span<T> Row(T* matrix, int row) => new(matrix + ((nint)row * OutputSize), OutputSize);
}
