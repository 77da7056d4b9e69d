using System.Numerics.Tensors;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

internal sealed unsafe partial class Recurrent<TCell, T>
{
    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers)
    {
        T* state = tape.StateGradient.Start + ((nint)window.ContinuingCount * StateSize);
        lastGradient += window.ContinuingCount * stride;
        for (int place = window.ContinuingCount; place < window.Active; place++, state += StateSize, lastGradient += stride)
            for (int vector = 0; vector < TCell.OutputCount; vector++)
                new ReadOnlySpan<T>(lastGradient + (vector * RecurrentSize), RecurrentSize)
                    .CopyTo(new(state + OutputOffset + (vector * UnitStride), RecurrentSize));
    }

    public override RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers)
    {
        tape.InnerGradient.Resize(TCell.HasInner ? (long)window.Batch.Count * UnitStride : 0);
        tape.MaskedGradient.Resize(tape.RecurrentMask.IsDrawn ? (long)window.Batch.Count * OutputStride : 0);
        tape.Projected.Gradient.Resize(_projection is null ? 0 : (long)window.Rows * RecurrentSize);
        return Plan(window, tape, parts);
    }

    public override void BackwardPart(in RecurrentPass<T> pass, int part)
    {
        if (pass.DividesUnits)
            BackwardUnits(pass, part);
        else
            BackwardSequences(pass, part);
    }

    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        RecurrentPass<T> pass = Plan(window, tape, workers.PartsFor(window.Rows * WorkOfARow));
        long scratch = _kernels.GradientScratchSize(InputSize, HiddenSize);
        tape.Scratch.Resize(pass.Parts * scratch);
        var sums = new WeightGradientJob(this, pass, gradients, scratch);
        workers.Run(ref sums, pass.Parts);
        if (window.InputGradient == null)
            return;
        var inputs = new InputGradientJob(this, pass);
        workers.Run(ref inputs, pass.Parts);
    }

    /// <summary>What comes by way of a step's output joins what comes from the step after it.</summary>
    private void AddOutputGradient(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        if (pass.Window.OutputGradient == null)
            return;
        T* gradient = pass.Window.OutputGradient + pass.OutputAt(t, firstPlace),
            sum = pass.Step(t, firstPlace).StateGradient + OutputOffset;
        int count = CountOf(firstUnit, units);
        for (; rows > 0; rows--, sum += StateSize, gradient += pass.Window.OutputStride)
        {
            for (int vector = 0; vector < TCell.OutputCount; vector++)
            {
                Span<T> target = new(sum + (vector * UnitStride) + firstUnit, count);
                TensorPrimitives.Add(target, new ReadOnlySpan<T>(gradient + (vector * RecurrentSize) + firstUnit, count), target);
            }
        }
    }

    /// <summary>The cell's gradient, for some units.</summary>
    private void BackwardCell(in RecurrentPass<T> pass, int t, int firstPlace, int rows, int firstUnit, int units)
    {
        BackwardProjection(pass, pass.Step(t, firstPlace), rows);
        int going = pass.ContinuingFrom(t, firstPlace, rows);
        if (going > 0)
            _pass.Backward(_cell, pass.RowsContinuing(t, firstPlace).FromUnit(firstUnit), going, units);
        if (going < rows)
            _pass.Backward(_cell, pass.RowsEnding(t, firstPlace + going).FromUnit(firstUnit), rows - going, units);
        CellStep<T> step = pass.Step(t, firstPlace);
        ClearPadding(step.Gates, rows);
        BackwardNormalization(pass, step, rows, ofInner: TCell.HasInner);
    }

    /// <summary>From the gradient by a projected output to that by the cell's own.</summary>
    private void BackwardProjection(in RecurrentPass<T> pass, CellStep<T> step, int rows)
    {
        if (_projection is null)
            return;
        T* gradient = step.StateGradient + OutputOffset, kept = pass.Tape.Projected.Gradient.Start + (step.Row * RecurrentSize);
        for (nint row = 0; row < rows; row++)
            new ReadOnlySpan<T>(gradient + (row * StateSize), RecurrentSize).CopyTo(new(kept + (row * RecurrentSize), RecurrentSize));
        _projection.Backward(gradient, step.StateGradient, StateSize, rows, adds: TCell.PassesOutputOn);
    }

    /// <summary>
    /// From the gradients of pre-activations to those of the sums that were normalised:
    /// of the gates behind the inner vector, or of the rest.
    /// </summary>
    private void BackwardNormalization(in RecurrentPass<T> pass, CellStep<T> step, int rows, bool ofInner)
    {
        if (_normalization is null)
            return;
        foreach (PackedGates<T> gates in _gates)
            if (gates.Product.Inner == ofInner)
                _normalization.Backward(gates.Product, step.Gates, rows, pass.Tape.Normalization, step.Row);
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

    /// <summary>
    /// By way of the inner vector: <c>∂L/∂inner = ∂L/∂a·Whᵀ</c> of the gates that it goes into, then on to what it was made of.
    /// </summary>
    private void BackwardInner(CellStep<T> step, int rows, int firstUnit, int units)
    {
        _innerTranspose.Multiply(step.Gates, GateSize, _zeros.Start, 0, step.InnerGradient, UnitStride, rows, firstUnit, units);
        if (step.RecurrentMask != null)
            Mask(step.InnerGradient, UnitStride, step.RecurrentMask, step.InnerGradient, rows, firstUnit, units);
        _pass.BackwardInner(_cell, step.FromUnit(firstUnit), rows, units);
    }

    /// <summary><c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, for some units of the rows that have such a state.</summary>
    private void BackwardOutput(in RecurrentPass<T> pass, CellStep<T> step, int firstPlace, int rows, int firstUnit, int units)
    {
        if (_outputTranspose.IsEmpty || rows <= 0)
            return;
        if (step.RecurrentMask != null)
        {
            BackwardMasked(step, pass.Tape.MaskedGradient.Start + ((nint)firstPlace * OutputStride), rows, firstUnit, units);
            return;
        }
        T* gradient = step.StateGradient + OutputOffset;
        _outputTranspose.Multiply(
            step.Gates, GateSize, AddsOutputGradient ? gradient : _zeros.Start, AddsOutputGradient ? StateSize : 0, gradient, StateSize,
            rows, firstUnit, ColumnsOf(units));
    }

    /// <summary>
    /// Whether a part of the gradient by the output is there already. A cell hands on its own output, not what a projection makes of it.
    /// </summary>
    private bool AddsOutputGradient => TCell.PassesOutputOn && _projection is null;

    /// <summary>
    /// Of an output, the numbers of some units, with those that fill the last lane;
    /// of a projected one all, since there units are not divided.
    /// </summary>
    private int ColumnsOf(int units) => _projection is null ? units : OutputStride;

    /// <summary>The same without those that fill.</summary>
    private int CountOf(int firstUnit, int units) => _projection is null ? Math.Min(units, HiddenSize - firstUnit) : RecurrentSize;

    /// <summary>The same by way of what dropout has left of h.</summary>
    private void BackwardMasked(CellStep<T> step, T* masked, int rows, int firstUnit, int units)
    {
        int columns = ColumnsOf(units);
        _outputTranspose.Multiply(step.Gates, GateSize, _zeros.Start, 0, masked, OutputStride, rows, firstUnit, columns);
        Mask(masked, OutputStride, step.RecurrentMask, masked, rows, firstUnit, columns);
        T* gradient = step.StateGradient + OutputOffset;
        for (; rows > 0; rows--, masked += OutputStride, gradient += StateSize)
        {
            var target = new Span<T>(gradient + firstUnit, columns);
            var values = new ReadOnlySpan<T>(masked + firstUnit, columns);
            if (AddsOutputGradient)
                TensorPrimitives.Add(target, values, target);
            else
                values.CopyTo(target);
        }
    }

    /// <summary>Step by step back in time for a share of the sequences.</summary>
    private void BackwardSequences(in RecurrentPass<T> pass, int part)
    {
        int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1);
        for (int visited = pass.Steps - 1; visited >= 0; visited--)
        {
            int t = pass.StepAt(visited), rows = Math.Min(end, pass.ActiveAt(t)) - first;
            if (rows <= 0)
                continue;
            CellStep<T> step = pass.Step(t, first);
            AddOutputGradient(pass, t, first, rows, 0, UnitStride);
            BackwardCell(pass, t, first, rows, 0, UnitStride);
            if (TCell.HasInner)
            {
                BackwardInner(step, rows, 0, UnitStride);
                BackwardNormalization(pass, step, rows, ofInner: false);
            }
            BackwardOutput(pass, step, first, Math.Min(end, pass.BegunAt(t)) - first, 0, UnitStride);
        }
    }

    /// <summary>
    /// The gates of a product as columns that follow each other both on the tape and in the gradient:
    /// all at once, or where gates are padded, gate by gate.
    /// </summary>
    private (int Count, int Columns, int Panels) GradientRuns(GateProduct product)
    {
        (int count, int columns) = UnitStride == HiddenSize ? (1, product.Count * HiddenSize) : (product.Count, HiddenSize);
        return (count, columns, _kernels.Pad(columns) / _kernels.PanelWidth);
    }

    /// <summary>The gradients of Wx, Wh, b and the unit weights: a share of their columns, summed over all steps.</summary>
    private readonly struct WeightGradientJob(
        Recurrent<TCell, T> layer, RecurrentPass<T> pass, Parameters<T> gradients, long scratchSize) : IJob
    {
        public void Execute(int part)
        {
            KernelSet<T> kernels = layer._kernels;
            T* scratch = pass.Tape.Scratch.Start + (part * scratchSize);
            T* biases = layer._normalization is null ? gradients[layer.Bias] : layer._unusedSums.Start;
            CellStep<T> rows = pass.Step(pass.Window.FirstStep, 0);
            long all = layer._gradientPanelCount;
            (int first, int end) = Workers.Share(all, part, pass.Parts);
            int before = 0;
            foreach (PackedGates<T> gates in layer._gates)
            {
                (int runs, int columns, int panels) = layer.GradientRuns(gates.Product);
                for (int run = 0; run < runs; run++, before += panels)
                {
                    int firstColumn = Math.Max(first - before, 0) * kernels.PanelWidth,
                        endColumn = Math.Min((end - before) * kernels.PanelWidth, columns);
                    if (firstColumn < endColumn)
                        kernels.AddGradients(
                            InputOperand(gates.Product, run), RecurrentOperand(gates.Product, run, rows),
                            rows.Gates + gates.FirstColumn + (run * layer.UnitStride), layer.GateSize, pass.Window.Rows,
                            firstColumn, endColumn, biases + ((gates.Product.FirstGate + run) * layer.HiddenSize), scratch);
                }
            }
            layer._projection?.AddGradients(
                pass.Tape.Projected.Outputs.Start, pass.Tape.Projected.Gradient.Start, pass.Window.Rows,
                Workers.Share(layer._projection.PanelCount, part, pass.Parts), gradients, scratch);
            layer._normalization?.AddGradients(
                pass.Tape.Normalization, Workers.Share(layer.HiddenSize, part, pass.Parts),
                gradients[layer._normalization.Gain], gradients[layer.Bias]);
            if (layer.DiagonalWeights is not null)
                DiagonalGradients(Workers.Share(layer.HiddenSize, part, pass.Parts), gradients[layer.DiagonalWeights]);
        }

        private GradientOperand<T> InputOperand(GateProduct product, int run) => !product.HasInput ? default : new()
        {
            A = pass.Window.Inputs,
            Stride = layer.InputSize,
            Columns = layer.InputSize,
            Gradient = gradients[layer.InputWeights] + ((product.InputGate + run) * layer.HiddenSize),
            GradientStride = layer.InputStride,
        };

        /// <remarks>
        /// The first step's rows are left out where all sequences begin there, since h_0 = 0 and so is every inner vector made of it.
        /// </remarks>
        private GradientOperand<T> RecurrentOperand(GateProduct product, int run, CellStep<T> rows) =>
            product.RecurrentGate == GateProduct.None ? default : new()
            {
                A = product.Inner ? rows.Inner : rows.RecurrentInput,
                Stride = product.Inner ? layer.UnitStride : rows.RecurrentInputStride,
                Columns = product.Inner ? layer.HiddenSize : layer.RecurrentSize,
                FirstRow = layer.IsReversed || pass.Window.FirstStep > 0 ? 0 : pass.ActiveAt(0),
                Gradient = gradients[layer.RecurrentWeights!] + ((product.RecurrentGate + run) * layer.HiddenSize),
                GradientStride = layer.RecurrentStride,
            };

        private void DiagonalGradients((int First, int End) units, T* gradient)
        {
            for (int t = pass.Window.FirstStep; t < pass.Window.EndStep; t++)
            {
                int active = pass.ActiveAt(t), going = pass.ContinuingFrom(t, 0, active), ending = active - going;
                layer._pass.AddDiagonalGradients(
                    layer._cell, Unnormalized(pass.RowsContinuing(t, 0)), going, units.First, units.End, gradient, layer.HiddenSize);
                layer._pass.AddDiagonalGradients(
                    layer._cell, Unnormalized(pass.RowsEnding(t, going)), ending, units.First, units.End, gradient, layer.HiddenSize);
            }
        }

        /// <summary>What the cell adds to gates comes after their normalisation: so does the gradient that it needs.</summary>
        private CellStep<T> Unnormalized(CellStep<T> step) =>
            layer._normalization is null
                ? step
                : step with { Gates = pass.Tape.Normalization.Gradient.Start + (step.Row * layer.GateSize) };
    }

    /// <summary><c>∂L/∂x += ∂L/∂a·Wxᵀ</c> over all steps: a share of the rows.</summary>
    private readonly struct InputGradientJob(Recurrent<TCell, T> layer, RecurrentPass<T> pass) : IJob
    {
        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(pass.Window.Rows, part, pass.Parts);
            T* gates = pass.Tape.Gates.Start + ((nint)first * layer.GateSize),
                gradient = pass.Window.InputGradient + ((nint)first * layer.InputSize);
            layer._inputTranspose.Multiply(
                gates, layer.GateSize, gradient, layer.InputSize, gradient, layer.InputSize, end - first, 0, layer.InputSize);
        }
    }
}
