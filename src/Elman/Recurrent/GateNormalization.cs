using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// Layer normalisation in a recurrent layer (J. Ba and others, 2016): over the units of each gate, between the gate's product and its
/// activation, with the bias as the shift,
/// <code>
/// a = norm(x_t·Wx + h_{t−1}·Wh)∘γ + b
/// </code>
/// </summary>
/// <remarks>
/// Each gate is normalised separately, both products together. In the candidate of a GRU, whose two products are separate, each of them is
/// normalised. The memory of an LSTM is not normalised.
/// </remarks>
internal sealed unsafe class GateNormalization<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NormalizationPass<T> _pass;
    private readonly GateProduct[] _products;
    private readonly int _hiddenSize, _unitStride, _gateSize, _gates; // the number of gates with a bias
    private readonly NativeBuffer<T> _gain;

    /// <summary>Adds the gain to a model's parameters.</summary>
    /// <param name="products">The products of the gates.</param>
    /// <param name="shape">The layer's sizes.</param>
    /// <param name="name">The gain's name.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
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

    /// <summary>γ, <c>[gates·H]</c>, in the layout of the bias.</summary>
    public ParameterSlice Gain { get; }

    /// <summary>Copies the gain.</summary>
    public void Pack(Parameters<T> values)
    {
        for (int gate = 0; gate < _gates; gate++)
            values.Span(Gain).Slice(gate * _hiddenSize, _hiddenSize).CopyTo(_gain.Span[(gate * _unitStride)..]);
    }

    /// <summary>Allocates memory for the rows of a window.</summary>
    public void Reserve(NormalizationTape<T> tape, int rows)
    {
        tape.Normalized.Resize((long)rows * _gateSize);
        tape.Gradient.Resize((long)rows * _gateSize);
        tape.Inverses.Resize((long)rows * _gates);
        tape.Rows = rows;
    }

    /// <summary>Computes pre-activations from the sums of gates in place: for the gates that use the inner vector, or for the
    /// others.</summary>
    /// <param name="ofInner">Whether to process the gates that use the inner vector.</param>
    /// <param name="gates">The rows of gates.</param>
    /// <param name="shift">The biases.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="tape">Receives the values for the backward pass; <see langword="null"/> if there is none.</param>
    /// <param name="firstRow">The first row in the tape.</param>
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

    /// <summary>Computes the gradients of the sums from those of the pre-activations, in place.</summary>
    /// <inheritdoc cref="Forward"/>
    public void Backward(bool ofInner, T* gates, int rows, NormalizationTape<T> tape, nint firstRow)
    {
        T* tapeGradient = tape.Gradient.Start + (firstRow * _gateSize), tapeNormalized = tape.Normalized.Start + (firstRow * _gateSize);
        int others = _gates * _unitStride; // vectors after the gates, which the cell uses internally
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

    /// <summary>Adds the gradients of γ and b over all rows, for a range of units.</summary>
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

/// <summary>The values of a <see cref="GateNormalization{T}"/> for the steps of a window.</summary>
internal sealed class NormalizationTape<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows.</summary>
    public int Rows { get; set; }

    /// <summary><c>[rows, G·H]</c>: the sums, normalised.</summary>
    public NativeBuffer<T> Normalized { get; } = new();

    /// <summary><c>[rows, G·H]</c>: the gradients of the pre-activations.</summary>
    public NativeBuffer<T> Gradient { get; } = new();

    /// <summary><c>[gates, rows]</c>: the factors 1/sqrt(variance + ε) of the normalisation.</summary>
    public NativeBuffer<T> Inverses { get; } = new();

    /// <inheritdoc/>
    public void Dispose()
    {
        Normalized.Dispose();
        Gradient.Dispose();
        Inverses.Dispose();
    }
}
