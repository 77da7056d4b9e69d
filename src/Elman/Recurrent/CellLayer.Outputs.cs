using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

// The outputs, copied from the states, and their gradients.
internal sealed unsafe partial class CellLayer<TCell, T>
{
    public override void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers) =>
        TakeOutputs(states, outputs, Shape.OutputSize, new Tile(0, 0, rows, 0, _unitStride));

    public override void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers) =>
        TakeOutputs(tape.Final.Start + ((nint)window.ContinuingCount * _stateSize), last + (window.ContinuingCount * stride), stride,
            new Tile(0, 0, window.Active - window.ContinuingCount, 0, _unitStride));

    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers)
    {
        T* state = tape.StateGradient.Start + ((nint)window.ContinuingCount * _stateSize) + _outputOffset;
        lastGradient += window.ContinuingCount * stride;
        for (int place = window.ContinuingCount; place < window.Active; place++, state += _stateSize, lastGradient += stride)
            for (int vector = 0; vector < TCell.OutputCount; vector++)
                new ReadOnlySpan<T>(lastGradient + (vector * _recurrentSize), _recurrentSize)
                    .CopyTo(new(state + (vector * _unitStride), _recurrentSize));
    }

    /// <summary>Copies the outputs of a tile from its states.</summary>
    private void TakeOutputs(T* states, T* outputs, nint stride, Tile tile)
    {
        int count = CountOf(tile);
        states += _outputOffset + tile.FirstUnit;
        outputs += tile.FirstUnit;
        for (int row = 0; row < tile.Rows; row++, states += _stateSize, outputs += stride)
            for (int vector = 0; vector < TCell.OutputCount; vector++)
                new ReadOnlySpan<T>(states + (vector * _unitStride), count).CopyTo(new(outputs + (vector * _recurrentSize), count));
    }

    /// <summary>Adds the gradient through a step's output to the gradient from the next step.</summary>
    private void AddOutputGradient(in RecurrentPass<T> pass, in CellStep<T> step, Tile tile)
    {
        if (pass.Window.OutputGradient == null)
            return;
        int count = CountOf(tile);
        T* gradient = pass.Window.OutputGradient + pass.OutputAt(tile) + tile.FirstUnit,
            sum = step.StateGradient + _outputOffset + tile.FirstUnit;
        for (int row = 0; row < tile.Rows; row++, sum += _stateSize, gradient += pass.Window.OutputStride)
        {
            for (int vector = 0; vector < TCell.OutputCount; vector++)
            {
                Span<T> target = new(sum + (vector * _unitStride), count);
                TensorPrimitives.Add(target, new ReadOnlySpan<T>(gradient + (vector * _recurrentSize), count), target);
            }
        }
    }

    /// <summary>
    /// The number of output columns of a tile, with padding of the last lane; of a projected output all columns, since units are not
    /// divided then.
    /// </summary>
    private int ColumnsOf(Tile tile) => _projection is null ? tile.Units : _outputStride;

    /// <summary>The same without padding.</summary>
    private int CountOf(Tile tile) => _projection is null ? Math.Min(tile.Units, _hiddenSize - tile.FirstUnit) : _recurrentSize;
}
