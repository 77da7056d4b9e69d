using Elman.Fitted;
using Elman.Models.Streaming;
using Elman.Sequences.Stages;

namespace Elman;

/// <summary>Advances several streams in one pass.</summary>
internal sealed class StreamBatch(FittedModel fitted) : IDisposable
{
    /// <summary>The model of the streams.</summary>
    public FittedModel Fitted => fitted;

    private readonly StreamEngine<float>[] _engines = [.. fitted.Members.Select(member => new StreamEngine<float>(member.Model))];
    private readonly StageBuffers _room = new();
    private readonly HashSet<SequenceSession> _seen = [];
    private float[] _timed = []; // the steps with their calendar features, [streams, channels]
    private int[] _taking = []; // the streams that do not skip the step
    private StreamState<float>[] _states = [];
    private SequenceSession[] _ordered = [];

    /// <summary>Advances each stream by one step, at a given time.</summary>
    /// <param name="streams">The streams.</param>
    /// <param name="x">The values, <c>[streams, given channels]</c>.</param>
    /// <param name="times">The times of the steps.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{SequenceSession}, ReadOnlySpan{float})" path="/exception"/>
    public void Step(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x, ReadOnlySpan<DateTimeOffset> times)
    {
        int given = fitted.GivenChannels, channels = fitted.Channels;
        if (times.Length != streams.Length)
            throw new ArgumentException($"{Amount.Of(times.Length, "time")} for {Amount.Of(streams.Length, "stream")}; give one for "
                + "each.", nameof(times));
        CheckLength(streams.Length, x, given);
        using Use _ = Begin(streams);
        for (int i = 0; i < streams.Length; i++)
            streams[i].CheckAscends(times[i]);
        if (given == channels)
        {
            Step(streams, x);
        }
        else
        {
            if (_timed.Length < streams.Length * channels)
                _timed = new float[streams.Length * channels];
            for (int i = 0; i < streams.Length; i++)
                streams[i].WithCalendar(x.Slice(i * given, given), times[i], _timed.AsSpan(i * channels, channels));
            Step(streams, _timed.AsSpan(0, streams.Length * channels));
        }
        for (int i = 0; i < streams.Length; i++)
            streams[i].Keep(times[i]);
    }

    /// <summary>Advances each stream by one step.</summary>
    /// <exception cref="ArgumentException">A stream belongs to another model or is listed twice, or the values are not valid. No stream has
    /// advanced.</exception>
    /// <exception cref="ObjectDisposedException">A stream has been disposed. No stream has advanced.</exception>
    public void Step(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x)
    {
        int channels = fitted.Channels;
        CheckLength(streams.Length, x, channels);
        if (streams.IsEmpty)
            return;
        using Use _ = Begin(streams);
        for (int i = 0; i < streams.Length; i++)
            streams[i].Check(x.Slice(i * channels, channels), i);
        if (_states.Length < streams.Length)
            (_taking, _states, _ordered) = (new int[streams.Length], new StreamState<float>[streams.Length],
                new SequenceSession[streams.Length]);
        int count = 0;
        for (int i = 0; i < streams.Length; i++)
        {
            if (streams[i].Takes(x.Slice(i * channels, channels)))
                _taking[count++] = i;
            else
                streams[i].PassOver();
        }
        for (int m = 0; m < _engines.Length && count > 0; m++)
            Advance(m, streams, x, count);
        for (int i = 0; i < count; i++)
            streams[_taking[i]].EndStep();
        Forget();
        streams[0].ThrowIfChanged();
        for (int i = 0; i < streams.Length; i++)
            streams[i].ThrowIfOverflowed(i);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (StreamEngine<float> engine in _engines)
            engine.Dispose();
    }

    /// <summary>Advances a member by one step, for the streams that do not skip it.</summary>
    private void Advance(int member, ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x, int count)
    {
        StreamEngine<float> engine = _engines[member];
        int channels = fitted.Channels, outputs = fitted.Model.Spec.OutputSize, inputSize = fitted.Members[member].Model.Spec.InputSize;
        for (int i = 0; i < count; i++)
            _states[i] = streams[_taking[i]].Members[member].Advancing(streams[_taking[i]].Taken);
        Span<float> inputs = engine.Begin(_states.AsSpan(0, count));

        // The engine needs the sequences that have already begun first, so the rows are in that order.
        int next = 0;
        for (int begun = 1; begun >= 0; begun--)
        {
            for (int i = 0; i < count; i++)
            {
                if (_states[i].Steps > 0 != (begun == 1))
                    continue;
                SequenceSession stream = streams[_taking[i]];
                stream.Members[member].Fill(
                    inputs.Slice(next * inputSize, inputSize), x.Slice(_taking[i] * channels, channels), stream.Taken, _room);
                _ordered[next++] = stream;
            }
        }
        engine.Step();
        ReadOnlySpan<float> answers = engine.Answer();
        for (int i = 0; i < count; i++)
            _ordered[i].Take(member, answers.Slice(i * outputs, outputs));
    }

    /// <summary>Clears the references to sessions, so that they can be collected.</summary>
    private void Forget()
    {
        _seen.Clear();
        Array.Clear(_ordered);
        Array.Clear(_states);
        foreach (StreamEngine<float> engine in _engines)
            engine.Forget();
    }

    private static void CheckLength(int streams, ReadOnlySpan<float> x, int channels)
    {
        if (x.Length != (long)streams * channels)
            throw new ArgumentException(
                $"{Amount.Of(x.Length, "value")} for {Amount.Of(streams, "stream")} of {Amount.Of(channels, "channel")}; give "
                    + $"{(long)streams * channels}.", nameof(x));
    }

    /// <summary>Begins exclusive use of all streams by this thread; the end of the scope ends it.</summary>
    private Use Begin(ReadOnlySpan<SequenceSession> streams)
    {
        _seen.Clear();
        int begun = 0;
        try
        {
            for (int i = 0; i < streams.Length; i++)
            {
                SequenceSession stream = streams[i] ?? throw new ArgumentException($"Stream {i + 1} is null.", nameof(streams));
                if (!ReferenceEquals(stream.FittedModel, fitted) && !stream.FittedModel.Model.IsDisposed)
                    throw new ArgumentException(
                        $"Stream {i + 1} belongs to another model, or to this model before it was trained again.", nameof(streams));
                stream.Begin();
                begun++;
                if (!_seen.Add(stream))
                    throw new ArgumentException(
                        $"Stream {i + 1} is listed twice; a stream can take only one step at a time.", nameof(streams));
            }
        }
        catch
        {
            End(streams[..begun]);
            throw;
        }
        return new Use(streams);
    }

    private static void End(ReadOnlySpan<SequenceSession> streams)
    {
        foreach (SequenceSession stream in streams)
            stream.End();
    }

    /// <summary>Exclusive use of streams by one thread.</summary>
    private readonly ref struct Use(ReadOnlySpan<SequenceSession> streams)
    {
        private readonly ReadOnlySpan<SequenceSession> _streams = streams;

        public void Dispose() => End(_streams);
    }
}
