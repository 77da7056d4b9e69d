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
        tape.Inner.Resize(TCell.HasInner ? (long)kept * HiddenSize : 0);
        tape.States.Resize((long)rows * StateSize);
        tape.Final.Resize((long)batch.Count * StateSize);
        tape.Carry.Resize((long)batch.Count * StateSize);
        Span<T> before = new(tape.States.Start, checked(active * StateSize));
        if (firstStep == 0)
            before.Clear();
        else
            new Span<T>(tape.Carry.Start, active * StateSize).CopyTo(before);

        var pass = new RecurrentPass<T>(this, batch, firstStep, endStep, tape, workers.PartsFor((long)rows * GateSize * (InputSize + HiddenSize)));
        var sweep = new ForwardJob(this, pass);
        workers.Run(ref sweep, pass.Parts);
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero)
    {
        step.UnitWeights = _unitWeights.Start;
        Gates(inputs, step, rows, fromZero);
        _pass.Forward(_cell, step, rows);
    }

    /// <summary>The gates of a step: all products, the inner vector between them, and the functions that the layer applies.</summary>
    private void Gates(T* inputs, CellStep<T> step, int rows, bool fromZero)
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
            _kernels.Multiply(a, gates.Panels, gates.Rows, _bias.Start + gates.FirstColumn, 0, step.Gates + gates.FirstColumn, GateSize, rows, gates.Columns);
        }
        Activate(step, rows, afterInner: false);
        if (!TCell.HasInner)
            return;

        _pass.ForwardInner(_cell, step, rows);
        foreach (PackedGates<T> gates in _gates)
        {
            if (!gates.Product.Inner || fromZero)
                continue; // from zero the inner vector is zero too, since it is made of h
            T* target = step.Gates + gates.FirstColumn;
            _kernels.Multiply(RowOperand<T>.Of(step.Inner, HiddenSize, HiddenSize), gates.RecurrentPanels, gates.Rows, target, GateSize, target, GateSize, rows, gates.Columns);
        }
        Activate(step, rows, afterInner: true);
    }

    private void Activate(CellStep<T> step, int rows, bool afterInner)
    {
        foreach ((GateActivation gates, bool later, ActivationPass<T> pass) in _activations)
            if (later == afterInner)
                pass.Apply(step.Gates + (gates.FirstGate * HiddenSize), GateSize, rows, gates.Count * HiddenSize);
    }

    /// <summary>A share of the sequences, step by step.</summary>
    private readonly struct ForwardJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public void Execute(int part)
        {
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1);
            for (int t = pass.FirstStep; t < pass.EndStep; t++)
            {
                int rows = Math.Min(end, pass.ActiveAt(t)) - first;
                if (rows <= 0)
                    return;
                CellStep<T> step = pass.Step(t, first);
                step.UnitWeights = layer._unitWeights.Start;
                layer.Gates(pass.Inputs(t) + ((nint)first * layer.InputSize), step, rows, fromZero: t == 0);

                // The sequences that go on come first, those for which this was the last step after them.
                int going = Math.Clamp(pass.ActiveAt(t + 1) - first, 0, rows);
                if (going > 0)
                {
                    step.Next = pass.StateAfter(t, first);
                    layer._pass.Forward(layer._cell, step, going);
                }
                if (going < rows)
                {
                    CellStep<T> ending = pass.Step(t, first + going);
                    ending.UnitWeights = step.UnitWeights;
                    ending.Next = pass.FinalState(first + going);
                    layer._pass.Forward(layer._cell, ending, rows - going);
                }
            }
        }
    }
}
