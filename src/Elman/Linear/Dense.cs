using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Linear;

/// <summary>A fully connected layer: <c>y = x·W + b</c>.</summary>
/// <remarks>
/// The backward pass is the same for both kinds of <see cref="DenseProduct"/>, which differ only in rounding. Layers of the wide kind are
/// used with least squares, so they need no backward pass.
/// </remarks>
internal sealed unsafe class Dense<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly DenseProduct _product;
    private readonly NativeBuffer<T> _packed; // panels, or for the wide product contiguous columns
    private readonly NativeBuffer<T> _transposedPanels = new();
    private readonly NativeBuffer<T> _bias;
    private readonly NativeBuffer<T> _scratch = new();

    /// <summary>Adds the layer's parameters to a model's.</summary>
    /// <param name="inputSize">I, the number of inputs.</param>
    /// <param name="outputSize">O, the number of outputs.</param>
    /// <param name="name">The prefix of the names of its parameters.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="product">The product that computes the outputs.</param>
    public Dense(
        int inputSize, int outputSize, string name, ParameterLayout layout, KernelSet<T> kernels,
        DenseProduct product = DenseProduct.Panels)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        _kernels = kernels;
        _product = product;
        Weights = layout.Add($"{name}.w", inputSize, outputSize);
        Bias = layout.Add($"{name}.b", outputSize);
        _packed = new(
            product == DenseProduct.Wide ? (long)outputSize * WideRows.Pad(inputSize) : (long)inputSize * kernels.Pad(outputSize));
        _bias = new(outputSize);
    }

    /// <summary>I, the number of inputs.</summary>
    public int InputSize { get; }

    /// <summary>O, the number of outputs.</summary>
    public int OutputSize { get; }

    /// <summary>W, <c>[I, O]</c>.</summary>
    public ParameterSlice Weights { get; }

    /// <summary>b, <c>[O]</c>.</summary>
    public ParameterSlice Bias { get; }

    /// <summary>Packs the weights into the layout of the kernels. Needed after every change of them.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="forTraining">Whether to also pack the weights for the backward pass.</param>
    public void Pack(Parameters<T> values, bool forTraining)
    {
        if (_product == DenseProduct.Wide)
            WideRows.Pack(values[Weights], OutputSize, InputSize, OutputSize, _packed.Start);
        else
            _kernels.Pack(values[Weights], OutputSize, InputSize, OutputSize, _packed.Start, InputSize);
        values.Span(Bias).CopyTo(_bias.Span);
        if (forTraining)
        {
            _transposedPanels.Resize((long)OutputSize * _kernels.Pad(InputSize));
            _kernels.PackTransposed(values[Weights], OutputSize, OutputSize, InputSize, _transposedPanels.Start, OutputSize);
        }
    }

    /// <summary>Computes <c>y = x·W + b</c>.</summary>
    /// <param name="x">Inputs <c>[rows, I]</c>.</param>
    /// <param name="y">Outputs <c>[rows, O]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    public void Forward(T* x, T* y, int rows)
    {
        if (_product == DenseProduct.Wide)
            _kernels.MultiplyWide(x, InputSize, InputSize, _packed.Start, _bias.Start, y, OutputSize, rows, OutputSize);
        else
            _kernels.Multiply(
                RowOperand<T>.Of(x, InputSize, InputSize), _packed.Start, InputSize, _bias.Start, 0, y, OutputSize, rows, OutputSize);
    }

    /// <inheritdoc cref="Forward(T*, T*, int)"/>
    public void Forward(T* x, T* y, int rows, Workers workers)
    {
        var job = new ForwardJob(this, x, y, rows, workers.PartsFor((long)rows * Weights.Count));
        workers.Run(ref job, job.Parts);
    }

    /// <summary>Computes <c>∂L/∂W += xᵀ·∂L/∂y</c>, <c>∂L/∂b +=</c> the column sums, <c>∂L/∂x += ∂L/∂y·Wᵀ</c>.</summary>
    /// <param name="x">Inputs <c>[rows, I]</c>.</param>
    /// <param name="yGradient"><c>∂L/∂y</c>, <c>[rows, O]</c>.</param>
    /// <param name="xGradient"><c>∂L/∂x</c>, <c>[rows, I]</c>, which is added to; <see langword="null"/> if it is not needed.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(T* x, T* yGradient, T* xGradient, int rows, Parameters<T> gradients, Workers workers)
    {
        AddWeightGradients(x, yGradient, rows, gradients, workers);
        if (xGradient == null)
            return;
        var inputs = new InputGradientJob(this, yGradient, xGradient, rows, workers.PartsFor((long)rows * Weights.Count));
        workers.Run(ref inputs, inputs.Parts);
    }

    /// <summary>The part of <see cref="Backward"/> for the parameters.</summary>
    public void AddWeightGradients(T* x, T* yGradient, int rows, Parameters<T> gradients, Workers workers)
    {
        int parts = workers.PartsFor((long)rows * Weights.Count);
        long scratch = _kernels.GradientScratchSize(InputSize, 0);
        _scratch.Resize(parts * scratch);
        var weights = new WeightGradientJob(this, x, yGradient, rows, gradients, scratch, parts);
        workers.Run(ref weights, parts);
    }

    /// <summary>The part of <see cref="Backward"/> for the inputs.</summary>
    public void AddInputGradients(T* yGradient, T* xGradient, int rows) => _kernels.Multiply(
        RowOperand<T>.Of(yGradient, OutputSize, OutputSize), _transposedPanels.Start, OutputSize, xGradient, InputSize, xGradient,
        InputSize, rows, InputSize);

    /// <inheritdoc/>
    public void Dispose()
    {
        _packed.Dispose();
        _transposedPanels.Dispose();
        _bias.Dispose();
        _scratch.Dispose();
    }

    private readonly struct ForwardJob(Dense<T> layer, T* x, T* y, int rows, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            if (first < end)
                layer.Forward(x + ((nint)first * layer.InputSize), y + ((nint)first * layer.OutputSize), end - first);
        }
    }

    /// <summary>The gradient of a range of columns of W and b.</summary>
    private readonly struct WeightGradientJob(
        Dense<T> layer, T* x, T* yGradient, int rows, Parameters<T> gradients, long scratchSize, int parts) : IJob
    {
        public void Execute(int part)
        {
            int width = layer._kernels.PanelWidth;
            (int first, int end) = Workers.Share(layer._kernels.Pad(layer.OutputSize) / width, part, parts);
            int firstColumn = first * width, endColumn = Math.Min(end * width, layer.OutputSize);
            if (firstColumn >= endColumn)
                return;
            var operand = new GradientOperand<T>
            {
                A = x,
                Stride = layer.InputSize,
                Columns = layer.InputSize,
                Gradient = gradients[layer.Weights],
                GradientStride = layer.OutputSize,
            };
            layer._kernels.AddGradients(
                operand, default, yGradient, layer.OutputSize, rows, firstColumn, endColumn, gradients[layer.Bias],
                layer._scratch.Start + (part * scratchSize));
        }
    }

    /// <summary>The gradient with respect to a range of rows of x.</summary>
    private readonly struct InputGradientJob(Dense<T> layer, T* yGradient, T* xGradient, int rows, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            if (first < end)
                layer.AddInputGradients(
                    yGradient + ((nint)first * layer.OutputSize), xGradient + ((nint)first * layer.InputSize), end - first);
        }
    }
}
