using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

internal sealed unsafe partial class Recurrent<TCell, T>
{
    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        SequenceBatch<T> batch = window.Batch;
        int active = batch.ActiveAt(window.FirstStep), kept = tape.KeepsSteps ? window.Rows : active;
        tape.Gates.Resize((long)kept * GateSize);
        tape.Inner.Resize(TCell.HasInner ? (long)kept * UnitStride : 0);
        tape.States.Resize((tape.KeepsSteps ? window.Rows : 2L * active) * StateSize);
        tape.Final.Resize((long)batch.Count * StateSize);
        tape.Carry.Resize((long)batch.Count * StateSize);
        tape.MaskedOutputs.Resize(tape.RecurrentMask.IsDrawn ? (long)kept * OutputStride : 0);
        tape.Projected.Outputs.Resize(_projection is not null && tape.KeepsSteps ? (long)kept * HiddenSize : 0);
        if (tape.KeepsSteps)
            _normalization?.Reserve(tape.Normalization, kept);

        RecurrentPass<T> pass = Plan(window, tape, parts);
        Resume(pass.Step(pass.FirstVisited, 0), tape, pass.BegunAt(pass.FirstVisited));
        return pass;
    }

    public override void ForwardPart(in RecurrentPass<T> pass, int part)
    {
        if (pass.DividesUnits)
            ForwardUnits(pass, part);
        else
            ForwardSequences(pass, part);
    }

    public override void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers) =>
        CopyOutputs(states, outputs, OutputSize, rows, 0, UnitStride);

    public override void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers) =>
        CopyOutputs(tape.Final.Start + ((nint)window.ContinuingCount * StateSize), last + (window.ContinuingCount * stride), stride,
            window.Active - window.ContinuingCount, 0, UnitStride);

    /// <summary>Puts the states in which the last window left the sequences before the first step of this one.</summary>
    private void Resume(CellStep<T> first, RecurrentTape<T> tape, int rows)
    {
        int carried = rows * StateSize;
        new Span<T>(tape.Carry.Start, carried).CopyTo(new(first.Previous, carried));
        if (tape.RecurrentMask.IsDrawn)
            Mask(first.Previous + OutputOffset, StateSize, first.RecurrentMask, first.RecurrentInput, rows, 0, OutputStride);
    }

    private RecurrentPass<T> Plan(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        tape.Barrier.Reset();
        var pass = new RecurrentPass<T>(this, _diagonalWeights.Start, window, tape, parts);
        return pass with { DividesUnits = IsBetterDividedByUnits(pass) };
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero)
    {
        step.DiagonalWeights = _diagonalWeights.Start;
        Products(inputs, step, rows, fromZero, 0, UnitStride, tape: null);
        if (TCell.HasInner)
            InnerProducts(step, rows, fromZero, 0, UnitStride, tape: null);
        if (TCell.MaskCount > 0)
            FillZoneout(step.Gates, rows, 0, UnitStride, key: null, firstRow: 0);
        _pass.Forward(_cell, step, rows, UnitStride);
        _projection?.Forward(step.Next, step.Next + OutputOffset, StateSize, rows);
    }

    /// <summary>
    /// The gates of some units: every product but those of the inner vector, the functions that follow, and the units' part of that vector.
    /// </summary>
    private void Products(T* inputs, CellStep<T> step, int rows, bool fromZero, int firstUnit, int units, NormalizationTape<T>? tape)
    {
        T* bias = _normalization is null ? _bias.Start : _zeros.Start;
        foreach (PackedGates<T> gates in _gates)
        {
            var a = RowOperand<T>.Of(inputs, InputSize, gates.InputRows);
            if (gates.Product.HasOutput && !fromZero)
            {
                a.Second = step.RecurrentInput;
                a.SecondStride = step.RecurrentInputStride;
                a.SecondColumns = RecurrentSize;
            }
            (int columns, int count) = units == UnitStride ? (gates.Columns, 1) : (units, gates.Product.Count);
            for (int gate = 0; gate < count; gate++)
            {
                int column = (gate * UnitStride) + firstUnit;
                _kernels.Multiply(a, gates.Panels(column), gates.Rows, bias + gates.FirstColumn + column, 0,
                    step.Gates + gates.FirstColumn + column, GateSize, rows, columns);
            }
            if (!gates.Product.Inner)
                _normalization?.Forward(gates.Product, step.Gates, _bias.Start, rows, tape, step.Row);
        }
        Activate(step, rows, afterInner: false, firstUnit, units);
        if (!TCell.HasInner)
            return;
        _pass.ForwardInner(_cell, step.FromUnit(firstUnit), rows, units);
        if (step.RecurrentMask != null)
            Mask(step.Inner, UnitStride, step.RecurrentMask, step.Inner, rows, firstUnit, units);
    }

    /// <summary>The products that need the whole inner vector, and the functions that follow them.</summary>
    private void InnerProducts(CellStep<T> step, int rows, bool fromZero, int firstUnit, int units, NormalizationTape<T>? tape)
    {
        foreach (PackedGates<T> gates in _gates)
        {
            if (!gates.Product.Inner)
                continue;
            (int columns, int count) = units == UnitStride ? (gates.Columns, 1) : (units, gates.Product.Count);
            for (int gate = 0; gate < count && !fromZero; gate++) // from zero the inner vector is zero too, since it is made of h
            {
                int column = (gate * UnitStride) + firstUnit;
                T* target = step.Gates + gates.FirstColumn + column;
                _kernels.Multiply(RowOperand<T>.Of(step.Inner, UnitStride, HiddenSize), gates.RecurrentPanels(column), gates.Rows, target,
                    GateSize, target, GateSize, rows, columns);
            }
            _normalization?.Forward(gates.Product, step.Gates, _bias.Start, rows, tape, step.Row);
        }
        Activate(step, rows, afterInner: true, firstUnit, units);
    }

    private void Activate(CellStep<T> step, int rows, bool afterInner, int firstUnit, int units)
    {
        foreach ((GateActivation gates, bool later, ActivationPass<T> pass) in _activations)
        {
            if (later != afterInner)
                continue;
            (int columns, int count) = units == UnitStride ? (gates.Count * UnitStride, 1) : (units, gates.Count);
            for (int gate = 0; gate < count; gate++)
                pass.Apply(step.Gates + ((gates.FirstGate + gate) * UnitStride) + firstUnit, GateSize, rows, columns);
        }
    }

    /// <summary>
    /// The gates of a step, for some units, but for those of the inner vector: first the sequences that have a state,
    /// then those that begin here from zeros.
    /// </summary>
    private void ForwardGates(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int begun = Math.Clamp(pass.BegunAt(t) - firstPlace, 0, rows), beginning = firstPlace + begun;
        if (begun > 0)
            Products(pass.Inputs(t, firstPlace), pass.Step(t, firstPlace), begun, fromZero: false, firstUnit, units, TapeOf(pass));
        if (begun == rows)
            return;
        CellStep<T> step = pass.Step(t, beginning);
        Clear(step.Previous, StateSize, rows - begun, firstUnit, units);
        if (step.RecurrentMask != null)
            Clear(step.RecurrentInput, OutputStride, rows - begun, firstUnit, units);
        Products(pass.Inputs(t, beginning), step, rows - begun, fromZero: true, firstUnit, units, TapeOf(pass));
    }

    private void ForwardInner(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int begun = Math.Clamp(pass.BegunAt(t) - firstPlace, 0, rows);
        if (begun > 0)
            InnerProducts(pass.Step(t, firstPlace), begun, fromZero: false, firstUnit, units, TapeOf(pass));
        if (begun < rows)
            InnerProducts(pass.Step(t, firstPlace + begun), rows - begun, fromZero: true, firstUnit, units, TapeOf(pass));
    }

    /// <summary>Some units of every vector of some rows.</summary>
    private void Clear(T* vectors, int rowSize, int rows, int firstUnit, int units)
    {
        T* end = vectors + ((nint)rows * rowSize);
        if (units == UnitStride)
            new Span<T>(vectors, rows * rowSize).Clear();
        else
            for (; vectors < end; vectors += UnitStride)
                new Span<T>(vectors + firstUnit, units).Clear();
    }

    /// <summary>Some units of some rows, each multiplied by its sequence's row of a mask.</summary>
    private void Mask(T* values, nint stride, T* mask, T* masked, int rows, int firstUnit, int units)
    {
        for (; rows > 0; rows--, values += stride, mask += OutputStride, masked += OutputStride)
            TensorPrimitives.Multiply(new ReadOnlySpan<T>(values + firstUnit, units), new ReadOnlySpan<T>(mask + firstUnit, units),
                new Span<T>(masked + firstUnit, units));
    }

    /// <summary>The cell, for some units: the sequences that go on come first, those for which this was the last step after them.</summary>
    private void ForwardCell(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        if (TCell.MaskCount > 0)
            FillZoneout(pass.Step(t, firstPlace).Gates, rows, firstUnit, units, pass.Tape.ZoneoutKey, pass.Batch.RowOf(t) + firstPlace);
        int going = pass.ContinuingFrom(t, firstPlace, rows);
        if (going > 0)
        {
            CellStep<T> step = pass.RowsContinuing(t, firstPlace);
            _pass.Forward(_cell, step.FromUnit(firstUnit), going, units);
            Project(pass, step, going);
            CopyOutputs(pass, t, firstPlace, step.Next, going, firstUnit, units);
            if (step.RecurrentMask != null && !pass.IsLastVisited(t))
                Mask(step.Next + OutputOffset, StateSize, step.RecurrentMask, pass.MaskedOutputsAfter(t, firstPlace), going,
                    firstUnit, ColumnsOf(units));
        }
        if (going < rows)
        {
            CellStep<T> step = pass.RowsEnding(t, firstPlace + going);
            _pass.Forward(_cell, step.FromUnit(firstUnit), rows - going, units);
            Project(pass, step, rows - going);
            CopyOutputs(pass, t, firstPlace + going, step.Next, rows - going, firstUnit, units);
        }
    }

    /// <summary>Makes a smaller output of the cell's, and keeps the cell's own for the gradient.</summary>
    private void Project(in RecurrentPass<T> pass, CellStep<T> step, int rows)
    {
        if (_projection is null)
            return;
        _projection.Forward(step.Next, step.Next + OutputOffset, StateSize, rows);
        T* kept = pass.Tape.Projected.Outputs.Start + (step.Row * HiddenSize);
        for (nint row = 0; row < rows && pass.Tape.KeepsSteps; row++)
            new ReadOnlySpan<T>(step.Next + (row * StateSize), HiddenSize).CopyTo(new(kept + (row * HiddenSize), HiddenSize));
    }

    private static NormalizationTape<T>? TapeOf(in RecurrentPass<T> pass) => pass.Tape.KeepsSteps ? pass.Tape.Normalization : null;

    /// <summary>
    /// Which units keep their state: drawn by a key and the row's place in the batch, or outside training the rate itself.
    /// </summary>
    private void FillZoneout(T* gates, int rows, int firstUnit, int units, ulong? key, int firstRow)
    {
        int count = Math.Min(units, HiddenSize - firstUnit);
        for (int vector = 0; vector < TCell.MaskCount; vector++)
        {
            T* mask = gates + ((TCell.GateCount - TCell.MaskCount + vector) * UnitStride);
            for (long row = 0; row < rows; row++, mask += GateSize)
            {
                new Span<T>(mask + firstUnit, units).Fill(T.CreateTruncating(_zoneout));
                long first = ((((firstRow + row) * TCell.MaskCount) + vector) * ((HiddenSize + 3) / 4 * 4)) + firstUnit;
                if (key is { } drawn)
                    RandomMask.Draw(new Span<T>(mask + firstUnit, count), drawn, first, _zoneout, T.One, T.Zero);
            }
        }
    }

    /// <summary>Takes the outputs of every step out of the states.</summary>
    private void CopyOutputs(in RecurrentPass<T> pass, int t, int firstPlace, T* states, int rows, int firstUnit, int units)
    {
        if (pass.Window.Outputs == null)
            return;
        CopyOutputs(states, pass.Window.Outputs + pass.OutputAt(t, firstPlace), pass.Window.OutputStride, rows, firstUnit, units);
    }

    /// <summary>Takes outputs out of states, some units of each.</summary>
    private void CopyOutputs(T* states, T* outputs, nint stride, int rows, int firstUnit, int units)
    {
        int count = CountOf(firstUnit, units);
        states += OutputOffset;
        for (; rows > 0; rows--, states += StateSize, outputs += stride)
            for (int vector = 0; vector < TCell.OutputCount; vector++)
                new ReadOnlySpan<T>(states + (vector * UnitStride) + firstUnit, count)
                    .CopyTo(new(outputs + (vector * RecurrentSize) + firstUnit, count));
    }

    /// <summary>A share of the sequences, step by step.</summary>
    private void ForwardSequences(in RecurrentPass<T> pass, int part)
    {
        int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1);
        for (int visited = 0; visited < pass.Steps; visited++)
        {
            int t = pass.StepAt(visited), rows = Math.Min(end, pass.ActiveAt(t)) - first;
            if (rows <= 0)
                continue;
            ForwardGates(pass, t, first, rows, 0, UnitStride);
            if (TCell.HasInner)
                ForwardInner(pass, t, first, rows, 0, UnitStride);
            ForwardCell(pass, t, first, rows, 0, UnitStride);
        }
    }
}
