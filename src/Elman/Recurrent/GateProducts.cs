using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// The matrix products of a layer's gates, <c>a = x·Wx + h·Wh + b</c>, with the weights in the layout of the kernels: forward, backward
/// with the transposed weights, and the gradients of the weights.
/// </summary>
internal sealed unsafe class GateProducts<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly LayerShape _shape;
    private readonly LayerWeights _weights;
    private readonly int _recurrentSize;
    private readonly PackedGates<T>[] _gates;
    private readonly int _gradientPanelCount; // of all gates
    private readonly NativeBuffer<T> _bias, _zeros;
    private readonly NativeBuffer<T> _unusedSums; // if the bias is not added here
    private readonly bool _addsBias;

    /// <summary>Allocates memory for the weights.</summary>
    /// <param name="products">The products of the gates.</param>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="weights">The weights of the layer.</param>
    /// <param name="recurrentSize">The number of rows of Wh: H, or P if the output is projected.</param>
    /// <param name="plan">The plan of the layer.</param>
    public GateProducts(IReadOnlyList<GateProduct> products, LayerShape shape, LayerWeights weights, int recurrentSize, LayerPlan<T> plan)
    {
        (_kernels, _shape, _weights, _recurrentSize) = (plan.Kernels, shape, weights, recurrentSize);
        _addsBias = !plan.Cell.NormalizesGates;
        _gates = [.. products.Select(product => new PackedGates<T>(
            product, shape.InputSize, shape.HiddenSize, recurrentSize, shape.UnitStride, _kernels))];
        _gradientPanelCount = products.Select(GradientRuns).Sum(runs => runs.Count * runs.Panels);
        Output = Transpose(products.Where(product => product.HasOutput), product => product.RecurrentGate, recurrentSize);
        Inner = Transpose(products.Where(product => product.Inner), product => product.RecurrentGate, shape.HiddenSize);
        Input = Transpose(
            products.Where(product => product.HasInput && plan.HasLayerBelow), product => product.InputGate, shape.InputSize);
        _bias = new(shape.GateSize);
        _zeros = new(Math.Max(shape.GateSize, shape.OutputStride));
        _unusedSums = new(_addsBias ? 0 : weights.Bias.Count);
    }

    /// <summary>Whᵀ of the gates that read the output; empty if there are none.</summary>
    public PackedTranspose<T> Output { get; }

    /// <summary>Whᵀ of the gates that read the inner vector.</summary>
    public PackedTranspose<T> Inner { get; }

    /// <summary>Wxᵀ; empty if no layer is below.</summary>
    public PackedTranspose<T> Input { get; }

    /// <summary>The biases, <c>[G·H]</c> as in a row of gates.</summary>
    public T* Bias => _bias.Start;

    /// <summary>Zeros, enough for a row of gates or of outputs.</summary>
    public T* Zeros => _zeros.Start;

    private int InputStride => _weights.Input.Shape[1];

    private int RecurrentStride => _weights.Recurrent?.Shape[1] ?? 0;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        if (forTraining)
        {
            Output.Reserve();
            Inner.Reserve();
            Input.Reserve();
        }
        ReadOnlySpan<T> biases = values.Span(_weights.Bias);
        for (int gate = 0; gate * _shape.HiddenSize < biases.Length; gate++)
            biases.Slice(gate * _shape.HiddenSize, _shape.HiddenSize).CopyTo(_bias.Span[(gate * _shape.UnitStride)..]);
        var job = new PackJob(this, values, forTraining, workers.PartsFor(4L * (_weights.Input.Count + (_weights.Recurrent?.Count ?? 0))));
        workers.Run(ref job, job.Parts);
    }

    /// <summary>Computes the sums <c>x·Wx + h·Wh + b</c> of a tile, without the product of the inner vector, and without b if it is added
    /// later.</summary>
    /// <param name="inputs">x of the rows.</param>
    /// <param name="step">The rows.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="fromZero">Whether h is zero, so that its product need not be computed.</param>
    public void Forward(T* inputs, in CellStep<T> step, Tile tile, bool fromZero)
    {
        T* addend = _addsBias ? _bias.Start : _zeros.Start;
        foreach (PackedGates<T> gates in _gates)
        {
            var a = RowOperand<T>.Of(inputs, _shape.InputSize, gates.InputRows);
            if (gates.Product.HasOutput && !fromZero)
            {
                a.Second = step.RecurrentInput;
                a.SecondStride = step.RecurrentInputStride;
                a.SecondColumns = _recurrentSize;
            }
            (int columns, int count) = tile.Runs(gates.Product.Count, _shape.UnitStride);
            for (int gate = 0; gate < count; gate++)
            {
                int column = (gate * _shape.UnitStride) + tile.FirstUnit;
                _kernels.Multiply(a, gates.Panels(column), gates.Rows, addend + gates.FirstColumn + column, 0,
                    step.Gates + gates.FirstColumn + column, _shape.GateSize, tile.Rows, columns);
            }
        }
    }

    /// <summary>Adds the product of the inner vector to the gates that read it. The whole vector must be computed.</summary>
    public void ForwardInner(in CellStep<T> step, Tile tile)
    {
        var a = RowOperand<T>.Of(step.Inner, _shape.UnitStride, _shape.HiddenSize);
        foreach (PackedGates<T> gates in _gates)
        {
            (int columns, int count) = tile.Runs(gates.Product.Count, _shape.UnitStride);
            for (int gate = 0; gate < count && gates.Product.Inner; gate++)
            {
                int column = (gate * _shape.UnitStride) + tile.FirstUnit;
                T* sums = step.Gates + gates.FirstColumn + column;
                _kernels.Multiply(
                    a, gates.RecurrentPanels(column), gates.Rows, sums, _shape.GateSize, sums, _shape.GateSize, tile.Rows, columns);
            }
        }
    }

    /// <summary>
    /// Adds the gradients of Wx, Wh and b, <c>∂L/∂Wx += Xᵀ·∂L/∂a</c>, <c>∂L/∂Wh += H_{t−1}ᵀ·∂L/∂a</c> and the column sums, over all steps
    /// of a pass, for a part's range of columns.
    /// </summary>
    /// <param name="pass">The pass.</param>
    /// <param name="part">The index of the part.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="scratch">Memory for the product.</param>
    public void AddGradients(in RecurrentPass<T> pass, int part, Parameters<T> gradients, T* scratch)
    {
        T* biases = _addsBias ? gradients[_weights.Bias] : _unusedSums.Start;
        Tile firstStep = pass.Whole(pass.Window.FirstStep);
        CellStep<T> rows = pass.Rows(firstStep);
        // The rows of the first step are skipped if all sequences begin there: h_0 = 0, and so is every inner vector computed from it.
        int firstRow = _shape.IsReversed || !pass.Window.IsFirst ? 0 : firstStep.Rows;
        (int first, int end) = Workers.Share(_gradientPanelCount, part, pass.Parts);
        foreach (PackedGates<T> gates in _gates)
        {
            (int runs, int columns, int panels) = GradientRuns(gates.Product);
            for (int run = 0; run < runs; run++, first -= panels, end -= panels)
            {
                int firstColumn = Math.Max(first, 0) * _kernels.PanelWidth, endColumn = Math.Min(end * _kernels.PanelWidth, columns);
                if (firstColumn < endColumn)
                    _kernels.AddGradients(
                        InputOperand(gates.Product, run, pass.Window.Inputs, gradients),
                        RecurrentOperand(gates.Product, run, rows, firstRow, gradients),
                        rows.Gates + gates.FirstColumn + (run * _shape.UnitStride), _shape.GateSize, pass.Window.Rows,
                        firstColumn, endColumn, biases + ((gates.Product.FirstGate + run) * _shape.HiddenSize), scratch);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PackedGates<T> gates in _gates)
            gates.Dispose();
        Output.Dispose();
        Inner.Dispose();
        Input.Dispose();
        _bias.Dispose();
        _zeros.Dispose();
        _unusedSums.Dispose();
    }

    private PackedTranspose<T> Transpose(IEnumerable<GateProduct> products, Func<GateProduct, int> weightGate, int columns) =>
        new(products.Select(product => new TransposedGates(product.FirstGate, product.Count, weightGate(product))), columns,
            _shape.HiddenSize, _shape.UnitStride, _kernels);

    /// <summary>
    /// The gates of a product as runs of columns that are contiguous both on the tape and in the gradient: one run or, if gates are padded,
    /// one for each gate.
    /// </summary>
    private (int Count, int Columns, int Panels) GradientRuns(GateProduct product)
    {
        (int count, int columns) = _shape.UnitStride == _shape.HiddenSize
            ? (1, product.Count * _shape.HiddenSize)
            : (product.Count, _shape.HiddenSize);
        return (count, columns, _kernels.Pad(columns) / _kernels.PanelWidth);
    }

    private GradientOperand<T> InputOperand(GateProduct product, int run, T* inputs, Parameters<T> gradients) =>
        !product.HasInput ? default : new()
        {
            A = inputs,
            Stride = _shape.InputSize,
            Columns = _shape.InputSize,
            Gradient = gradients[_weights.Input] + ((product.InputGate + run) * _shape.HiddenSize),
            GradientStride = InputStride,
        };

    private GradientOperand<T> RecurrentOperand(
        GateProduct product, int run, in CellStep<T> rows, int firstRow, Parameters<T> gradients) =>
        product.RecurrentGate == GateProduct.None ? default : new()
        {
            A = product.Inner ? rows.Inner : rows.RecurrentInput,
            Stride = product.Inner ? _shape.UnitStride : rows.RecurrentInputStride,
            Columns = product.Inner ? _shape.HiddenSize : _recurrentSize,
            FirstRow = firstRow,
            Gradient = gradients[_weights.Recurrent!] + ((product.RecurrentGate + run) * _shape.HiddenSize),
            GradientStride = RecurrentStride,
        };

    /// <summary>Packs a range of the panels of every matrix.</summary>
    private readonly struct PackJob(GateProducts<T> products, Parameters<T> values, bool forTraining, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            T* input = values[products._weights.Input], recurrent = products._weights.Recurrent is { } slice ? values[slice] : null;
            foreach (PackedGates<T> gates in products._gates)
                gates.Pack(input, products.InputStride, recurrent, products.RecurrentStride, Workers.Share(gates.PanelCount, part, parts));
            if (!forTraining)
                return;
            products.Output.Pack(recurrent, products.RecurrentStride, Workers.Share(products.Output.PanelCount, part, parts));
            products.Inner.Pack(recurrent, products.RecurrentStride, Workers.Share(products.Inner.PanelCount, part, parts));
            products.Input.Pack(input, products.InputStride, Workers.Share(products.Input.PanelCount, part, parts));
        }
    }
}
