using Elman.Cells;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

internal sealed unsafe partial class Recurrent<TCell, T>
{
    public override void Forward(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        SequenceBatch<T> batch = window.Batch;
        int active = batch.ActiveAt(window.FirstStep), kept = tape.KeepsSteps ? window.Rows : active;
        tape.Gates.Resize((long)kept * GateSize);
        tape.Inner.Resize(TCell.HasInner ? (long)kept * UnitStride : 0);
        tape.States.Resize((tape.KeepsSteps ? window.Rows : 2L * active) * StateSize);
        tape.Final.Resize((long)batch.Count * StateSize);
        tape.Carry.Resize((long)batch.Count * StateSize);

        RecurrentPass<T> pass = Plan(window, tape, workers);
        int carried = pass.BegunAt(pass.FirstVisited) * StateSize;
        new Span<T>(tape.Carry.Start, carried).CopyTo(new(pass.Step(pass.FirstVisited, 0).Previous, carried));
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

    private RecurrentPass<T> Plan(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers) =>
        new(this, _unitWeights.Start, window, tape, workers.PartsFor((long)window.Rows * GateSize * (InputSize + HiddenSize)));

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

    /// <summary>The gates of a step, for some units, but for those of the inner vector: first the sequences that have a state, then those that begin here from zeros.</summary>
    private void ForwardGates(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int begun = Math.Clamp(pass.BegunAt(t) - firstPlace, 0, rows), beginning = firstPlace + begun;
        if (begun > 0)
            Products(pass.Inputs(t, firstPlace), pass.Step(t, firstPlace), begun, fromZero: false, firstUnit, units);
        if (begun == rows)
            return;
        CellStep<T> step = pass.Step(t, beginning);
        ClearStates(step.Previous, rows - begun, firstUnit, units);
        Products(pass.Inputs(t, beginning), step, rows - begun, fromZero: true, firstUnit, units);
    }

    private void ForwardInner(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int begun = Math.Clamp(pass.BegunAt(t) - firstPlace, 0, rows);
        if (begun > 0)
            InnerProducts(pass.Step(t, firstPlace), begun, fromZero: false, firstUnit, units);
        if (begun < rows)
            InnerProducts(pass.Step(t, firstPlace + begun), rows - begun, fromZero: true, firstUnit, units);
    }

    private void ClearStates(T* states, int rows, int firstUnit, int units)
    {
        for (T* end = states + ((nint)rows * StateSize); states < end; states += UnitStride)
            new Span<T>(states + firstUnit, units).Clear();
    }

    /// <summary>The cell, for some units: the sequences that go on come first, those for which this was the last step after them.</summary>
    private void ForwardCell(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int going = pass.GoingFrom(t, firstPlace, rows);
        if (going > 0)
        {
            CellStep<T> step = pass.RowsGoing(t, firstPlace);
            _pass.Forward(_cell, step.FromUnit(firstUnit), going, units);
            CopyOutputs(pass, t, firstPlace, step.Next, going, firstUnit, units);
        }
        if (going < rows)
        {
            CellStep<T> step = pass.RowsEnding(t, firstPlace + going);
            _pass.Forward(_cell, step.FromUnit(firstUnit), rows - going, units);
            CopyOutputs(pass, t, firstPlace + going, step.Next, rows - going, firstUnit, units);
        }
    }

    /// <summary>Takes the outputs out of the states, for whoever reads every step.</summary>
    private void CopyOutputs(in RecurrentPass<T> pass, int t, int firstPlace, T* states, int rows, int firstUnit, int units)
    {
        if (pass.Window.Outputs == null)
            return;
        T* outputs = pass.Window.Outputs + pass.OutputAt(t, firstPlace);
        int count = Math.Min(units, HiddenSize - firstUnit);
        for (; rows > 0; rows--, states += StateSize, outputs += pass.Window.OutputStride)
            new ReadOnlySpan<T>(states + firstUnit, count).CopyTo(new(outputs + firstUnit, count));
    }

    /// <summary>A share of the sequences, step by step.</summary>
    private readonly struct ForwardJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public int Parts => pass.Parts;

        public void Execute(int part)
        {
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1), units = layer.UnitStride;
            for (int visited = 0; visited < pass.Steps; visited++)
            {
                int t = pass.StepAt(visited), rows = Math.Min(end, pass.ActiveAt(t)) - first;
                if (rows <= 0)
                    continue;
                layer.ForwardGates(pass, t, first, rows, 0, units);
                if (TCell.HasInner)
                    layer.ForwardInner(pass, t, first, rows, 0, units);
                layer.ForwardCell(pass, t, first, rows, 0, units);
            }
        }
    }
}
