using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// Turns any cell into a layer: implements the layout of the weights, the loop over time, ragged lengths, the matrix products and the
/// threads.
/// </summary>
/// <remarks>
/// <para>Forward, step by step: the gates as one product <c>[x_t h_{t−1}]·[Wx; Wh] + b</c>, then the cell, while the gates are still in the
/// cache.</para>
/// <para>
/// Backward, step by step in reverse: the cell, then <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>. At the end, the weight gradients are computed as
/// large products over all steps.
/// </para>
/// <para>
/// Threads share a pass by sequences or, if there are few sequences, each step by units. They share the weight gradients by columns. No sum
/// is split, so the bits are those of one thread.
/// </para>
/// </remarks>
internal sealed unsafe partial class CellLayer<TCell, T> : RecurrentLayer<T>
    where TCell : unmanaged, IRecurrentCell
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly TCell _cell;
    private readonly CellPass<TCell, T> _pass;
    private readonly KernelSet<T> _kernels;
    private readonly GateProducts<T> _products;
    private readonly (GateActivation Gates, bool AfterInner, ActivationPass<T> Pass)[] _activations;
    private readonly GateNormalization<T>? _normalization;
    private readonly StateProjection<T>? _projection;
    private readonly NativeBuffer<T> _diagonalWeights;
    private readonly double _zoneout;
    private readonly int _recurrentSize; // of the output that the gates of the next step read: H, or P if it is projected

    private readonly int _hiddenSize, _unitStride, _stateSize, _gateSize, _outputOffset, _outputStride; // read for every row

    /// <summary>Creates the layer and adds its parameters to the layout of the model.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="plan">The plan with its sizes, name and layout.</param>
    public CellLayer(TCell cell, LayerPlan<T> plan)
        : base(ShapeOf(plan), AddWeights(plan))
    {
        _cell = cell;
        _kernels = plan.Kernels;
        _zoneout = plan.Zoneout;
        (_hiddenSize, _unitStride, _stateSize) = (Shape.HiddenSize, Shape.UnitStride, Shape.StateSize);
        (_gateSize, _outputOffset, _outputStride) = (Shape.GateSize, Shape.OutputOffset, Shape.OutputStride);
        _recurrentSize = Shape.OutputSize / TCell.OutputCount;
        _pass = CellPass<TCell, T>.For(_kernels);
        _activations = [.. TCell.Activations.Select(gates =>
            (gates, TCell.Products.Any(product => product.Inner && product.FirstGate == gates.FirstGate),
                ActivationPass<T>.For(gates.Function, _kernels)))];
        if (plan.Cell.ProjectionSize > 0)
            _projection = new StateProjection<T>(
                _hiddenSize, _recurrentSize, _outputStride, $"{plan.Name}.wr", plan.Layout, _kernels);
        if (plan.Cell.NormalizesGates)
            _normalization = new GateNormalization<T>(TCell.Products, Shape, $"{plan.Name}.norm", plan.Layout, _kernels);
        _products = new GateProducts<T>(TCell.Products, Shape, Weights, _recurrentSize, plan);
        _diagonalWeights = new((long)TCell.DiagonalWeightCount * _unitStride);
    }

    public override IEnumerable<ParameterSlice> Matrices => _projection is null ? [] : [_projection.Weights];

    /// <remarks>A normalisation starts with a gain of 1.</remarks>
    public override void Initialize(Parameters<T> values, SeededRandom random)
    {
        if (_normalization is not null)
            values.Span(_normalization.Gain).Fill(T.One);
    }

    public override void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        for (int vector = 0; vector < TCell.DiagonalWeightCount; vector++)
            values.Span(Weights.Diagonal!).Slice(vector * _hiddenSize, _hiddenSize)
                .CopyTo(_diagonalWeights.Span[(vector * _unitStride)..]);
        _projection?.Pack(values, forTraining);
        _normalization?.Pack(values);
        _products.Pack(values, forTraining, workers);
    }

    /// <summary>Processes the part's tile of every step of a pass in order, forward or backward.</summary>
    public override void Run(in RecurrentPass<T> pass, int part)
    {
        Tile share = pass.Share(part);
        long met = 0;
        for (int visited = 0; visited < pass.Steps; visited++)
        {
            Tile tile = pass.At(visited, share);
            if (tile.Rows <= 0)
                continue;
            if (pass.IsBackward)
                Backward(pass, tile, ref met);
            else
                Forward(pass, tile, ref met);
        }
    }

    public override void Dispose()
    {
        _products.Dispose();
        _diagonalWeights.Dispose();
        _projection?.Dispose();
        _normalization?.Dispose();
    }

    /// <remarks>A state consists of the cell's vectors, followed by the projected output.</remarks>
    private static LayerShape ShapeOf(LayerPlan<T> plan)
    {
        int lane = plan.Kernels.LaneWidth, stride = Pad(plan.HiddenSize), gates = TCell.GateCount * stride,
            vectors = TCell.StateCount * stride;
        bool isProjected = plan.Cell.ProjectionSize > 0;
        int outputs = isProjected ? Pad(plan.Cell.ProjectionSize) : stride;
        return new LayerShape
        {
            InputSize = plan.InputSize,
            HiddenSize = plan.HiddenSize,
            OutputSize = isProjected ? plan.Cell.ProjectionSize : TCell.OutputCount * plan.HiddenSize,
            IsReversed = plan.IsReversed,
            UnitStride = stride,
            StateSize = isProjected ? vectors + outputs : vectors,
            OutputOffset = isProjected ? vectors : 0,
            OutputStride = outputs,
            GateSize = gates,
            WorkOfARow = (long)gates * (plan.InputSize + plan.HiddenSize),
            StepsInPlace = TCell.StepsInPlace && !isProjected,
        };

        int Pad(int units) => (units + lane - 1) / lane * lane;
    }

    private static LayerWeights AddWeights(LayerPlan<T> plan)
    {
        (int units, int projected) = (plan.HiddenSize, plan.Cell.ProjectionSize);
        int inputGates = TCell.Products.Where(product => product.HasInput).Sum(product => product.Count);
        int recurrentGates = TCell.Products.Where(product => product.RecurrentGate != GateProduct.None).Sum(product => product.Count);
        int recurrentSize = projected > 0 ? projected : units;
        char diagonal = TCell.DiagonalWeights == DiagonalWeightRole.Recurrence ? 'u' : 'p';

        // In the order of the model file.
        ParameterSlice input = plan.Layout.Add($"{plan.Name}.wx", plan.InputSize, inputGates * units);
        ParameterSlice? recurrent = recurrentGates > 0 ? plan.Layout.Add($"{plan.Name}.wh", recurrentSize, recurrentGates * units) : null;
        ParameterSlice bias = plan.Layout.Add($"{plan.Name}.b", TCell.Products.Sum(product => product.Count) * units);
        return new LayerWeights(input, bias)
        {
            Recurrent = recurrent,
            Diagonal = TCell.DiagonalWeightCount == 0
                ? null
                : plan.Layout.Add($"{plan.Name}.{diagonal}", TCell.DiagonalWeightCount * units),
            DiagonalRole = TCell.DiagonalWeights,
            ForgetGate = TCell.ForgetGate,
            PassesInputsAtFirst = TCell.PassesInputsAtFirst,
        };
    }
}
