using System.Numerics.Tensors;
using Elman.Cells;
using Elman.RandomNumbers;

namespace Elman.Recurrent;

// The forward pass of a tile, in stages.
internal sealed unsafe partial class CellLayer<TCell, T>
{
    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        int active = window.Active, kept = tape.KeepsSteps ? window.Rows : active;
        tape.Gates.Resize((long)kept * _gateSize);
        tape.Inner.Resize(TCell.HasInner ? (long)kept * _unitStride : 0);
        tape.States.Resize((tape.KeepsSteps ? window.Rows : 2L * active) * _stateSize);
        tape.Final.Resize((long)window.Batch.Count * _stateSize);
        tape.Carry.Resize((long)window.Batch.Count * _stateSize);
        tape.MaskedOutputs.Resize(tape.RecurrentMask.IsDrawn ? (long)kept * _outputStride : 0);
        tape.Projected.Outputs.Resize(_projection is not null && tape.KeepsSteps ? (long)kept * _hiddenSize : 0);
        if (tape.KeepsSteps)
            _normalization?.Reserve(tape.Normalization, kept);

        RecurrentPass<T> pass = Plan(window, tape, parts);
        Resume(pass);
        return pass;
    }

    /// <summary>Copies the states after the previous window to the states before the first step of this window.</summary>
    private void Resume(in RecurrentPass<T> pass)
    {
        Tile first = pass.Whole(pass.FirstVisited);
        CellStep<T> step = pass.Rows(first);
        int rows = pass.Begun(first), carried = rows * _stateSize;
        new Span<T>(pass.Tape.Carry.Start, carried).CopyTo(new(step.Previous, carried));
        Mask(step.Previous + _outputOffset, _stateSize, step.RecurrentMask, step.RecurrentInput, rows, 0, _outputStride);
    }

    private RecurrentPass<T> Plan(LayerWindow<T> window, RecurrentTape<T> tape, int parts, bool isBackward = false)
    {
        tape.Barrier.Reset();
        var pass = new RecurrentPass<T>(Shape, _diagonalWeights.Start, window, tape, parts, isBackward);
        bool hasWholePanels = _projection is null && _normalization is null && _hiddenSize % _kernels.PanelWidth == 0;
        return hasWholePanels ? pass.ByUnits(_kernels.PanelWidth, Shape.WorkOfARow) : pass;
    }

    /// <summary>The forward pass of a tile: the gates, the cell, and the operations on its output.</summary>
    private void Forward(in RecurrentPass<T> pass, Tile tile, ref long met)
    {
        CellStep<T> step = pass.Rows(tile);
        NormalizationTape<T>? normalized = pass.Tape.KeepsSteps ? pass.Tape.Normalization : null;
        int begun = pass.Begun(tile), continuing = pass.Continuing(tile);
        if (begun > 0)
            _products.Forward(pass.Inputs(tile), step, tile.First(begun), fromZero: false);
        if (begun < tile.Rows)
            Begin(pass, tile.After(begun));
        FinishGates(step, tile, ofInner: false, normalized);
        if (TCell.HasInner)
        {
            MakeInner(step, tile);
            pass.Meet(ref met); // for the whole inner vector
            if (begun > 0) // from a zero state the vector is zero, too, since it is computed from h
                _products.ForwardInner(step, tile.First(begun));
            FinishGates(step, tile, ofInner: true, normalized);
        }
        if (TCell.MaskCount > 0)
            DrawZoneout(step.Gates, tile, pass.Tape.ZoneoutKey, pass.Batch.RowOf(tile.Step) + tile.FirstPlace);
        if (continuing > 0)
        {
            ForwardCell(pass, step, tile.First(continuing));
            if (step.RecurrentMask != null && pass.NextRecurrentInput(tile) is var next && next != null)
                Mask(step.Next + _outputOffset, _stateSize, step.RecurrentMask, next, continuing, tile.FirstUnit, ColumnsOf(tile));
        }
        if (continuing < tile.Rows)
            ForwardCell(pass, pass.RowsEnding(tile.After(continuing)), tile.After(continuing));
        pass.Meet(ref met); // for the whole state
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero)
    {
        var tile = new Tile(0, 0, rows, 0, _unitStride);
        step.DiagonalWeights = _diagonalWeights.Start;
        _products.Forward(inputs, step, tile, fromZero);
        FinishGates(step, tile, ofInner: false, normalized: null);
        if (TCell.HasInner)
        {
            MakeInner(step, tile);
            if (!fromZero)
                _products.ForwardInner(step, tile);
            FinishGates(step, tile, ofInner: true, normalized: null);
        }
        if (TCell.MaskCount > 0)
            DrawZoneout(step.Gates, tile, key: null, firstRow: 0);
        _pass.Forward(_cell, step, rows, _unitStride);
        _projection?.Forward(step.Next, step.Next + _outputOffset, _stateSize, rows, kept: null);
    }

    /// <summary>Clears the previous states of sequences that begin, and computes their gates from the input alone.</summary>
    private void Begin(in RecurrentPass<T> pass, Tile tile)
    {
        CellStep<T> step = pass.Rows(tile);
        Clear(step.Previous, _stateSize, tile);
        if (step.RecurrentMask != null)
            Clear(step.RecurrentInput, _outputStride, tile);
        _products.Forward(pass.Inputs(tile), step, tile, fromZero: true);
    }

    /// <summary>Normalises and activates gates in place: those that use the inner vector, or all others.</summary>
    private void FinishGates(in CellStep<T> step, Tile tile, bool ofInner, NormalizationTape<T>? normalized)
    {
        _normalization?.Forward(ofInner, step.Gates, _products.Bias, tile.Rows, normalized, step.Row);
        foreach ((GateActivation gates, bool afterInner, ActivationPass<T> pass) in _activations)
        {
            if (afterInner != ofInner)
                continue;
            (int columns, int count) = tile.Runs(gates.Count, _unitStride);
            for (int gate = 0; gate < count; gate++)
                pass.Apply(step.Gates + ((gates.FirstGate + gate) * _unitStride) + tile.FirstUnit, _gateSize, tile.Rows, columns);
        }
    }

    /// <summary>Computes the tile's part of the inner vector.</summary>
    private void MakeInner(in CellStep<T> step, Tile tile)
    {
        _pass.ForwardInner(_cell, step.FromUnit(tile.FirstUnit), tile.Rows, tile.Units);
        Mask(step.Inner, _unitStride, step.RecurrentMask, step.Inner, tile.Rows, tile.FirstUnit, tile.Units);
    }

    /// <summary>
    /// Draws the units that keep their state, from a key and the row's place in the batch; in inference sets the zoneout rate itself.
    /// </summary>
    private void DrawZoneout(T* gates, Tile tile, ulong? key, int firstRow)
    {
        int count = Math.Min(tile.Units, _hiddenSize - tile.FirstUnit);
        for (int vector = 0; vector < TCell.MaskCount; vector++)
        {
            T* mask = gates + ((TCell.GateCount - TCell.MaskCount + vector) * _unitStride) + tile.FirstUnit;
            for (long row = 0; row < tile.Rows; row++, mask += _gateSize)
            {
                new Span<T>(mask, tile.Units).Fill(T.CreateTruncating(_zoneout));
                long first = ((((firstRow + row) * TCell.MaskCount) + vector) * ((_hiddenSize + 3) / 4 * 4)) + tile.FirstUnit;
                if (key is { } drawn)
                    RandomMask.Draw(new Span<T>(mask, count), drawn, first, _zoneout, T.One, T.Zero);
            }
        }
    }

    /// <summary>Computes the states after a step, then the projection of the output; copies the output if the layer above or
    /// the readout reads every step.</summary>
    private void ForwardCell(in RecurrentPass<T> pass, in CellStep<T> step, Tile tile)
    {
        _pass.Forward(_cell, step.FromUnit(tile.FirstUnit), tile.Rows, tile.Units);
        T* kept = pass.Tape.KeepsSteps ? pass.Tape.Projected.Outputs.Start + (step.Row * _hiddenSize) : null;
        _projection?.Forward(step.Next, step.Next + _outputOffset, _stateSize, tile.Rows, kept);
        if (pass.Window.Outputs != null)
            TakeOutputs(step.Next, pass.Window.Outputs + pass.OutputAt(tile), pass.Window.OutputStride, tile);
    }

    /// <summary>Clears a range of units of every vector of some rows.</summary>
    private void Clear(T* vectors, int rowSize, Tile tile)
    {
        T* end = vectors + ((nint)tile.Rows * rowSize);
        if (tile.Units == _unitStride)
            new Span<T>(vectors, tile.Rows * rowSize).Clear();
        else
            for (; vectors < end; vectors += _unitStride)
                new Span<T>(vectors + tile.FirstUnit, tile.Units).Clear();
    }

    /// <summary>Multiplies a range of columns of some rows by the row of a mask of their sequence, if there is a mask.</summary>
    private void Mask(T* values, nint stride, T* mask, T* masked, int rows, int first, int count)
    {
        for (; rows > 0 && mask != null; rows--, values += stride, mask += _outputStride, masked += _outputStride)
            TensorPrimitives.Multiply(new ReadOnlySpan<T>(values + first, count), new ReadOnlySpan<T>(mask + first, count),
                new Span<T>(masked + first, count));
    }
}
