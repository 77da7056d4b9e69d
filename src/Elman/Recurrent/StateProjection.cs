using System.Numerics;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// Projects a cell's output to a smaller one (H. Sak and others, 2014), which the gates of the next step read and which is the output of
/// the layer:
/// <code>
/// h_t = m_t·Wr            m_t the cell's own output, of size H; h_t of size P
/// </code>
/// </summary>
internal sealed unsafe class StateProjection<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly int _hiddenSize, _size, _columns;
    private readonly NativeBuffer<T> _panels;
    private readonly NativeBuffer<T> _transposedPanels = new();
    private readonly NativeBuffer<T> _zeros;
    private readonly NativeBuffer<T> _unusedSums; // there is no bias

    /// <summary>Adds the matrix to a model's parameters.</summary>
    /// <param name="hiddenSize">H, the number of units.</param>
    /// <param name="size">P, the size of the output.</param>
    /// <param name="columns">P and padding of the last lane.</param>
    /// <param name="name">The name of the matrix.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="kernels">The kernels to use.</param>
    public StateProjection(int hiddenSize, int size, int columns, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        (_hiddenSize, _size, _columns, _kernels) = (hiddenSize, size, columns, kernels);
        Weights = layout.Add(name, hiddenSize, size);
        _panels = new((long)hiddenSize * kernels.Pad(size));
        _zeros = new(Math.Max(hiddenSize, columns));
        _unusedSums = new(size);
    }

    /// <summary>Wr, <c>[H, P]</c>.</summary>
    public ParameterSlice Weights { get; }

    /// <summary>The number of panels of the gradient.</summary>
    public int PanelCount => _kernels.Pad(_size) / _kernels.PanelWidth;

    /// <inheritdoc cref="RecurrentLayer{T}.Pack"/>
    public void Pack(Parameters<T> values, bool forTraining)
    {
        _kernels.Pack(values[Weights], _size, _hiddenSize, _size, _panels.Start, _hiddenSize);
        if (!forTraining)
            return;
        _transposedPanels.Resize((long)_size * _kernels.Pad(_hiddenSize));
        _kernels.PackTransposed(values[Weights], _size, _size, _hiddenSize, _transposedPanels.Start, _size);
    }

    /// <summary>Computes <c>h = m·Wr</c>, with zeros as padding of the last lane.</summary>
    /// <param name="m">The cell's outputs.</param>
    /// <param name="h">Receives the outputs of the layer.</param>
    /// <param name="stride">The distance from one row of either to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="kept">Receives a copy of m for the gradient, <c>[rows, H]</c>; <see langword="null"/> if it is not needed.</param>
    public void Forward(T* m, T* h, nint stride, int rows, T* kept)
    {
        _kernels.Multiply(RowOperand<T>.Of(m, stride, _hiddenSize), _panels.Start, _hiddenSize, _zeros.Start, 0, h, stride, rows, _columns);
        for (nint row = 0; row < rows && kept != null; row++)
            new ReadOnlySpan<T>(m + (row * stride), _hiddenSize).CopyTo(new(kept + (row * _hiddenSize), _hiddenSize));
    }

    /// <summary>Computes <c>∂L/∂m = ∂L/∂h·Wrᵀ</c>; adds to it if the cell passes a part of m on.</summary>
    /// <param name="hGradient">∂L/∂h.</param>
    /// <param name="mGradient">Receives ∂L/∂m.</param>
    /// <param name="stride">The distance from one row of either to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="adds">Whether to add to ∂L/∂m.</param>
    /// <param name="kept">Receives a copy of ∂L/∂h, <c>[rows, P]</c>.</param>
    public void Backward(T* hGradient, T* mGradient, nint stride, int rows, bool adds, T* kept)
    {
        for (nint row = 0; row < rows; row++)
            new ReadOnlySpan<T>(hGradient + (row * stride), _size).CopyTo(new(kept + (row * _size), _size));
        _kernels.Multiply(
            RowOperand<T>.Of(hGradient, stride, _size), _transposedPanels.Start, _size,
            adds ? mGradient : _zeros.Start, adds ? stride : 0, mGradient, stride, rows, _hiddenSize);
    }

    /// <summary><c>∂L/∂Wr += mᵀ·∂L/∂h</c> over all rows, for a range of panels.</summary>
    /// <param name="m">m <c>[rows, H]</c>.</param>
    /// <param name="hGradient">∂L/∂h <c>[rows, P]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="panels">The range of panels.</param>
    /// <param name="gradients">The gradients of the parameters.</param>
    /// <param name="scratch">Scratch for a product with H columns.</param>
    public void AddGradients(T* m, T* hGradient, int rows, (int First, int End) panels, Parameters<T> gradients, T* scratch)
    {
        int first = panels.First * _kernels.PanelWidth, end = Math.Min(panels.End * _kernels.PanelWidth, _size);
        if (first >= end)
            return;
        var operand = new GradientOperand<T>
        {
            A = m,
            Stride = _hiddenSize,
            Columns = _hiddenSize,
            Gradient = gradients[Weights],
            GradientStride = _size,
        };
        _kernels.AddGradients(operand, default, hGradient, _size, rows, first, end, _unusedSums.Start, scratch);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _panels.Dispose();
        _transposedPanels.Dispose();
        _zeros.Dispose();
        _unusedSums.Dispose();
    }
}
