using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>Makes any cell a layer: owns the weights' layout, the loop over time, ragged lengths, the matrix products and the threads.</summary>
/// <remarks>
/// <para>Forward: one product <c>X·Wx + b</c> for all steps, then step by step <c>+ h_{t−1}·Wh</c> and the cell.</para>
/// <para>
/// Backward: step by step back in time the cell and <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, then the weight gradients as
/// large products over all steps: <c>∂L/∂Wx = Xᵀ·∂L/∂a</c>, <c>∂L/∂Wh = H_{t−1}ᵀ·∂L/∂a</c>, <c>∂L/∂b</c> = the column sums.
/// </para>
/// <para>
/// Threads share a pass by sequences and the weight gradients by columns. Neither divides a sum, so the bits are those of one thread.
/// </para>
/// </remarks>
internal sealed unsafe class Recurrent<TCell, T> : RecurrentLayer<T>
    where TCell : unmanaged, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TCell _cell;
    private readonly CellPass<TCell, T> _pass;
    private readonly KernelSet<T> _kernels;
    private readonly NativeBuffer<T> _inputPanels;
    private readonly NativeBuffer<T> _recurrentPanels;
    private readonly NativeBuffer<T> _transposedPanels = new();
    private readonly NativeBuffer<T> _bias;

    /// <summary>Adds a layer's parameters to a model's.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="inputSize">Values that come in a step.</param>
    /// <param name="hiddenSize">Values that go out a step.</param>
    /// <param name="name">What its parameters' names begin with.</param>
    /// <param name="layout">The model's parameters so far.</param>
    /// <param name="kernels">The kernels to use.</param>
    public Recurrent(TCell cell, int inputSize, int hiddenSize, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        _cell = cell;
        _kernels = kernels;
        _pass = CellPass<TCell, T>.For(kernels);
        InputSize = inputSize;
        HiddenSize = hiddenSize;
        InputWeights = layout.Add($"{name}.wx", inputSize, GateSize);
        RecurrentWeights = layout.Add($"{name}.wh", hiddenSize, GateSize);
        Bias = layout.Add($"{name}.b", GateSize);
        _inputPanels = new((long)inputSize * kernels.Pad(GateSize));
        _recurrentPanels = new((long)hiddenSize * kernels.Pad(GateSize));
        _bias = new(GateSize);
    }

    public override int InputSize { get; }

    public override int HiddenSize { get; }

    public override int StateSize => TCell.StateCount * HiddenSize;

    public override ParameterSlice InputWeights { get; }

    public override ParameterSlice RecurrentWeights { get; }

    public override ParameterSlice Bias { get; }

    private int GateSize => TCell.GateCount * HiddenSize;

    public override void Pack(Parameters<T> values, bool forTraining)
    {
        _kernels.Pack(values[InputWeights], GateSize, InputSize, GateSize, _inputPanels.Start);
        _kernels.Pack(values[RecurrentWeights], GateSize, HiddenSize, GateSize, _recurrentPanels.Start);
        values.Span(Bias).CopyTo(_bias.Span);
        if (forTraining)
        {
            _transposedPanels.Resize((long)GateSize * _kernels.Pad(HiddenSize));
            _kernels.PackTransposed(values[RecurrentWeights], GateSize, GateSize, HiddenSize, _transposedPanels.Start);
        }
    }

    public override void Forward(SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, Workers workers)
    {
        int active = batch.ActiveAt(firstStep), rows = batch.RowOf(endStep) - batch.RowOf(firstStep);
        tape.Gates.Resize((long)rows * GateSize);
        tape.States.Resize((long)(active + rows) * StateSize);
        tape.Carry.Resize((long)batch.Count * StateSize);
        Span<T> before = new(tape.States.Start, checked(active * StateSize));
        if (firstStep == 0)
            before.Clear();
        else
            new Span<T>(tape.Carry.Start, active * StateSize).CopyTo(before);

        var pass = new Pass(this, batch, firstStep, endStep, tape, workers.PartsFor((long)rows * GateSize * (InputSize + HiddenSize)));
        var inputs = new InputJob(pass, rows);
        workers.Run(ref inputs, pass.Parts);
        var sweep = new ForwardJob(pass);
        workers.Run(ref sweep, pass.Parts);

        if (endStep < batch.Steps)
            new Span<T>(pass.StateAfter(endStep - 1), batch.ActiveAt(endStep) * StateSize).CopyTo(tape.Carry.Span);
    }

    public override void Backward(SequenceBatch<T> batch, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers)
    {
        var pass = new Pass(this, batch, 0, batch.Steps, tape, workers.PartsFor((long)batch.Rows * GateSize * (InputSize + (2L * HiddenSize))));
        var sweep = new BackwardJob(pass);
        workers.Run(ref sweep, pass.Parts);

        int panel = Gemm.BlockSteps * _kernels.PanelWidth;
        tape.Panels.Resize((long)pass.Parts * panel);
        var sums = new WeightGradientJob(pass, gradients, panel);
        workers.Run(ref sums, pass.Parts);
    }

    public override void Dispose()
    {
        _inputPanels.Dispose();
        _recurrentPanels.Dispose();
        _transposedPanels.Dispose();
        _bias.Dispose();
    }

    /// <summary>A window of steps, where its rows lie, and how its sequences are divided among threads.</summary>
    private readonly struct Pass(Recurrent<TCell, T> layer, SequenceBatch<T> batch, int firstStep, int endStep, RecurrentTape<T> tape, int parts)
    {
        public Recurrent<TCell, T> Layer => layer;
        public SequenceBatch<T> Batch => batch;
        public int FirstStep => firstStep;
        public int EndStep => endStep;
        public RecurrentTape<T> Tape => tape;
        public int Parts => parts;

        private int FirstRow => batch.RowOf(firstStep);

        /// <summary>The inputs of a step, <c>[active, I]</c>.</summary>
        public T* Inputs(int step) => batch.Inputs + ((nint)batch.RowOf(step) * layer.InputSize);

        /// <summary>The gates of a step, <c>[active, G·H]</c>.</summary>
        public T* Gates(int step) => tape.Gates.Start + ((nint)(batch.RowOf(step) - FirstRow) * layer.GateSize);

        /// <summary>The states after a step, <c>[active, S·H]</c>.</summary>
        public T* StateAfter(int step) =>
            tape.States.Start + ((nint)(batch.ActiveAt(firstStep) + batch.RowOf(step) - FirstRow) * layer.StateSize);

        /// <summary>The states before a step; at least as many rows as are active in it.</summary>
        public T* StateBefore(int step) => step == firstStep ? tape.States.Start : StateAfter(step - 1);

        /// <summary>The first place in the batch that a part takes: the parts have about equally many steps to do.</summary>
        public int FirstPlace(int part)
        {
            if (part == 0)
                return 0;
            if (part == parts)
                return batch.ActiveAt(firstStep);
            ReadOnlySpan<int> lengths = batch.Lengths;
            long wanted = ((long)batch.RowOf(endStep) - FirstRow) * part / parts, steps = 0;
            int place = 0;
            while (place < batch.ActiveAt(firstStep) && steps < wanted)
                steps += Math.Min(lengths[place++], endStep) - firstStep;
            return place;
        }
    }

    /// <summary><c>a = X·Wx + b</c>, a share of the window's rows.</summary>
    private readonly struct InputJob(Pass pass, int rows) : IJob
    {
        public void Execute(int part)
        {
            Recurrent<TCell, T> layer = pass.Layer;
            int first = (int)((long)rows * part / pass.Parts), end = (int)((long)rows * (part + 1) / pass.Parts);
            layer._kernels.Multiply(
                pass.Inputs(pass.FirstStep) + ((nint)first * layer.InputSize), layer.InputSize,
                layer._inputPanels.Start, layer._bias.Start, 0,
                pass.Gates(pass.FirstStep) + ((nint)first * layer.GateSize), layer.GateSize,
                end - first, layer.GateSize, layer.InputSize);
        }
    }

    /// <summary><c>a_t += h_{t−1}·Wh</c>, then the cell, step by step for a share of the sequences.</summary>
    private readonly struct ForwardJob(Pass pass) : IJob
    {
        public void Execute(int part)
        {
            Recurrent<TCell, T> layer = pass.Layer;
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1);
            for (int t = pass.FirstStep; t < pass.EndStep; t++)
            {
                int rows = Math.Min(end, pass.Batch.ActiveAt(t)) - first;
                if (rows <= 0)
                    return;
                var step = new CellStep<T>
                {
                    Gates = pass.Gates(t) + ((nint)first * layer.GateSize),
                    Previous = pass.StateBefore(t) + ((nint)first * layer.StateSize),
                    Next = pass.StateAfter(t) + ((nint)first * layer.StateSize),
                    HiddenSize = layer.HiddenSize,
                };
                if (t > 0) // h_0 = 0
                {
                    layer._kernels.Multiply(step.Previous, layer.StateSize, layer._recurrentPanels.Start,
                        step.Gates, layer.GateSize, step.Gates, layer.GateSize, rows, layer.GateSize, layer.HiddenSize);
                }
                layer._pass.Forward(layer._cell, step, rows);
            }
        }
    }

    /// <summary>The cell's gradient, then <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, step by step back in time for a share of the sequences.</summary>
    private readonly struct BackwardJob(Pass pass) : IJob
    {
        public void Execute(int part)
        {
            Recurrent<TCell, T> layer = pass.Layer;
            int first = pass.FirstPlace(part), end = pass.FirstPlace(part + 1);
            T* stateGradient = pass.Tape.StateGradient.Start + ((nint)first * layer.StateSize);
            for (int t = pass.EndStep - 1; t >= 0; t--)
            {
                int rows = Math.Min(end, pass.Batch.ActiveAt(t)) - first;
                if (rows <= 0)
                    continue;
                var step = new CellStep<T>
                {
                    Gates = pass.Gates(t) + ((nint)first * layer.GateSize),
                    Previous = pass.StateBefore(t) + ((nint)first * layer.StateSize),
                    Next = pass.StateAfter(t) + ((nint)first * layer.StateSize),
                    StateGradient = stateGradient,
                    HiddenSize = layer.HiddenSize,
                };
                layer._pass.Backward(layer._cell, step, rows);
                if (t > 0)
                {
                    layer._kernels.Multiply(step.Gates, layer.GateSize, layer._transposedPanels.Start,
                        stateGradient, layer.StateSize, stateGradient, layer.StateSize, rows, layer.HiddenSize, layer.GateSize);
                }
            }
        }
    }

    /// <summary>The gradients of Wx, Wh and b: a share of their columns, summed over all steps.</summary>
    private readonly struct WeightGradientJob(Pass pass, Parameters<T> gradients, int panelSize) : IJob
    {
        public void Execute(int part)
        {
            Recurrent<TCell, T> layer = pass.Layer;
            KernelSet<T> kernels = layer._kernels;
            int panels = kernels.Pad(layer.GateSize) / kernels.PanelWidth;
            int first = panels * part / pass.Parts * kernels.PanelWidth;
            int end = Math.Min(panels * (part + 1) / pass.Parts * kernels.PanelWidth, layer.GateSize);
            if (first >= end)
                return;

            T* panel = pass.Tape.Panels.Start + ((nint)part * panelSize);
            int gates = layer.GateSize;
            kernels.AddTransposed(pass.Inputs(0), layer.InputSize, pass.Gates(0), gates,
                gradients[layer.InputWeights], gates, layer.InputSize, first, end, pass.Batch.Rows, panel);
            kernels.AddColumnSums(pass.Gates(0), gates, pass.Batch.Rows, first, end, gradients[layer.Bias]);

            // The states before step t are the first rows of those after step t − 1. As long as a step uses all rows of the step
            // before it, the rows that the next one uses follow directly, as the gates' rows do: a run of such steps is one product.
            // The first step adds nothing, since h_0 = 0.
            for (int start = 1, t = 2; t <= pass.EndStep; t++)
            {
                if (t < pass.EndStep && pass.Batch.ActiveAt(t - 1) == pass.Batch.ActiveAt(t - 2))
                    continue;
                int rows = pass.Batch.RowOf(t) - pass.Batch.RowOf(start);
                kernels.AddTransposed(pass.StateBefore(start), layer.StateSize, pass.Gates(start), gates,
                    gradients[layer.RecurrentWeights], gates, layer.HiddenSize, first, end, rows, panel);
                start = t;
            }
        }
    }
}
