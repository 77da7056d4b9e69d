using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

// The backward pass of a tile, in stages, and the gradients of the weights after all tiles.
internal sealed unsafe partial class CellLayer<TCell, T>
{
    /// <summary>
    /// Whether the product's gradient is added to the one that the cell wrote for the previous output. A projected output is
    /// not passed on by the cell, so its gradient is overwritten.
    /// </summary>
    private bool AddsOutputGradient => TCell.PassesOutputOn && _projection is null;

    public override RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers)
    {
        tape.InnerGradient.Resize(TCell.HasInner ? (long)window.Batch.Count * _unitStride : 0);
        tape.MaskedGradient.Resize(tape.RecurrentMask.IsDrawn ? (long)window.Batch.Count * _outputStride : 0);
        tape.Projected.Gradient.Resize(_projection is null ? 0 : (long)window.Rows * _recurrentSize);
        return Plan(window, tape, parts, isBackward: true);
    }

    /// <summary>The backward pass of a tile: from the gradient with respect to the states after it to those of its gates and of the states
    /// before it.</summary>
    private void Backward(in RecurrentPass<T> pass, Tile tile, ref long met)
    {
        CellStep<T> step = pass.Rows(tile);
        AddOutputGradient(pass, step, tile);
        _projection?.Backward(step.StateGradient + _outputOffset, step.StateGradient, _stateSize, tile.Rows,
            adds: TCell.PassesOutputOn, pass.Tape.Projected.Gradient.Start + (step.Row * _recurrentSize));

        int continuing = pass.Continuing(tile), begun = pass.Begun(tile);
        if (continuing > 0)
            _pass.Backward(_cell, step.FromUnit(tile.FirstUnit), continuing, tile.Units);
        if (continuing < tile.Rows)
            _pass.Backward(
                _cell, pass.RowsEnding(tile.After(continuing)).FromUnit(tile.FirstUnit), tile.Rows - continuing, tile.Units);
        ClearPadding(step.Gates, tile.Rows);
        _normalization?.Backward(ofInner: TCell.HasInner, step.Gates, tile.Rows, pass.Tape.Normalization, step.Row);
        if (TCell.HasInner)
        {
            pass.Meet(ref met); // for the gates that use the inner vector
            BackwardInner(step, tile);
            _normalization?.Backward(ofInner: false, step.Gates, tile.Rows, pass.Tape.Normalization, step.Row);
        }
        pass.Meet(ref met); // for all gates
        if (begun > 0 && !_products.Output.IsEmpty)
            BackwardOutput(pass, step, tile.First(begun));
        else if (begun > 0 && !TCell.PassesOutputOn)
            ClearOutputGradient(step, tile.First(begun));
    }

    /// <summary>The gradient of the previous output is zero if neither the cell nor a product uses that output.</summary>
    private void ClearOutputGradient(in CellStep<T> step, Tile tile)
    {
        T* gradient = step.StateGradient + _outputOffset + tile.FirstUnit;
        for (int row = 0; row < tile.Rows; row++, gradient += _stateSize)
            for (int vector = 0; vector < TCell.OutputCount; vector++)
                new Span<T>(gradient + (vector * _unitStride), tile.Units).Clear();
    }

    /// <summary>Clears the gates of padding units. Their weights are zero, but a slope may be infinite, and zero times infinity is
    /// NaN.</summary>
    private void ClearPadding(T* gates, int rows)
    {
        if (_unitStride == _hiddenSize)
            return;
        for (T* end = gates + ((nint)rows * _gateSize); gates < end; gates += _unitStride)
            for (int unit = _hiddenSize; unit < _unitStride; unit++)
                gates[unit] = T.Zero;
    }

    /// <summary>
    /// The gradient through the inner vector: <c>∂L/∂inner = ∂L/∂a·Whᵀ</c> of the gates that use it, then the gradients of its own inputs.
    /// </summary>
    private void BackwardInner(in CellStep<T> step, Tile tile)
    {
        _products.Inner.Multiply(
            step.Gates, _gateSize, _products.Zeros, 0, step.InnerGradient, _unitStride, tile.Rows, tile.FirstUnit, tile.Units);
        Mask(step.InnerGradient, _unitStride, step.RecurrentMask, step.InnerGradient, tile.Rows, tile.FirstUnit, tile.Units);
        _pass.BackwardInner(_cell, step.FromUnit(tile.FirstUnit), tile.Rows, tile.Units);
    }

    /// <summary>
    /// <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, for the rows that have a previous state; with recurrent dropout, through the masked h.
    /// </summary>
    private void BackwardOutput(in RecurrentPass<T> pass, in CellStep<T> step, Tile tile)
    {
        bool isMasked = step.RecurrentMask != null, adds = AddsOutputGradient && !isMasked;
        T* gradient = step.StateGradient + _outputOffset,
            product = isMasked ? pass.Tape.MaskedGradient.Start + ((nint)tile.FirstPlace * _outputStride) : gradient;
        int stride = isMasked ? _outputStride : _stateSize, columns = ColumnsOf(tile);
        _products.Output.Multiply(
            step.Gates, _gateSize, adds ? gradient : _products.Zeros, adds ? _stateSize : 0, product, stride, tile.Rows, tile.FirstUnit,
            columns);
        if (!isMasked)
            return;
        Mask(product, _outputStride, step.RecurrentMask, product, tile.Rows, tile.FirstUnit, columns);
        for (int row = 0; row < tile.Rows; row++, product += _outputStride, gradient += _stateSize)
        {
            var target = new Span<T>(gradient + tile.FirstUnit, columns);
            var values = new ReadOnlySpan<T>(product + tile.FirstUnit, columns);
            if (AddsOutputGradient)
                TensorPrimitives.Add(target, values, target);
            else
                values.CopyTo(target);
        }
    }

    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        RecurrentPass<T> pass = Plan(window, tape, workers.PartsFor(window.Rows * Shape.WorkOfARow));
        long scratch = _kernels.GradientScratchSize(Shape.InputSize, _hiddenSize);
        tape.Scratch.Resize(pass.Parts * scratch);
        var sums = new WeightGradientJob(this, pass, gradients, scratch);
        workers.Run(ref sums, pass.Parts);
        if (window.InputGradient == null)
            return;
        var inputs = new InputGradientJob(this, pass);
        workers.Run(ref inputs, pass.Parts);
    }

    /// <summary>The gradients of all weights, for a range of their columns, summed over all steps.</summary>
    private readonly struct WeightGradientJob(
        CellLayer<TCell, T> layer, RecurrentPass<T> pass, Parameters<T> gradients, long scratchSize) : IJob
    {
        public void Execute(int part)
        {
            T* scratch = pass.Tape.Scratch.Start + (part * scratchSize);
            layer._products.AddGradients(pass, part, gradients, scratch);
            layer._projection?.AddGradients(
                pass.Tape.Projected.Outputs.Start, pass.Tape.Projected.Gradient.Start, pass.Window.Rows,
                Workers.Share(layer._projection.PanelCount, part, pass.Parts), gradients, scratch);
            (int First, int End) units = Workers.Share(layer._hiddenSize, part, pass.Parts);
            layer._normalization?.AddGradients(
                pass.Tape.Normalization, units, gradients[layer._normalization.Gain], gradients[layer.Weights.Bias]);
            if (layer.Weights.Diagonal is { } diagonal)
                AddDiagonalGradients(units, gradients[diagonal]);
        }

        private void AddDiagonalGradients((int First, int End) units, T* gradient)
        {
            for (int t = pass.Window.FirstStep; t < pass.Window.EndStep; t++)
            {
                Tile all = pass.Whole(t), ending = all.After(pass.Continuing(all));
                AddDiagonalGradients(pass.Rows(all), all.Rows - ending.Rows, units, gradient);
                AddDiagonalGradients(pass.RowsEnding(ending), ending.Rows, units, gradient);
            }
        }

        /// <remarks>The cell adds these terms to the normalised gates, so their gradient is the one with respect to the normalised
        /// gates, not to the sums.</remarks>
        private void AddDiagonalGradients(CellStep<T> step, int rows, (int First, int End) units, T* gradient)
        {
            if (layer._normalization is not null)
                step.Gates = pass.Tape.Normalization.Gradient.Start + (step.Row * layer._gateSize);
            layer._pass.AddDiagonalGradients(layer._cell, step, rows, units.First, units.End, gradient, layer._hiddenSize);
        }
    }

    /// <summary><c>∂L/∂x += ∂L/∂a·Wxᵀ</c> over all steps, for a range of the rows.</summary>
    private readonly struct InputGradientJob(CellLayer<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(pass.Window.Rows, part, pass.Parts);
            int size = layer.Shape.InputSize;
            T* gates = pass.Tape.Gates.Start + ((nint)first * layer._gateSize),
                gradient = pass.Window.InputGradient + ((nint)first * size);
            layer._products.Input.Multiply(gates, layer._gateSize, gradient, size, gradient, size, end - first, 0, size);
        }
    }
}
