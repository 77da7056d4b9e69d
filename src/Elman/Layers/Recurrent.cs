using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>
/// Makes any cell a layer: owns the weights' layout, the loop over time, ragged lengths, the matrix products and the threads.
/// </summary>
/// <remarks>
/// <para>Forward, step by step: the gates as one product <c>[x_t h_{t−1}]·[Wx; Wh] + b</c>, then the cell,
/// while they are still in cache.</para>
/// <para>
/// Backward, step by step back in time: the cell, then <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>. At the end the weight gradients as
/// large products over all steps: <c>∂L/∂Wx = Xᵀ·∂L/∂a</c>, <c>∂L/∂Wh = H_{t−1}ᵀ·∂L/∂a</c>, <c>∂L/∂b</c> = the column sums.
/// </para>
/// <para>
/// Threads share a pass by sequences, or each step by units where sequences are few, and the weight gradients by columns. None of that
/// divides a sum, so the bits are those of one thread.
/// </para>
/// </remarks>
internal sealed unsafe partial class Recurrent<TCell, T> : RecurrentLayer<T>
    where TCell : unmanaged, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TCell _cell;
    private readonly CellPass<TCell, T> _pass;
    private readonly KernelSet<T> _kernels;
    private readonly (GateActivation Gates, bool AfterInner, ActivationPass<T> Pass)[] _activations;
    private readonly PackedGates<T>[] _gates;
    private readonly int _gradientPanelCount; // of all gates
    private readonly PackedTranspose<T> _outputTranspose;
    private readonly PackedTranspose<T> _innerTranspose;
    private readonly PackedTranspose<T> _inputTranspose; // empty where no layer is below
    private readonly NativeBuffer<T> _bias;
    private readonly NativeBuffer<T> _diagonalWeights;
    private readonly NativeBuffer<T> _zeros;
    private readonly NativeBuffer<T> _unusedSums; // of gates whose bias comes after a normalisation
    private readonly double _zoneout;
    private readonly StateProjection<T>? _projection;
    private readonly GateNormalization<T>? _normalization;

    /// <summary>Adds a layer's parameters to a model's.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="plan">Its sizes, its name and what it is part of.</param>
    public Recurrent(TCell cell, LayerPlan<T> plan)
    {
        _cell = cell;
        _kernels = plan.Kernels;
        _pass = CellPass<TCell, T>.For(_kernels);
        _activations = [.. TCell.Activations.Select(gates =>
            (gates, TCell.Products.Any(product => product.Inner && product.FirstGate == gates.FirstGate),
                ActivationPass<T>.For(gates.Function, _kernels)))];
        (InputSize, HiddenSize, IsReversed) = (plan.InputSize, plan.HiddenSize, plan.IsReversed);
        _zoneout = plan.Zoneout;
        UnitStride = Pad(HiddenSize);
        int projected = plan.Cell.ProjectionSize;
        (OutputSize, OutputOffset) = projected == 0 ? (TCell.OutputCount * HiddenSize, 0) : (projected, TCell.StateCount * UnitStride);
        OutputStride = projected == 0 ? UnitStride : Pad(projected);

        IReadOnlyList<GateProduct> products = TCell.Products;
        int inputGates = products.Where(product => product.HasInput).Sum(product => product.Count);
        int recurrentGates = products.Where(product => product.RecurrentGate != GateProduct.None).Sum(product => product.Count);
        InputWeights = plan.Layout.Add($"{plan.Name}.wx", InputSize, inputGates * HiddenSize);
        if (recurrentGates > 0)
            RecurrentWeights = plan.Layout.Add($"{plan.Name}.wh", RecurrentSize, recurrentGates * HiddenSize);
        int biases = products.Sum(product => product.Count);
        Bias = plan.Layout.Add($"{plan.Name}.b", biases * HiddenSize);
        if (TCell.DiagonalWeightCount > 0)
            DiagonalWeights = plan.Layout.Add(
                $"{plan.Name}.{(DiagonalWeightRole == DiagonalWeightRole.Recurrence ? 'u' : 'p')}", TCell.DiagonalWeightCount * HiddenSize);
        if (projected > 0)
            _projection = new StateProjection<T>(HiddenSize, projected, OutputStride, $"{plan.Name}.wr", plan.Layout, _kernels);
        if (plan.Cell.NormalizesGates)
            _normalization = new GateNormalization<T>(biases, HiddenSize, UnitStride, GateSize, $"{plan.Name}.norm", plan.Layout, _kernels);

        _gates = [.. products.Select(product => new PackedGates<T>(product, InputSize, HiddenSize, RecurrentSize, UnitStride, _kernels))];
        _gradientPanelCount = products.Select(GradientRuns).Sum(runs => runs.Count * runs.Panels);
        _outputTranspose = Transpose(products.Where(product => product.HasOutput), product => product.RecurrentGate, RecurrentSize);
        _innerTranspose = Transpose(products.Where(product => product.Inner), product => product.RecurrentGate, HiddenSize);
        _inputTranspose = Transpose(
            products.Where(product => product.HasInput && plan.HasLayerBelow), product => product.InputGate, InputSize);
        _bias = new(GateSize);
        _diagonalWeights = new((long)TCell.DiagonalWeightCount * UnitStride);
        _zeros = new(Math.Max(GateSize, OutputStride));
        _unusedSums = new(_normalization is null ? 0 : Bias.Count);
    }

    public override int InputSize { get; }

    public override int HiddenSize { get; }

    public override int OutputSize { get; }

    public override int OutputOffset { get; }

    public override int OutputStride { get; }

    public override bool IsReversed { get; }

    public override int UnitStride { get; }

    /// <remarks>The cell's vectors, and behind them a projected output.</remarks>
    public override int StateSize => (TCell.StateCount * UnitStride) + (_projection is null ? 0 : OutputStride);

    public override bool StepsInPlace => TCell.StepsInPlace && _projection is null;

    public override int GateSize => TCell.GateCount * UnitStride;

    public override ParameterSlice InputWeights { get; }

    public override ParameterSlice? RecurrentWeights { get; }

    public override ParameterSlice Bias { get; }

    public override ParameterSlice? DiagonalWeights { get; }

    public override DiagonalWeightRole DiagonalWeightRole => TCell.DiagonalWeights;

    public override ForgetGate? ForgetGate => TCell.ForgetGate;

    public override bool PassesInputsAtFirst => TCell.PassesInputsAtFirst;

    public override IEnumerable<ParameterSlice> Matrices => _projection is null ? [] : [_projection.Weights];

    /// <summary>Numbers of one vector of the output, which the next step's gates see: H, or P where it is projected.</summary>
    private int RecurrentSize => OutputSize / TCell.OutputCount;

    private int InputStride => InputWeights.Shape[1];

    private int RecurrentStride => RecurrentWeights?.Shape[1] ?? 0;

    /// <remarks>A normalisation begins with a gain of 1.</remarks>
    public override void Initialize(Parameters<T> values, SeededRandom random)
    {
        if (_normalization is not null)
            values.Span(_normalization.Gain).Fill(T.One);
    }

    public override void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        if (forTraining)
        {
            _outputTranspose.Reserve();
            _innerTranspose.Reserve();
            _inputTranspose.Reserve();
        }
        CopyVectors(values.Span(Bias), _bias.Span);
        if (DiagonalWeights is not null)
            CopyVectors(values.Span(DiagonalWeights), _diagonalWeights.Span);
        _projection?.Pack(values, forTraining);
        _normalization?.Pack(values);
        var job = new PackJob(this, values, forTraining, workers.PartsFor(4L * (InputWeights.Count + (RecurrentWeights?.Count ?? 0))));
        workers.Run(ref job, job.Parts);
    }

    private PackedTranspose<T> Transpose(IEnumerable<GateProduct> products, Func<GateProduct, int> weightGate, int columns) =>
        new(products.Select(product => new TransposedGates(product.FirstGate, product.Count, weightGate(product))), columns,
            HiddenSize, UnitStride, _kernels);

    private int Pad(int units) => (units + _kernels.LaneWidth - 1) / _kernels.LaneWidth * _kernels.LaneWidth;

    private void CopyVectors(ReadOnlySpan<T> vectors, Span<T> padded)
    {
        for (; !vectors.IsEmpty; vectors = vectors[HiddenSize..], padded = padded[UnitStride..])
            vectors[..HiddenSize].CopyTo(padded);
    }

    public override void Dispose()
    {
        foreach (PackedGates<T> gates in _gates)
            gates.Dispose();
        _outputTranspose.Dispose();
        _innerTranspose.Dispose();
        _inputTranspose.Dispose();
        _bias.Dispose();
        _diagonalWeights.Dispose();
        _zeros.Dispose();
        _unusedSums.Dispose();
        _projection?.Dispose();
        _normalization?.Dispose();
    }

    /// <summary>A share of the panels of every packed matrix.</summary>
    private readonly struct PackJob(Recurrent<TCell, T> layer, Parameters<T> values, bool forTraining, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            T* input = values[layer.InputWeights], recurrent = layer.RecurrentWeights is { } slice ? values[slice] : null;
            foreach (PackedGates<T> gates in layer._gates)
                if (Share(gates.PanelCount, part, out int first, out int end))
                    gates.Pack(input, layer.InputStride, recurrent, layer.RecurrentStride, first, end);
            if (!forTraining)
                return;
            if (Share(layer._outputTranspose.PanelCount, part, out int firstPanel, out int endPanel))
                layer._outputTranspose.Pack(recurrent, layer.RecurrentStride, firstPanel, endPanel);
            if (Share(layer._innerTranspose.PanelCount, part, out firstPanel, out endPanel))
                layer._innerTranspose.Pack(recurrent, layer.RecurrentStride, firstPanel, endPanel);
            if (Share(layer._inputTranspose.PanelCount, part, out firstPanel, out endPanel))
                layer._inputTranspose.Pack(input, layer.InputStride, firstPanel, endPanel);
        }

        private bool Share(int panels, int part, out int first, out int end)
        {
            (first, end) = Workers.Share(panels, part, parts);
            return first < end;
        }
    }
}
