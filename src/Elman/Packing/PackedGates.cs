using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Packing;

/// <summary>The weights of gates that share a product, in the layout of the kernels: Wx above Wh in the same panels.</summary>
internal sealed unsafe class PackedGates<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly int _hiddenSize;
    private readonly int _unitStride;
    private readonly NativeBuffer<T> _panels;

    /// <param name="product">The gates of the product.</param>
    /// <param name="inputSize">I, the number of inputs of a step.</param>
    /// <param name="hiddenSize">H, the number of units.</param>
    /// <param name="recurrentSize">The number of rows of Wh: H, or P if the output is projected.</param>
    /// <param name="unitStride">The distance from one gate's columns to the next gate's, in whole lanes.</param>
    /// <param name="kernels">The kernels to use.</param>
    public PackedGates(GateProduct product, int inputSize, int hiddenSize, int recurrentSize, int unitStride, KernelSet<T> kernels)
    {
        Product = product;
        _kernels = kernels;
        _hiddenSize = hiddenSize;
        _unitStride = unitStride;
        InputRows = product.HasInput ? inputSize : 0;
        Rows = InputRows + (product.RecurrentGate == GateProduct.None ? 0 : recurrentSize);
        _panels = new((long)Rows * kernels.Pad(Columns));
    }

    /// <summary>The gates, and their position in the weights.</summary>
    public GateProduct Product { get; }

    /// <summary>The number of rows of Wx; 0 if the input is not part of the product.</summary>
    public int InputRows { get; }

    /// <summary>The number of rows of a panel: those of Wx and Wh.</summary>
    public int Rows { get; }

    /// <summary>The number of columns: the gates' units, with each gate's last lane padded with zeros.</summary>
    public int Columns => Product.Count * _unitStride;

    /// <summary>The offset of the gates in a row of gates.</summary>
    public int FirstColumn => Product.FirstGate * _unitStride;

    /// <summary>Returns the panels from a column on, which must be the first column of a panel.</summary>
    public T* Panels(int column) => _panels.Start + ((nint)Rows * column);

    /// <summary>The same, from the first row of Wh on.</summary>
    public T* RecurrentPanels(int column) => Panels(column) + ((nint)InputRows * _kernels.PanelWidth);

    /// <summary>The number of panels.</summary>
    public int PanelCount => _kernels.Pad(Columns) / _kernels.PanelWidth;

    /// <summary>Packs the weights of a range of panels.</summary>
    public void Pack(T* inputWeights, int inputStride, T* recurrentWeights, int recurrentStride, (int First, int End) panels)
    {
        if (panels.First < panels.End && InputRows > 0)
            Pack(inputWeights + (Product.InputGate * _hiddenSize), inputStride, InputRows, _panels.Start, panels);
        if (panels.First < panels.End && Rows > InputRows)
            Pack(recurrentWeights + (Product.RecurrentGate * _hiddenSize), recurrentStride, Rows - InputRows, RecurrentPanels(0), panels);
    }

    private void Pack(T* weights, int stride, int rows, T* panels, (int First, int End) which)
    {
        int width = _kernels.PanelWidth, first = which.First * width, end = Math.Min(which.End * width, Columns);
        if (_unitStride == _hiddenSize)
        {
            _kernels.Pack(weights + first, stride, rows, end - first, panels + ((nint)Rows * first), Rows);
            return;
        }
        int lane = _kernels.LaneWidth;
        for (int column = first; column < end; column += lane)
        {
            (int gate, int unit) = Math.DivRem(column, _unitStride);
            T* target = panels + ((nint)Rows * (column / width * width)) + (column % width);
            _kernels.PackLane(weights + (gate * _hiddenSize) + unit, stride, rows, Math.Min(lane, _hiddenSize - unit), target);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
