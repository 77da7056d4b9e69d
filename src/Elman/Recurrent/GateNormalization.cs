using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// Layer normalisation inside a recurrent layer (J. Ba and others, 2016): the units of each gate, after the gate's product and before its
/// function, with the bias as the shift,
/// <code>
/// a = norm(x_t·Wx + h_{t−1}·Wh)∘γ + b
/// </code>
/// </summary>
/// <remarks>
/// Each gate by itself, both products together. The GRU's candidate, whose two parts stay apart, has each of them normalised.
/// An LSTM's memory is not.
/// </remarks>
internal sealed unsafe class GateNormalization<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NormalizationPass<T> _pass;
    private readonly GateProduct[] _products;
    private readonly int _hiddenSize, _unitStride, _gateSize, _gates; // gates that have a bias
    private readonly NativeBuffer<T> _gain;

    /// <summary>Adds its gain to a model's parameters.</summary>
    /// <param name="products">The products of the gates.</param>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="name">The gain's name.</param>
    /// <param name="layout">The model's parameters so far.</param>
    /// <param name="kernels">The kernels to use.</param>
    public GateNormalization(
        IEnumerable<GateProduct> products, LayerShape shape, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        _products = [.. products];
        _gates = _products.Sum(product => product.Count);
        (_hiddenSize, _unitStride, _gateSize) = (shape.HiddenSize, shape.UnitStride, shape.GateSize);
        _pass = NormalizationPass<T>.For(kernels);
        Gain = layout.Add(name, _gates * _hiddenSize);
        _gain = new((long)_gates * _unitStride);
    }

    /// <summary>γ, <c>[gates·H]</c>, as the bias.</summary>
    public ParameterSlice Gain { get; }

    /// <summary>Takes the gain over.</summary>
    public void Pack(Parameters<T> values)
    {
        for (int gate = 0; gate < _gates; gate++)
            values.Span(Gain).Slice(gate * _hiddenSize, _hiddenSize).CopyTo(_gain.Span[(gate * _unitStride)..]);
    }

    /// <summary>Takes memory for the rows of a window.</summary>
    public void Reserve(NormalizationTape<T> tape, int rows)
    {
        tape.Normalized.Resize((long)rows * _gateSize);
        tape.Gradient.Resize((long)rows * _gateSize);
        tape.Inverses.Resize((long)rows * _gates);
        tape.Rows = rows;
    }

    /// <summary>From the sums of the gates behind the inner vector, or of the others, to their pre-activations, in place.</summary>
    /// <param name="ofInner">Whether those behind the inner vector.</param>
    /// <param name="gates">Rows of gates.</param>
    /// <param name="shift">The biases.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="tape">Receives what backward needs; <see langword="null"/> where none follows.</param>
    /// <param name="firstRow">Where in the tape.</param>
    public void Forward(bool ofInner, T* gates, T* shift, int rows, NormalizationTape<T>? tape, nint firstRow)
    {
        foreach (GateProduct product in _products)
        {
            for (int gate = product.FirstGate; gate < product.FirstGate + product.Count && product.Inner == ofInner; gate++)
            {
                int column = gate * _unitStride;
                T* normalized = tape is null ? gates + column : tape.Normalized.Start + (firstRow * _gateSize) + column;
                _pass.Forward(
                    gates + column, _gateSize, normalized, _gateSize, Inverses(tape, gate, firstRow),
                    _gain.Start + column, shift + column, 0, gates + column, _gateSize, rows, _hiddenSize);
            }
        }
    }

    /// <summary>From the gradients of those gates' pre-activations to those of the sums, in place.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Backward(bool ofInner, T* gates, int rows, NormalizationTape<T> tape, nint firstRow)
    {
        T* tapeGradient = tape.Gradient.Start + (firstRow * _gateSize), tapeNormalized = tape.Normalized.Start + (firstRow * _gateSize);
        int others = _gates * _unitStride; // vectors behind the gates, which the cell keeps for itself
        Copy(gates + others, tapeGradient + others, rows, _gateSize - others);
        foreach (GateProduct product in _products)
        {
            for (int gate = product.FirstGate; gate < product.FirstGate + product.Count && product.Inner == ofInner; gate++)
            {
                int column = gate * _unitStride;
                Copy(gates + column, tapeGradient + column, rows, _hiddenSize);
                _pass.Backward(
                    gates + column, _gateSize, tapeNormalized + column, _gateSize, Inverses(tape, gate, firstRow),
                    _gain.Start + column, rows, _hiddenSize);
            }
        }
    }

    private void Copy(T* gates, T* kept, int rows, int count)
    {
        for (; rows > 0; rows--, gates += _gateSize, kept += _gateSize)
            new ReadOnlySpan<T>(gates, count).CopyTo(new(kept, count));
    }

    /// <summary>The gradients of γ and b over all rows, for some units.</summary>
    public void AddGradients(NormalizationTape<T> tape, (int First, int End) units, T* gain, T* shift)
    {
        for (int gate = 0; gate < _gates; gate++)
        {
            int from = (gate * _unitStride) + units.First, to = (gate * _hiddenSize) + units.First;
            NormalizationPass<T>.AddGradients(
                tape.Gradient.Start + from, _gateSize, tape.Normalized.Start + from, _gateSize, tape.Rows,
                units.End - units.First, gain + to, shift + to);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gain.Dispose();

    private static T* Inverses(NormalizationTape<T>? tape, int gate, nint firstRow) =>
        tape is null ? null : tape.Inverses.Start + ((nint)gate * tape.Rows) + firstRow;
}

/// <summary>What a <see cref="GateNormalization{T}"/> keeps of the steps of a window.</summary>
internal sealed class NormalizationTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many rows there are.</summary>
    public int Rows { get; set; }

    /// <summary><c>[rows, G·H]</c>: the sums, normalised.</summary>
    public NativeBuffer<T> Normalized { get; } = new();

    /// <summary><c>[rows, G·H]</c>: the gradients of the pre-activations.</summary>
    public NativeBuffer<T> Gradient { get; } = new();

    /// <summary><c>[gates, rows]</c>: what the normalisation multiplied by.</summary>
    public NativeBuffer<T> Inverses { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Normalized.Dispose();
        Gradient.Dispose();
        Inverses.Dispose();
    }
}
