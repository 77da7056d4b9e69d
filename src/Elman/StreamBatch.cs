using Elman.Models;
using Elman.Sequences.Stages;
using Elman.Training;

namespace Elman;

/// <summary>Advances streams together.</summary>
internal sealed class StreamBatch(Learned learned) : IDisposable
{
    private readonly StreamEngine<float> _engine = new(learned.Model);
    private readonly StageBuffers _room = new();
    private readonly HashSet<SequenceSession> _seen = [];
    private StreamState<float>[] _states = [];
    private SequenceSession[] _ordered = [];

    /// <summary>One step of each.</summary>
    /// <exception cref="ArgumentException">A stream is another model's or there twice, or the values don't fit. Then no stream has moved.</exception>
    /// <exception cref="ObjectDisposedException">A stream has been disposed. Then no stream has moved, either.</exception>
    public void Step(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x)
    {
        int channels = learned.Channels;
        if (x.Length != (long)streams.Length * channels)
            throw new ArgumentException($"{streams.Length} streams of {channels} channels take {(long)streams.Length * channels} values, not {x.Length}.", nameof(x));
        if (streams.IsEmpty)
            return;
        Check(streams);
        for (int i = 0; i < streams.Length; i++)
            streams[i].Check(x.Slice(i * channels, channels));
        if (_states.Length < streams.Length)
            (_states, _ordered) = (new StreamState<float>[streams.Length], new SequenceSession[streams.Length]);
        int count = 0;
        for (int i = 0; i < streams.Length; i++)
        {
            if (streams[i].Takes(x.Slice(i * channels, channels)))
                _states[count++] = streams[i].Advancing();
            else
                streams[i].PassOver();
        }
        if (count > 0)
            Advance(streams, x, count);
        Forget();
    }

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    /// <summary>One step of those that take theirs.</summary>
    private void Advance(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x, int count)
    {
        int channels = learned.Channels, outputs = learned.Model.Spec.OutputSize, inputSize = learned.Model.Spec.InputSize;
        Span<float> inputs = _engine.Begin(_states.AsSpan(0, count));

        // The engine takes sequences that had begun first; so do the rows.
        int next = 0;
        for (int begun = 1; begun >= 0; begun--)
        {
            for (int i = 0; i < streams.Length; i++)
            {
                ReadOnlySpan<float> step = x.Slice(i * channels, channels);
                if (streams[i].State.Steps > 0 != (begun == 1) || !streams[i].Takes(step))
                    continue;
                streams[i].Fill(inputs.Slice(next * inputSize, inputSize), step, _room);
                _ordered[next++] = streams[i];
            }
        }
        _engine.Step();
        ReadOnlySpan<float> answers = _engine.Answer();
        for (int i = 0; i < count; i++)
            _ordered[i].Take(answers.Slice(i * outputs, outputs));
    }

    /// <summary>Keeps no session alive that its owner has let go.</summary>
    private void Forget()
    {
        _seen.Clear();
        Array.Clear(_ordered);
        Array.Clear(_states);
        _engine.Forget();
    }

    private void Check(ReadOnlySpan<SequenceSession> streams)
    {
        _seen.Clear();
        for (int i = 0; i < streams.Length; i++)
        {
            SequenceSession stream = streams[i] ?? throw new ArgumentException($"Stream {i + 1} is null.", nameof(streams));
            stream.ThrowIfDisposed();
            if (!ReferenceEquals(stream.Learned, learned))
                throw new ArgumentException($"Stream {i + 1} belongs to another model, or to what this one had learned before.", nameof(streams));
            if (!_seen.Add(stream))
                throw new ArgumentException($"Stream {i + 1} is there twice; each may take one step at a time.", nameof(streams));
        }
    }
}
