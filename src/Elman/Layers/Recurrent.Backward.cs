using Elman.Cells;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

internal sealed unsafe partial class Recurrent<TCell, T>
{
    public override void Backward(SequenceBatch<T> batch, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        tape.InnerGradient.Resize(TCell.HasInner ? (long)batch.Count * UnitStride : 0);
        RecurrentPass<T> pass = Plan(batch, 0, batch.Steps, tape, workers);
        if (DividesUnits(pass))
        {
            tape.Barrier.Reset();
            var together = new BackwardTogether(this, pass);
            workers.Run(ref together, pass.Parts);
        }
        else
        {
            var sweep = new BackwardJob(this, pass.InSmallerParts());
            workers.Run(ref sweep, sweep.Parts);
        }

        long scratch = _kernels.GradientScratchSize(InputSize, HiddenSize);
        tape.Scratch.Resize(pass.Parts * scratch);
        var sums = new WeightGradientJob(this, pass, gradients, scratch);
        workers.Run(ref sums, pass.Parts);
    }

    /// <summary>The cell's gradient, for some units.</summary>
    private void BackwardCell(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        int going = Math.Clamp(pass.ActiveAt(t + 1) - firstPlace, 0, rows);
        if (going > 0)
            _pass.Backward(_cell, pass.RowsGoing(t, firstPlace).FromUnit(firstUnit), going, units);
        if (going < rows)
            _pass.Backward(_cell, pass.RowsEnding(t, firstPlace + going).FromUnit(firstUnit), rows - going, units);
        ClearPadding(pass.Step(t, firstPlace).Gates, rows);
    }

    /// <summary>Gates of units that only fill up: their weights are zero, but zero times infinity, which a slope may be, is not.</summary>
    private void ClearPadding(T* gates, int rows)
    {
        if (UnitStride == HiddenSize)
            return;
        for (T* end = gates + ((nint)rows * GateSize); gates < end; gates += UnitStride)
            for (int unit = HiddenSize; unit < UnitStride; unit++)
                gates[unit] = T.Zero;
    }

    /// <summary>By way of the inner vector: <c>∂L/∂inner = ∂L/∂a·Whᵀ</c> of the gates that it goes into, then on to what it was made of.</summary>
    private void BackwardInner(CellStep<T> step, int rows, int firstUnit, int units)
    {
        _innerTranspose.Multiply(step.Gates, GateSize, _zeros.Start, 0, step.InnerGradient, UnitStride, rows, firstUnit, units);
        _pass.BackwardInner(_cell, step.FromUnit(firstUnit), rows, units);
    }

    /// <summary><c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, for some units.</summary>
    private void BackwardOutput(CellStep<T> step, int rows, int firstUnit, int units)
    {
        if (_outputTranspose.IsEmpty)
            return;
        T* addend = TCell.PassesOutputOn ? step.StateGradient : _zeros.Start;
        _outputTranspose.Multiply(
            step.Gates, GateSize, addend, TCell.PassesOutputOn ? StateSize : 0, step.StateGradient, StateSize, rows, firstUnit, units);
    }

    /// <summary>Step by step back in time for a share of the sequences.</summary>
    private readonly struct BackwardJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public int Parts => pass.Parts;

        public void Execute(int part)
        {
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1), units = layer.UnitStride;
            for (int t = pass.EndStep - 1; t >= 0; t--)
            {
                int rows = Math.Min(end, pass.ActiveAt(t)) - first;
                if (rows <= 0)
                    continue;
                CellStep<T> step = pass.Step(t, first);
                layer.BackwardCell(pass, t, first, rows, 0, units);
                if (TCell.HasInner)
                    layer.BackwardInner(step, rows, 0, units);
                if (t > 0)
                    layer.BackwardOutput(step, rows, 0, units);
            }
        }
    }

    /// <summary>The gates of a product as columns that follow each other both on the tape and in the gradient: all at once, or where gates are padded, gate by gate.</summary>
    private (int Count, int Columns, int Panels) GradientRuns(GateProduct product)
    {
        (int count, int columns) = UnitStride == HiddenSize ? (1, product.Count * HiddenSize) : (product.Count, HiddenSize);
        return (count, columns, _kernels.Pad(columns) / _kernels.PanelWidth);
    }

    /// <summary>The gradients of Wx, Wh, b and the unit weights: a share of their columns, summed over all steps.</summary>
    private readonly struct WeightGradientJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass, Parameters<T> gradients, long scratchSize) : IJob
    {
        public void Execute(int part)
        {
            KernelSet<T> kernels = layer._kernels;
            T* scratch = pass.Tape.Scratch.Start + (part * scratchSize);
            CellStep<T> rows = pass.Step(0, 0);
            long all = layer._gradientPanelCount;
            int first = (int)(all * part / pass.Parts), end = (int)(all * (part + 1) / pass.Parts), before = 0;
            foreach (PackedGates<T> gates in layer._gates)
            {
                (int runs, int columns, int panels) = layer.GradientRuns(gates.Product);
                for (int run = 0; run < runs; run++, before += panels)
                {
                    int firstColumn = Math.Max(first - before, 0) * kernels.PanelWidth, endColumn = Math.Min((end - before) * kernels.PanelWidth, columns);
                    if (firstColumn < endColumn)
                        kernels.AddGradients(
                            InputOperand(gates.Product, run), RecurrentOperand(gates.Product, run, rows),
                            rows.Gates + gates.FirstColumn + (run * layer.UnitStride), layer.GateSize, pass.Batch.Rows,
                            firstColumn, endColumn, gradients[layer.Bias] + ((gates.Product.FirstGate + run) * layer.HiddenSize), scratch);
                }
            }
            if (layer.UnitWeights is not null)
                UnitGradients((int)((long)layer.HiddenSize * part / pass.Parts), (int)((long)layer.HiddenSize * (part + 1) / pass.Parts), gradients[layer.UnitWeights]);
        }

        private GradientOperand<T> InputOperand(GateProduct product, int run) => !product.HasInput ? default : new()
        {
            A = pass.Inputs(0, 0),
            Stride = layer.InputSize,
            Columns = layer.InputSize,
            Gradient = gradients[layer.InputWeights] + ((product.InputGate + run) * layer.HiddenSize),
            GradientStride = layer.InputStride,
        };

        /// <remarks>The first step's rows are left out, since h_0 = 0 and so is every inner vector made of it.</remarks>
        private GradientOperand<T> RecurrentOperand(GateProduct product, int run, CellStep<T> rows) => product.RecurrentGate == GateProduct.None ? default : new()
        {
            A = product.Inner ? rows.Inner : rows.Previous,
            Stride = product.Inner ? layer.UnitStride : layer.StateSize,
            Columns = layer.HiddenSize,
            FirstRow = pass.ActiveAt(0),
            Gradient = gradients[layer.RecurrentWeights!] + ((product.RecurrentGate + run) * layer.HiddenSize),
            GradientStride = layer.RecurrentStride,
        };

        private void UnitGradients(int first, int end, T* gradient)
        {
            for (int t = 0; t < pass.EndStep; t++)
            {
                int going = pass.ActiveAt(t + 1), ending = pass.ActiveAt(t) - going;
                layer._pass.AddUnitGradients(layer._cell, pass.RowsGoing(t, 0), going, first, end, gradient, layer.HiddenSize);
                layer._pass.AddUnitGradients(layer._cell, pass.RowsEnding(t, going), ending, first, end, gradient, layer.HiddenSize);
            }
        }
    }
}
