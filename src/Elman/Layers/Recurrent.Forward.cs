using Elman.Cells;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

internal sealed unsafe partial class Recurrent<TCell, T>
{
    public override void Forward(SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, Workers workers)
    {
        int active = batch.ActiveAt(firstStep), rows = batch.RowOf(endStep) - batch.RowOf(firstStep);
        int kept = tape.KeepsSteps ? rows : active;
        tape.Gates.Resize((long)kept * GateSize);
        tape.Inner.Resize(TCell.HasInner ? (long)kept * UnitStride : 0);
        tape.States.Resize((tape.KeepsSteps ? rows : 2L * active) * StateSize);
        tape.Final.Resize((long)batch.Count * StateSize);
        tape.Carry.Resize((long)batch.Count * StateSize);
        Span<T> before = new(tape.States.Start, checked(active * StateSize));
        if (firstStep == 0)
            before.Clear();
        else
            new Span<T>(tape.Carry.Start, active * StateSize).CopyTo(before);

        RecurrentPass<T> pass = Plan(batch, firstStep, endStep, tape, workers);
        if (DividesUnits(pass))
        {
            tape.Barrier.Reset();
            var together = new ForwardTogether(this, pass);
            workers.Run(ref together, pass.Parts);
            return;
        }
        var sweep = new ForwardJob(this, pass.InSmallerParts());
        workers.Run(ref sweep, sweep.Parts);
    }

    private RecurrentPass<T> Plan(SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, Workers workers)
    {
        long rows = batch.RowOf(endStep) - batch.RowOf(firstStep);
        return new RecurrentPass<T>(this, _unitWeights.Start, batch, firstStep, endStep, tape, workers.PartsFor(rows * GateSize * (InputSize + HiddenSize)));
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero)
    {
        step.UnitWeights = _unitWeights.Start;
        Products(inputs, step, rows, fromZero, 0, UnitStride);
        if (TCell.HasInner)
            InnerProducts(step, rows, fromZero, 0, UnitStride);
        _pass.Forward(_cell, step, rows, UnitStride);
    }

    /// <summary>The gates of some units: every product but those of the inner vector, the functions that follow, and the units' part of that vector.</summary>
    private void Products(T* inputs, CellStep<T> step, int rows, bool fromZero, int firstUnit, int units)
    {
        foreach (PackedGates<T> gates in _gates)
        {
            var a = RowOperand<T>.Of(inputs, InputSize, gates.InputRows);
            if (gates.Product.HasOutput && !fromZero)
            {
                a.Second = step.Previous;
                a.SecondStride = StateSize;
                a.SecondColumns = HiddenSize;
            }
            (int columns, int count) = units == UnitStride ? (gates.Columns, 1) : (units, gates.Product.Count);
            for (int gate = 0; gate < count; gate++)
            {
                int column = (gate * UnitStride) + firstUnit;
                _kernels.Multiply(a, gates.Panels(column), gates.Rows, _bias.Start + gates.FirstColumn + column, 0,
                    step.Gates + gates.FirstColumn + column, GateSize, rows, columns);
            }
        }
        Activate(step, rows, afterInner: false, firstUnit, units);
        if (TCell.HasInner)
            _pass.ForwardInner(_cell, step.FromUnit(firstUnit), rows, units);
    }

    /// <summary>The products that need the whole inner vector, and the functions that follow them.</summary>
    private void InnerProducts(CellStep<T> step, int rows, bool fromZero, int firstUnit, int units)
    {
        foreach (PackedGates<T> gates in _gates)
        {
            if (!gates.Product.Inner || fromZero)
                continue; // from zero the inner vector is zero too, since it is made of h
            (int columns, int count) = units == UnitStride ? (gates.Columns, 1) : (units, gates.Product.Count);
            for (int gate = 0; gate < count; gate++)
            {
                int column = (gate * UnitStride) + firstUnit;
                T* target = step.Gates + gates.FirstColumn + column;
                _kernels.Multiply(RowOperand<T>.Of(step.Inner, UnitStride, HiddenSize), gates.RecurrentPanels(column), gates.Rows, target, GateSize, target, GateSize, rows, columns);
            }
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

    /// <summary>The cell, for some units: the sequences that go on come first, those for which this was the last step after them.</summary>
    private void ForwardCell(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int going = Math.Clamp(pass.ActiveAt(t + 1) - firstPlace, 0, rows);
        if (going > 0)
            _pass.Forward(_cell, pass.RowsGoing(t, firstPlace).FromUnit(firstUnit), going, units);
        if (going < rows)
            _pass.Forward(_cell, pass.RowsEnding(t, firstPlace + going).FromUnit(firstUnit), rows - going, units);
    }

    /// <summary>A share of the sequences, step by step.</summary>
    private readonly struct ForwardJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public int Parts => pass.Parts;

        public void Execute(int part)
        {
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1), units = layer.UnitStride;
            for (int t = pass.FirstStep; t < pass.EndStep; t++)
            {
                int rows = Math.Min(end, pass.ActiveAt(t)) - first;
                if (rows <= 0)
                    return;
                CellStep<T> step = pass.Step(t, first);
                layer.Products(pass.Inputs(t, first), step, rows, fromZero: t == 0, 0, units);
                if (TCell.HasInner)
                    layer.InnerProducts(step, rows, fromZero: t == 0, 0, units);
                layer.ForwardCell(pass, t, first, rows, 0, units);
            }
        }
    }
}
