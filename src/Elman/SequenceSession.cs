using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Elman.Models;
using Elman.Training;

namespace Elman;

/// <summary>A sequence that comes in step by step, and what a model says of it after every step.</summary>
/// <remarks>
/// The answers are those for the whole sequence so far, bit for bit. A step allocates nothing. Thousands of streams may share a model;
/// different ones may be advanced by different threads at once, or many together by <see cref="SequenceEstimator.StepMany"/>.
/// A stream belongs to what its model had learned when it was opened: fitting the model again, further or anew, or disposing it ends its use.
/// </remarks>
public sealed class SequenceSession : IDisposable
{
    private const uint Mark = 0x54534C45; // "ELST"
    private const int HeaderSize = 20;

    private readonly Learned _learned;
    private readonly float[] _answer;
    private StreamEngine<float>? _engine;

    internal SequenceSession(Learned learned)
    {
        _learned = learned;
        _answer = new float[learned.Model.Spec.OutputSize];
        State = new StreamState<float>(learned.Model);
    }

    /// <summary>How many steps there have been since the sequence began.</summary>
    public long Steps => State.Steps;

    /// <summary>
    /// What the model says after the last step: the probability of every class, of a regressor the targets, of a forecaster the next steps
    /// <c>[horizon, channels]</c>. Before the first step zeros.
    /// </summary>
    public ReadOnlySpan<float> Answer => _answer;

    /// <summary>Where the sequence stands.</summary>
    internal StreamState<float> State { get; }

    /// <summary>What the stream belongs to.</summary>
    internal Learned Learned => _learned;

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, one a channel, finite.</param>
    /// <returns><see cref="Answer"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another number of values than the model channels, or one that is not finite.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x)
    {
        _engine ??= new StreamEngine<float>(_learned.Model);
        StreamState<float> state = State;
        Fill(_engine.Begin(new ReadOnlySpan<StreamState<float>>(in state)), x);
        _engine.Step();
        Take(_engine.Answer());
        return _answer;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset()
    {
        State.Reset();
        _answer.AsSpan().Clear();
    }

    /// <summary>Where the sequence stands, to be kept in a file or sent elsewhere: a few kilobytes, which <see cref="Restore"/> takes.</summary>
    public byte[] Save()
    {
        ReadOnlySpan<float> numbers = State.Numbers;
        byte[] saved = new byte[HeaderSize + (numbers.Length + _answer.Length) * sizeof(float)];
        BinaryPrimitives.WriteUInt32LittleEndian(saved, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(4), _learned.Model.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(8), State.Steps);
        BinaryPrimitives.WriteInt32LittleEndian(saved.AsSpan(16), numbers.Length);
        MemoryMarshal.AsBytes(numbers).CopyTo(saved.AsSpan(HeaderSize));
        MemoryMarshal.AsBytes<float>(_answer.AsSpan()).CopyTo(saved.AsSpan(HeaderSize + (numbers.Length * sizeof(float))));
        return saved;
    }

    /// <summary>Goes on from where a stream of the same model stood.</summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <exception cref="ArgumentException">It is no such thing, or belongs to another model.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        int numbers = State.Numbers.Length;
        if (saved.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(saved) != Mark)
            throw new ArgumentException("This is not the saved state of a stream.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[4..]) != _learned.Model.Fingerprint)
            throw new ArgumentException("The state was saved by a stream of another model; it means nothing to this one.", nameof(saved));
        long steps = BinaryPrimitives.ReadInt64LittleEndian(saved[8..]);
        if (steps < 0 || BinaryPrimitives.ReadInt32LittleEndian(saved[16..]) != numbers || saved.Length != HeaderSize + ((numbers + _answer.Length) * sizeof(float)))
            throw new ArgumentException("The saved state of the stream is damaged: its length or its number of steps can't be.", nameof(saved));
        State.Steps = steps;
        saved.Slice(HeaderSize, numbers * sizeof(float)).CopyTo(MemoryMarshal.AsBytes(State.Numbers));
        saved[(HeaderSize + (numbers * sizeof(float)))..].CopyTo(MemoryMarshal.AsBytes(_answer.AsSpan()));
    }

    /// <summary>A second stream that stands where this one does.</summary>
    public SequenceSession Copy()
    {
        var copy = new SequenceSession(_learned);
        State.Numbers.CopyTo(copy.State.Numbers);
        copy.State.Steps = State.Steps;
        _answer.CopyTo(copy._answer, 0);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine?.Dispose();
        State.Dispose();
    }

    /// <summary>Puts a step's values where the engine reads them.</summary>
    internal void Fill(Span<float> inputs, ReadOnlySpan<float> x)
    {
        if (x.Length != inputs.Length)
            throw new ArgumentException($"A step of this model has {inputs.Length} values, not {x.Length}.", nameof(x));
        for (int c = 0; c < x.Length; c++)
        {
            if (!float.IsFinite(x[c]))
                throw new ArgumentException(FormattableString.Invariant($"Channel {c + 1} of step {Steps + 1} is {x[c]}; every value must be finite."), nameof(x));
            inputs[c] = _learned.Standardization is { } s ? (float)s.Apply(x[c], c) : x[c];
        }
    }

    /// <summary>Takes over what the model says.</summary>
    internal void Take(ReadOnlySpan<float> scores)
    {
        scores.CopyTo(_answer);
        _learned.Express(_answer);
    }
}
