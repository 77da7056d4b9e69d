using System.Numerics;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>A fully connected layer: <c>y = x·W + b</c>.</summary>
internal sealed unsafe class Dense<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly NativeBuffer<T> _panels;
    private readonly NativeBuffer<T> _transposedPanels = new();
    private readonly NativeBuffer<T> _bias;
    private readonly NativeBuffer<T> _zeros;
    private readonly NativeBuffer<T> _scratch;

    /// <summary>Adds the layer's parameters to a model's.</summary>
    /// <param name="inputSize">Values that come in, I.</param>
    /// <param name="outputSize">Values that go out, O.</param>
    /// <param name="name">What its parameters' names begin with.</param>
    /// <param name="layout">The model's parameters so far.</param>
    /// <param name="kernels">The kernels to use.</param>
    public Dense(int inputSize, int outputSize, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        InputSize = inputSize;
        OutputSize = outputSize;
        _kernels = kernels;
        Weights = layout.Add($"{name}.w", inputSize, outputSize);
        Bias = layout.Add($"{name}.b", outputSize);
        _panels = new((long)inputSize * kernels.Pad(outputSize));
        _bias = new(outputSize);
        _zeros = new(inputSize);
        _scratch = new(kernels.GradientScratchSize(inputSize, 0));
    }

    /// <summary>Values that come in, I.</summary>
    public int InputSize { get; }

    /// <summary>Values that go out, O.</summary>
    public int OutputSize { get; }

    /// <summary>W, <c>[I, O]</c>.</summary>
    public ParameterSlice Weights { get; }

    /// <summary>b, <c>[O]</c>.</summary>
    public ParameterSlice Bias { get; }

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public void Pack(Parameters<T> values, bool forTraining)
    {
        _kernels.Pack(values[Weights], OutputSize, InputSize, OutputSize, _panels.Start, InputSize);
        values.Span(Bias).CopyTo(_bias.Span);
        if (forTraining)
        {
            _transposedPanels.Resize((long)OutputSize * _kernels.Pad(InputSize));
            _kernels.PackTransposed(values[Weights], OutputSize, OutputSize, InputSize, _transposedPanels.Start, OutputSize);
        }
    }

    /// <summary><c>y = x·W + b</c>.</summary>
    /// <param name="x">Inputs <c>[rows, I]</c>.</param>
    /// <param name="xStride">From one row of x to the next.</param>
    /// <param name="y">Outputs <c>[rows, O]</c>.</param>
    /// <param name="rows">How many rows.</param>
    public void Forward(T* x, nint xStride, T* y, int rows) =>
        _kernels.Multiply(RowOperand<T>.Of(x, xStride, InputSize), _panels.Start, InputSize, _bias.Start, 0, y, OutputSize, rows, OutputSize);

    /// <summary><c>∂L/∂W += xᵀ·∂L/∂y</c>, <c>∂L/∂b +=</c> the column sums, <c>∂L/∂x = ∂L/∂y·Wᵀ</c>.</summary>
    /// <param name="x">Inputs <c>[rows, I]</c>.</param>
    /// <param name="xStride">From one row of x to the next.</param>
    /// <param name="yGradient"><c>∂L/∂y</c>, <c>[rows, O]</c>.</param>
    /// <param name="xGradient">Takes <c>∂L/∂x</c>, rows of which the first I numbers are written.</param>
    /// <param name="xGradientStride">From one row of it to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="gradients">The parameters' gradients, added to.</param>
    public void Backward(T* x, nint xStride, T* yGradient, T* xGradient, nint xGradientStride, int rows, Parameters<T> gradients)
    {
        var operand = new GradientOperand<T> { A = x, Stride = xStride, Columns = InputSize, Gradient = gradients[Weights], GradientStride = OutputSize };
        _kernels.AddGradients(operand, default, yGradient, OutputSize, rows, 0, OutputSize, gradients[Bias], _scratch.Start);
        _kernels.Multiply(RowOperand<T>.Of(yGradient, OutputSize, OutputSize), _transposedPanels.Start, OutputSize, _zeros.Start, 0, xGradient, xGradientStride, rows, InputSize);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panels.Dispose();
        _transposedPanels.Dispose();
        _bias.Dispose();
        _zeros.Dispose();
        _scratch.Dispose();
    }
}
