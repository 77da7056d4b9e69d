using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>The weights of gates that share a product, in the layout of the kernels: Wx above Wh in the same panels.</summary>
internal sealed unsafe class PackedGates<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly int _hiddenSize;
    private readonly NativeBuffer<T> _panels;

    public PackedGates(GateProduct product, int inputSize, int hiddenSize, KernelSet<T> kernels)
    {
        Product = product;
        _kernels = kernels;
        _hiddenSize = hiddenSize;
        InputRows = product.HasInput ? inputSize : 0;
        Rows = InputRows + (product.RecurrentGate == GateProduct.None ? 0 : hiddenSize);
        _panels = new((long)Rows * kernels.Pad(Columns));
    }

    /// <summary>Which gates, and where in the weights they are.</summary>
    public GateProduct Product { get; }

    /// <summary>Rows of Wx; 0 where the input has no part.</summary>
    public int InputRows { get; }

    /// <summary>Rows of Wx and Wh together: of a panel.</summary>
    public int Rows { get; }

    /// <summary>Columns: the gates' units.</summary>
    public int Columns => Product.Count * _hiddenSize;

    /// <summary>Where the gates begin in a row of gates.</summary>
    public int FirstColumn => Product.FirstGate * _hiddenSize;

    /// <summary>The panels from a column on; it must be the first of a panel.</summary>
    public T* Panels(int column) => _panels.Start + ((nint)Rows * column);

    /// <summary>The same from Wh's first row on.</summary>
    public T* RecurrentPanels(int column) => Panels(column) + ((nint)InputRows * _kernels.PanelWidth);

    /// <summary>How many panels there are.</summary>
    public int PanelCount => _kernels.Pad(Columns) / _kernels.PanelWidth;

    /// <summary>Takes the weights over, some of the panels.</summary>
    public void Pack(T* inputWeights, int inputStride, T* recurrentWeights, int recurrentStride, int firstPanel, int endPanel)
    {
        int width = _kernels.PanelWidth, first = firstPanel * width, columns = Math.Min(endPanel * width, Columns) - first;
        if (InputRows > 0)
            _kernels.Pack(inputWeights + (Product.InputGate * _hiddenSize) + first, inputStride, InputRows, columns, Panels(first), Rows);
        if (Rows > InputRows)
            _kernels.Pack(recurrentWeights + (Product.RecurrentGate * _hiddenSize) + first, recurrentStride, _hiddenSize, columns, RecurrentPanels(first), Rows);
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
