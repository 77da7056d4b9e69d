using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Elman.Kernels;
using Elman.Models;
using Elman.Sequences;
using Elman.Sequences.Stages;
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
    private const uint Mark = 0x33534C45; // "ELS3"
    private const int ChecksumOffset = 28, HeaderSize = 32;

    private readonly Learned _learned;
    private readonly float[] _answer;
    private readonly float[] _memory; // of the steps before, where a stage of the preprocessing needs it
    private readonly StageBuffers _room = new();
    private readonly StreamState<float>? _trial; // where a patch that is not complete is taken, so that State stays where complete ones have left it
    private StreamEngine<float>? _engine;
    private long _taken; // steps that were not passed over
    private bool _disposed;

    internal SequenceSession(Learned learned)
    {
        _learned = learned;
        _answer = new float[learned.Model.Spec.OutputSize];
        _memory = new float[learned.Preprocessing.MemorySize];
        learned.Preprocessing.Begin(_memory);
        State = new StreamState<float>(learned.Model);
        if (!learned.Preprocessing.KeepsSteps)
            _trial = new StreamState<float>(learned.Model);
    }

    /// <summary>How many steps there have been since the sequence began, those that were passed over included.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// What the model says after the last step: the probability of every class, of a regressor the targets, of a forecaster the next steps
    /// <c>[horizon, channels]</c>. Before the first step zeros. A step that is passed over (<see cref="MissingValues.Mask"/>) leaves it; where none
    /// was taken yet, it is what the model says of nothing: the bias of its output layer.
    /// </summary>
    public ReadOnlySpan<float> Answer => _answer;

    /// <summary>Where the sequence stands.</summary>
    internal StreamState<float> State { get; }

    /// <summary>What the stream belongs to.</summary>
    internal Learned Learned => _learned;

    /// <summary>Takes the next step.</summary>
    /// <param name="x">Its values, one a channel, finite; NaN where one is missing, if the model takes that.</param>
    /// <returns><see cref="Answer"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="x"/> has another number of values than the model channels, or one that is infinite, missing where the model refuses that, or none of the symbols that it knows.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    public ReadOnlySpan<float> Step(ReadOnlySpan<float> x)
    {
        Check(x);
        if (!Takes(x))
        {
            PassOver();
            return _answer;
        }
        _engine ??= new StreamEngine<float>(_learned.Model);
        StreamState<float> state = Advancing();
        Fill(_engine.Begin(new ReadOnlySpan<StreamState<float>>(in state)), x, _room);
        _engine.Step();
        Take(_engine.Answer());
        return _answer;
    }

    /// <summary>Begins a new sequence.</summary>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    public void Reset()
    {
        ThrowIfDisposed();
        Steps = 0;
        _taken = 0;
        State.Reset();
        _learned.Preprocessing.Begin(_memory);
        _answer.AsSpan().Clear();
    }

    /// <summary>Where the sequence stands, to be kept in a file or sent elsewhere: a few kilobytes with a checksum, which <see cref="Restore"/> takes.</summary>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    public byte[] Save()
    {
        ThrowIfDisposed();
        ReadOnlySpan<float> numbers = State.Numbers;
        byte[] saved = new byte[HeaderSize + ((numbers.Length + _memory.Length + _answer.Length) * sizeof(float))];
        BinaryPrimitives.WriteUInt32LittleEndian(saved, Mark);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(4), _learned.Fingerprint);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(8), Steps);
        BinaryPrimitives.WriteInt32LittleEndian(saved.AsSpan(16), numbers.Length);
        BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(20), _taken);
        Span<float> content = MemoryMarshal.Cast<byte, float>(saved.AsSpan(HeaderSize));
        numbers.CopyTo(content);
        _memory.CopyTo(content[numbers.Length..]);
        _answer.CopyTo(content[(numbers.Length + _memory.Length)..]);
        BinaryPrimitives.WriteUInt32LittleEndian(saved.AsSpan(ChecksumOffset), ChecksumOf(saved));
        return saved;
    }

    /// <summary>Goes on from where a stream of the same model stood.</summary>
    /// <param name="saved">What <see cref="Save"/> gave.</param>
    /// <exception cref="ArgumentException">It is no such thing, is damaged, or belongs to another model. Then the stream stands where it did.</exception>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        ThrowIfDisposed();
        int numbers = State.Numbers.Length;
        if (saved.Length < HeaderSize || BinaryPrimitives.ReadUInt32LittleEndian(saved) != Mark)
            throw new ArgumentException("This is not the saved state of a stream.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[4..]) != _learned.Fingerprint)
            throw new ArgumentException("The state was saved by a stream of another model; it means nothing to this one.", nameof(saved));
        if (BinaryPrimitives.ReadUInt32LittleEndian(saved[ChecksumOffset..]) != ChecksumOf(saved))
            throw new ArgumentException("The saved state of the stream is damaged: its checksum does not match.", nameof(saved));
        long steps = BinaryPrimitives.ReadInt64LittleEndian(saved[8..]);
        long taken = BinaryPrimitives.ReadInt64LittleEndian(saved[20..]);
        bool stepsCanBe = steps >= 0 && taken >= 0 && (_learned.Preprocessing.Missing == MissingValues.Mask ? taken <= steps : taken == steps);
        if (!stepsCanBe || BinaryPrimitives.ReadInt32LittleEndian(saved[16..]) != numbers || saved.Length != HeaderSize + ((numbers + _memory.Length + _answer.Length) * sizeof(float)))
            throw new ArgumentException("The saved state of the stream is damaged: its length or its number of steps can't be.", nameof(saved));
        Steps = steps;
        _taken = taken;
        State.Steps = _learned.Preprocessing.CompleteAfter(taken);
        ReadOnlySpan<float> content = MemoryMarshal.Cast<byte, float>(saved[HeaderSize..]);
        content[..numbers].CopyTo(State.Numbers);
        content.Slice(numbers, _memory.Length).CopyTo(_memory);
        content[(numbers + _memory.Length)..].CopyTo(_answer);
    }

    /// <summary>A second stream that stands where this one does.</summary>
    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    public SequenceSession Copy()
    {
        ThrowIfDisposed();
        var copy = new SequenceSession(_learned);
        State.Numbers.CopyTo(copy.State.Numbers);
        copy.State.Steps = State.Steps;
        copy.Steps = Steps;
        copy._taken = _taken;
        _memory.CopyTo(copy._memory, 0);
        _answer.CopyTo(copy._answer, 0);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _engine?.Dispose();
        State.Dispose();
        _trial?.Dispose();
    }

    /// <summary>Looks at a step's values before anything moves.</summary>
    /// <exception cref="ArgumentException">They can't be.</exception>
    internal void Check(ReadOnlySpan<float> x)
    {
        ThrowIfDisposed();
        if (x.Length != _learned.Channels)
            throw new ArgumentException($"A step of this model has {_learned.Channels} values, not {x.Length}.", nameof(x));
        for (int c = 0; c < x.Length; c++)
        {
            if (float.IsFinite(x[c]) || (float.IsNaN(x[c]) && _learned.Preprocessing.Missing != MissingValues.Refuse))
                continue;
            string but = float.IsNaN(x[c]) ? "; the model was trained with Missing at Refuse" : "";
            throw new ArgumentException(FormattableString.Invariant($"Channel {c + 1} of step {Steps + 1} is {x[c]}; every value must be finite{but}."), nameof(x));
        }
        if (Takes(x) && _learned.Model.Spec.Symbols.FindStranger(x, _learned.Preprocessing.Missing == MissingValues.Last ? _memory : []) is { } table)
            throw new ArgumentException(FormattableString.Invariant($"Channel {table.Channel} of step {Steps + 1} {EmbeddingOptions.Refusal(table, x[table.Channel - 1])}."), nameof(x));
    }

    /// <exception cref="ObjectDisposedException">The stream or its model has been disposed.</exception>
    internal void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_learned.Model.IsDisposed)
            throw new ObjectDisposedException(nameof(SequenceSession), "The model that the stream belongs to has been disposed.");
    }

    /// <summary>Of everything but itself.</summary>
    private static uint ChecksumOf(ReadOnlySpan<byte> saved) => Checksum.Add(Checksum.Add(0, saved[..ChecksumOffset]), saved[HeaderSize..]);

    /// <summary>Whether the model takes a step, rather than passing over it.</summary>
    internal bool Takes(ReadOnlySpan<float> x) => _learned.Preprocessing.Missing.Takes(x);

    /// <summary>Lets a step go by that the model does not take.</summary>
    internal void PassOver()
    {
        Steps++;
        if (_taken == 0)
            Say(_learned.Model.AnswerToNothing);
    }

    /// <summary>The state that the next step, which the model takes, is to advance: its own, or a copy where the step completes no patch.</summary>
    internal StreamState<float> Advancing()
    {
        if (_trial is null || _learned.Preprocessing.CompleteAfter(_taken + 1) > State.Steps)
            return State;
        State.Numbers.CopyTo(_trial.Numbers);
        _trial.Steps = State.Steps;
        return _trial;
    }

    /// <summary>Puts a step's inputs where the engine reads them.</summary>
    /// <param name="inputs">Takes them.</param>
    /// <param name="x">The step's values.</param>
    /// <param name="room">Room to work in.</param>
    internal void Fill(Span<float> inputs, ReadOnlySpan<float> x, StageBuffers room)
    {
        _learned.Preprocessing.Reserve(room);
        _learned.Preprocessing.Take(x, new StageStep(_taken, IsAsked: true), _memory, room, inputs);
    }

    /// <summary>Takes over what the model says after a step.</summary>
    internal void Take(ReadOnlySpan<float> scores)
    {
        Steps++;
        _taken++;
        Say(scores);
    }

    private void Say(ReadOnlySpan<float> scores)
    {
        scores.CopyTo(_answer);
        _learned.Express(_learned.Members[0], _answer);
    }
}
