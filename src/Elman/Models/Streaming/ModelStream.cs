using System.Numerics;

namespace Elman.Models.Streaming;

/// <summary>
/// One sequence that comes in step by step. Its outputs and logits are those of the whole sequence, bit for bit.
/// Nothing is allocated after it is made.
/// </summary>
/// <remarks>Reads the packed weights of its model: changing and packing them meanwhile mixes the weights of two models.</remarks>
internal sealed class ModelStream<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly StreamEngine<T> _engine;
    private readonly StreamState<T> _state;

    /// <summary>Begins a sequence.</summary>
    /// <param name="model">A model whose weights are packed.</param>
    /// <exception cref="ArgumentException">The model reads from the end too, so its outputs are not known before the last step.</exception>
    public ModelStream(SequenceModel<T> model)
    {
        _model = model;
        _engine = new StreamEngine<T>(model);
        _state = new StreamState<T>(model);
    }

    /// <summary>How many steps there have been since the sequence began.</summary>
    public long Steps => _state.Steps;

    /// <summary>The uppermost layer's output after the last step, <c>[H]</c>.</summary>
    public ReadOnlySpan<T> Output => _engine.Outputs;

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, <c>[I]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public void Step(ReadOnlySpan<T> x)
    {
        int inputs = _model.Spec.InputSize;
        if (x.Length != inputs)
            throw new ArgumentException($"A step of this model has {inputs} values, not {x.Length}.", nameof(x));
        x.CopyTo(_engine.Begin(new ReadOnlySpan<StreamState<T>>(in _state)));
        _engine.Step();
    }

    /// <summary>The scores of the classes, were the sequence to end here, <c>[C]</c>; there must have been a step.</summary>
    public ReadOnlySpan<T> Logits() => _engine.Answer();

    /// <summary>Begins a new sequence.</summary>
    public void Reset() => _state.Reset();

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _state.Dispose();
    }
}
