using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Linear;

/// <summary>
/// The nonlinear part after a linear recurrence: a gated linear unit of the states s, layer normalisation, and a skip connection from the
/// inputs x. It is computed row by row, independently of time:
/// <code>
/// v = s·Wv + b_v
/// g = s·Wg + b_g
/// y = norm(v∘σ(g))∘γ + x·S + b_s          or + x itself, if x and y have the same size
/// </code>
/// </summary>
/// <remarks>A block of rows is processed completely before the next, so that intermediate results are still in the cache when they are
/// read.</remarks>
internal sealed unsafe class GatedOutput<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The number of rows in a block: the number of rows that products process with one panel.</summary>
    private const int BlockRows = 96;

    private readonly int _inputSize, _outputSize;
    private readonly long _weightCount; // number of multiply-adds of a row
    private readonly Dense<T> _value, _gate;
    private readonly Dense<T>? _skip;
    private readonly GluPass<T> _unit;
    private readonly NormalizationPass<T> _normalization;
    private readonly NativeBuffer<T> _gain;

    /// <summary>Adds the parameters to a model's.</summary>
    /// <param name="stateSize">S, the size of a state.</param>
    /// <param name="inputSize">I, the number of inputs of a step.</param>
    /// <param name="outputSize">W, the number of outputs of a step.</param>
    /// <param name="name">The prefix of the names of its parameters.</param>
    /// <param name="layout">The layout of the model's parameters, which is added to.</param>
    /// <param name="kernels">The kernels to use.</param>
    public GatedOutput(int stateSize, int inputSize, int outputSize, string name, ParameterLayout layout, KernelSet<T> kernels)
    {
        (_inputSize, _outputSize) = (inputSize, outputSize);
        _value = new Dense<T>(stateSize, outputSize, $"{name}.value", layout, kernels);
        _gate = new Dense<T>(stateSize, outputSize, $"{name}.gate", layout, kernels);
        Gain = layout.Add($"{name}.norm.gain", outputSize);
        _skip = inputSize == outputSize ? null : new Dense<T>(inputSize, outputSize, $"{name}.skip", layout, kernels);
        _unit = GluPass<T>.For(kernels);
        _normalization = NormalizationPass<T>.For(kernels);
        _gain = new(outputSize);
        _weightCount = Matrices.Sum(matrix => (long)matrix.Count);
    }

    /// <summary>γ, <c>[W]</c>.</summary>
    public ParameterSlice Gain { get; }

    /// <summary>The matrices.</summary>
    public IEnumerable<ParameterSlice> Matrices =>
        _skip is null ? [_value.Weights, _gate.Weights] : [_value.Weights, _gate.Weights, _skip.Weights];

    /// <summary>Packs the weights into the layout of the kernels. Needed after every change of them.</summary>
    /// <param name="values">The parameters.</param>
    /// <param name="forTraining">Whether to also pack the weights for the backward pass.</param>
    public void Pack(Parameters<T> values, bool forTraining)
    {
        _value.Pack(values, forTraining);
        _gate.Pack(values, forTraining);
        _skip?.Pack(values, forTraining);
        values.Span(Gain).CopyTo(_gain.Span);
    }

    /// <summary>Computes outputs from states and inputs.</summary>
    /// <param name="states">s <c>[rows, S]</c>.</param>
    /// <param name="inputs">x <c>[rows, I]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputs">Receives y.</param>
    /// <param name="stride">The distance from one row of y to the next.</param>
    /// <param name="tape">Receives the values for the backward pass.</param>
    /// <param name="workers">The threads to use.</param>
    public void Forward(T* states, T* inputs, int rows, T* outputs, nint stride, GatedTape<T> tape, Workers workers)
    {
        long numbers = (long)rows * _outputSize;
        tape.Values.Resize(numbers);
        tape.Gates.Resize(numbers);
        tape.Normalized.Resize(numbers);
        tape.Inverses.Resize(rows);
        tape.Skipped.Resize(_skip is null ? 0 : numbers);
        var job = new ForwardJob(this, states, inputs, rows, outputs, stride, tape, workers.PartsFor(rows * _weightCount));
        workers.Run(ref job, job.Parts);
    }

    /// <summary>Computes the gradients of states, inputs and parameters from the gradient of the outputs.</summary>
    /// <param name="states">s <c>[rows, S]</c>.</param>
    /// <param name="inputs">x <c>[rows, I]</c>.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="outputGradient"><c>∂L/∂y</c>.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="stateGradient"><c>∂L/∂s</c>, which is added to.</param>
    /// <param name="inputGradient"><c>∂L/∂x</c>, which is added to; <see langword="null"/> if it is not needed.</param>
    /// <param name="tape">The tape of the forward pass.</param>
    /// <param name="gradients">The gradients of the parameters, which are added to.</param>
    /// <param name="workers">The threads to use.</param>
    public void Backward(
        T* states, T* inputs, int rows, T* outputGradient, nint stride, T* stateGradient, T* inputGradient, GatedTape<T> tape,
        Parameters<T> gradients, Workers workers)
    {
        long numbers = (long)rows * _outputSize;
        tape.Skipped.Resize(numbers);
        T* gradient = tape.Skipped.Start;
        for (int row = 0; row < rows; row++)
            new ReadOnlySpan<T>(outputGradient + (row * stride), _outputSize)
                .CopyTo(new(gradient + ((nint)row * _outputSize), _outputSize));
        _skip?.AddWeightGradients(inputs, gradient, rows, gradients, workers);
        var gain = new GainJob(this, rows, tape, gradients, workers.PartsFor(numbers));
        workers.Run(ref gain, gain.Parts);
        var job = new BackwardJob(this, rows, stateGradient, inputGradient, tape, workers.PartsFor(rows * _weightCount));
        workers.Run(ref job, job.Parts);
        _value.AddWeightGradients(states, tape.Values.Start, rows, gradients, workers);
        _gate.AddWeightGradients(states, tape.Gates.Start, rows, gradients, workers);
    }

    private void ForwardLayer(T* states, T* inputs, int rows, T* outputs, nint stride, GatedTape<T> tape, nint row)
    {
        nint width = _outputSize, at = row * width;
        T* values = tape.Values.Start + at, gates = tape.Gates.Start + at, normalized = tape.Normalized.Start + at, skipped = inputs;
        _value.Forward(states, values, rows);
        _gate.Forward(states, gates, rows);
        if (_skip is not null)
            _skip.Forward(inputs, skipped = tape.Skipped.Start + at, rows);
        _unit.Forward(values, gates, normalized, rows * width);
        _normalization.Forward(normalized, width, normalized, width, tape.Inverses.Start + row, _gain.Start, skipped, width, outputs,
            stride, rows, _outputSize);
    }

    private void BackwardLayer(int rows, T* stateGradient, T* inputGradient, GatedTape<T> tape, nint row)
    {
        nint width = _outputSize, at = row * width;
        T* gradient = tape.Skipped.Start + at, values = tape.Values.Start + at, gates = tape.Gates.Start + at;
        if (inputGradient != null && _skip is not null)
            _skip.AddInputGradients(gradient, inputGradient, rows);
        else if (inputGradient != null)
        {
            var sum = new Span<T>(inputGradient, rows * _outputSize);
            TensorPrimitives.Add(sum, new ReadOnlySpan<T>(gradient, sum.Length), sum);
        }
        _normalization.Backward(
            gradient, width, tape.Normalized.Start + at, width, tape.Inverses.Start + row, _gain.Start, rows, _outputSize);
        _unit.Backward(gradient, values, gates, rows * width);
        _value.AddInputGradients(values, stateGradient, rows);
        _gate.AddInputGradients(gates, stateGradient, rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _value.Dispose();
        _gate.Dispose();
        _skip?.Dispose();
        _gain.Dispose();
    }

    private readonly struct ForwardJob(
        GatedOutput<T> layer, T* states, T* inputs, int rows, T* outputs, nint stride, GatedTape<T> tape, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            for (nint row = first; row < end; row += BlockRows)
                layer.ForwardLayer(
                    states + (row * layer._value.InputSize), inputs + (row * layer._inputSize), (int)Math.Min(BlockRows, end - row),
                    outputs + (row * stride), stride, tape, row);
        }
    }

    /// <summary>A range of columns of the gain's gradient, over all rows.</summary>
    private readonly struct GainJob(GatedOutput<T> layer, int rows, GatedTape<T> tape, Parameters<T> gradients, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(layer._outputSize, part, parts);
            NormalizationPass<T>.AddGradients(
                tape.Skipped.Start + first, layer._outputSize, tape.Normalized.Start + first, layer._outputSize, rows, end - first,
                gradients[layer.Gain] + first, null);
        }
    }

    private readonly struct BackwardJob(
        GatedOutput<T> layer, int rows, T* stateGradient, T* inputGradient, GatedTape<T> tape, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (int first, int end) = Workers.Share(rows, part, parts);
            for (nint row = first; row < end; row += BlockRows)
                layer.BackwardLayer(
                    (int)Math.Min(BlockRows, end - row), stateGradient + (row * layer._value.InputSize),
                    inputGradient == null ? null : inputGradient + (row * layer._inputSize), tape, row);
        }
    }
}
