using System.Numerics;
using Elman.Kernels;

namespace Elman.Packing;

/// <summary>A range of gates of a transposed matrix, and its position in the weights.</summary>
/// <param name="FirstGate">The first of the gates.</param>
/// <param name="Count">The number of gates.</param>
/// <param name="WeightGate">The gate of the weight matrix that belongs to the first of the gates.</param>
internal readonly record struct TransposedGates(int FirstGate, int Count, int WeightGate);

/// <summary>
/// Wᵀ of some gates in the layout of the kernels, for the backward pass: <c>∂L/∂h_{t−1} += ∂L/∂a_t·Whᵀ</c>, <c>∂L/∂x += ∂L/∂a·Wxᵀ</c>.
/// </summary>
/// <remarks>
/// The gates may be in two places of a row of gates, as in a GRU, where only r, z and the recurrent part of n depend on h.
/// </remarks>
internal sealed unsafe class PackedTranspose<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KernelSet<T> _kernels;
    private readonly TransposedGates[] _gates;
    private readonly int _columns;
    private readonly int _hiddenSize;
    private readonly int _unitStride;
    private readonly int _rows; // of a panel: the gates' units, with each gate's last lane padded with zeros
    private readonly NativeBuffer<T> _panels = new();

    /// <param name="gates">The gates, in at most two ranges.</param>
    /// <param name="columns">The number of columns of Wᵀ: H or I.</param>
    /// <param name="hiddenSize">H, the number of units.</param>
    /// <param name="unitStride">The distance from one gate to the next in a row of gates, in whole lanes.</param>
    /// <param name="kernels">The kernels to use.</param>
    public PackedTranspose(IEnumerable<TransposedGates> gates, int columns, int hiddenSize, int unitStride, KernelSet<T> kernels)
    {
        _gates = [.. gates];
        if (_gates.Length > 2)
            throw new ArgumentException("The gates lie in more than two places.", nameof(gates));
        _kernels = kernels;
        _columns = columns;
        _hiddenSize = hiddenSize;
        _unitStride = unitStride;
        _rows = _gates.Sum(place => place.Count) * unitStride;
    }

    /// <summary>Whether there are no gates.</summary>
    public bool IsEmpty => _gates.Length == 0;

    /// <summary>The number of panels.</summary>
    public int PanelCount => IsEmpty ? 0 : _kernels.Pad(_columns) / _kernels.PanelWidth;

    /// <summary>Allocates memory for the panels, once.</summary>
    public void Reserve()
    {
        if (_panels.Length > 0)
            return;
        _panels.Resize((long)_rows * _kernels.Pad(_columns));
        _panels.Clear();
    }

    /// <summary>Packs the weights of a range of panels.</summary>
    public void Pack(T* matrix, int stride, (int First, int End) which)
    {
        if (which.First >= which.End)
            return;
        int width = _kernels.PanelWidth, first = which.First * width, columns = Math.Min(which.End * width, _columns) - first;
        T* panels = _panels.Start + ((nint)_rows * first);
        foreach (TransposedGates place in _gates)
        {
            T* weights = matrix + ((nint)first * stride) + (place.WeightGate * _hiddenSize);
            for (int gate = 0; gate < place.Count; gate++, weights += _hiddenSize, panels += (nint)_unitStride * width)
                _kernels.PackTransposed(weights, stride, _hiddenSize, columns, panels, _rows);
        }
    }

    /// <summary>Computes <c>C = addend + ∂L/∂a·Wᵀ</c>.</summary>
    /// <param name="gates">∂L/∂a <c>[rows, G·H]</c>, all gates; the padding of their last lanes must be finite.</param>
    /// <param name="gatesStride">The distance from one row to the next.</param>
    /// <param name="addend">The addend.</param>
    /// <param name="addendStride">The distance from one row to the next.</param>
    /// <param name="c">C <c>[rows, columns]</c>.</param>
    /// <param name="cStride">The distance from one row to the next.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="firstColumn">The first column of C to compute: the first of a panel.</param>
    /// <param name="columns">The number of columns.</param>
    public void Multiply(
        T* gates, nint gatesStride, T* addend, nint addendStride, T* c, nint cStride, int rows, int firstColumn, int columns)
    {
        var a = RowOperand<T>.Of(gates + (_gates[0].FirstGate * _unitStride), gatesStride, _gates[0].Count * _unitStride);
        if (_gates.Length > 1)
        {
            a.Second = gates + (_gates[1].FirstGate * _unitStride);
            a.SecondStride = gatesStride;
            a.SecondColumns = _gates[1].Count * _unitStride;
        }
        _kernels.Multiply(a, _panels.Start + ((nint)_rows * firstColumn), _rows, addend + firstColumn, addendStride,
            c + firstColumn, cStride, rows, columns);
    }

    /// <inheritdoc/>
    public void Dispose() => _panels.Dispose();
}
