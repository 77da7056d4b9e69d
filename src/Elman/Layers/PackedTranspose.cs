using System.Numerics;
using Elman.Cells;
using Elman.Kernels;

namespace Elman.Layers;

/// <summary>Whᵀ of some gates in the layout of the kernels, for the way back: <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>.</summary>
/// <remarks>The gates may lie in two places of a row of gates, as in a GRU, where only r, z and the recurrent part of n depend on h.</remarks>
internal sealed unsafe class PackedTranspose<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly GateProduct[] _products;
    private readonly int _hiddenSize;
    private readonly int _unitStride;
    private readonly int _rows; // of a panel: the gates' units, and zeros that fill each gate's last lane
    private readonly NativeBuffer<T> _panels = new();

    /// <param name="products">Which gates, in at most two places.</param>
    /// <param name="hiddenSize">H.</param>
    /// <param name="unitStride">From one gate to the next in a row of gates: whole lanes.</param>
    /// <param name="kernels">The kernels.</param>
    public PackedTranspose(IEnumerable<GateProduct> products, int hiddenSize, int unitStride, KernelSet<T> kernels)
    {
        _products = [.. products];
        if (_products.Length > 2)
            throw new ArgumentException("The gates lie in more than two places.", nameof(products));
        _kernels = kernels;
        _hiddenSize = hiddenSize;
        _unitStride = unitStride;
        _rows = _products.Sum(product => product.Count) * unitStride;
    }

    /// <summary>Whether there are no gates at all.</summary>
    public bool IsEmpty => _products.Length == 0;

    /// <summary>How many panels there are.</summary>
    public int PanelCount => IsEmpty ? 0 : _kernels.Pad(_hiddenSize) / _kernels.PanelWidth;

    /// <summary>Takes memory for the panels, once.</summary>
    public void Reserve()
    {
        if (_panels.Length > 0)
            return;
        _panels.Resize((long)_rows * _kernels.Pad(_hiddenSize));
        _panels.Clear();
    }

    /// <summary>Takes the weights over, some of the panels.</summary>
    public void Pack(T* recurrentWeights, int stride, int firstPanel, int endPanel)
    {
        int width = _kernels.PanelWidth, first = firstPanel * width, columns = Math.Min(endPanel * width, _hiddenSize) - first;
        T* panels = _panels.Start + ((nint)_rows * first);
        foreach (GateProduct product in _products)
        {
            T* weights = recurrentWeights + ((nint)first * stride) + (product.RecurrentGate * _hiddenSize);
            for (int gate = 0; gate < product.Count; gate++, weights += _hiddenSize, panels += (nint)_unitStride * width)
                _kernels.PackTransposed(weights, stride, _hiddenSize, columns, panels, _rows);
        }
    }

    /// <summary><c>C = addend + ∂L/∂a·Whᵀ</c>.</summary>
    /// <param name="gates">∂L/∂a <c>[rows, G·H]</c>, all gates; what fills their last lanes must be finite.</param>
    /// <param name="gatesStride">From one row of it to the next.</param>
    /// <param name="addend">The addend.</param>
    /// <param name="addendStride">From one row of it to the next.</param>
    /// <param name="c">C <c>[rows, H]</c>.</param>
    /// <param name="cStride">From one row of it to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="firstUnit">C's first column that is meant: the first of a panel.</param>
    /// <param name="units">How many columns.</param>
    public void Multiply(T* gates, nint gatesStride, T* addend, nint addendStride, T* c, nint cStride, int rows, int firstUnit, int units)
    {
        var a = RowOperand<T>.Of(gates + (_products[0].FirstGate * _unitStride), gatesStride, _products[0].Count * _unitStride);
        if (_products.Length > 1)
        {
            a.Second = gates + (_products[1].FirstGate * _unitStride);
            a.SecondStride = gatesStride;
            a.SecondColumns = _products[1].Count * _unitStride;
        }
        _kernels.Multiply(a, _panels.Start + ((nint)_rows * firstUnit), _rows, addend + firstUnit, addendStride, c + firstUnit, cStride, rows, units);
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
