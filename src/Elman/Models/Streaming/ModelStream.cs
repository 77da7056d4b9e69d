using System.Numerics;

namespace Elman.Models.Streaming;

/// <summary>
/// A sequence that arrives step by step. Its outputs and logits are those of the whole sequence, bit for bit. After its creation, it
/// allocates nothing.
/// </summary>
/// <remarks>Reads the packed weights of its model: if they are changed and packed meanwhile, results mix old and new weights.</remarks>
internal sealed class ModelStream<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly StreamEngine<T> _engine;
    private readonly StreamState<T> _state;

    /// <summary>Starts a sequence.</summary>
    /// <param name="model">A model with packed weights.</param>
    /// <exception cref="ArgumentException">The model needs whole sequences, for example because it is bidirectional.</exception>
    public ModelStream(SequenceModel<T> model)
    {
        _model = model;
        _engine = new StreamEngine<T>(model);
        _state = new StreamState<T>(model);
    }

    /// <summary>The number of steps since the sequence began.</summary>
    public long Steps => _state.Steps;

    /// <summary>The output of the last layer after the last step, <c>[H]</c>.</summary>
    public ReadOnlySpan<T> Output => _engine.Outputs;

    /// <summary>Advances the sequence by one step.</summary>
    /// <param name="x">The values of the step, <c>[I]</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another length.</exception>
    public void Step(ReadOnlySpan<T> x)
    {
        int inputs = _model.Spec.InputSize;
        if (x.Length != inputs)
            throw new ArgumentException($"A step of this model has {Amount.Of(inputs, "value")}, not {x.Length}.", nameof(x));
        x.CopyTo(_engine.Begin(new ReadOnlySpan<StreamState<T>>(in _state)));
        _engine.Step();
    }

    /// <summary>Returns the logits for the sequence so far, <c>[C]</c>; there must have been a step.</summary>
    public ReadOnlySpan<T> Logits() => _engine.Answer();

    /// <summary>Starts a new sequence.</summary>
    public void Reset() => _state.Reset();

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _state.Dispose();
    }
}
