using Elman.Fitted;
using Elman.Models.Streaming;

namespace Elman;

/// <content>Sequences that come in step by step.</content>
public abstract partial class SequenceEstimator
{
    private StreamBatch? _idleStreams;

    /// <summary>Opens a stream: a sequence that comes in step by step.</summary>
    /// <returns>The stream; dispose it when its sequence is over.</returns>
    /// <exception cref="ArgumentException">The model is bidirectional, so that it has to see a sequence's end first, fills missing values
    /// on a line to the next, or scales each sequence by itself.</exception>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    public SequenceSession OpenSession()
    {
        FittedModel known = Fitted;
        foreach (Member member in known.Members)
            StreamEngine<float>.CheckCanStream(member.Model);
        return new SequenceSession(known, this);
    }

    /// <summary>
    /// Takes the next step of many streams at once: as if each took it alone, bit for bit, in less time. Allocates only to grow.
    /// </summary>
    /// <param name="streams">Streams of this model, each once.</param>
    /// <param name="x">A step for each, one after the other, <c>[streams, channels]</c>.</param>
    /// <exception cref="ArgumentException">A stream is another model's or there twice, <paramref name="x"/> has another length, or a value
    /// is infinite, or missing where the model refuses that. Then no stream has moved.</exception>
    /// <exception cref="OverflowException">The values of a stream, now or before, are so large that the model can't compute with them: it
    /// takes no further step before <see cref="SequenceSession.Reset"/>. Where it happens now, all streams have taken the step; where it
    /// had happened before, none has.</exception>
    /// <exception cref="InvalidOperationException">It is not fitted.</exception>
    /// <exception cref="ObjectDisposedException">It, or a stream, has been disposed. Then no stream has moved, either.</exception>
    public void StepMany(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x)
    {
        foreach (SequenceSession? stream in streams)
            stream?.CheckTime(isGiven: false);
        FittedModel known = Fitted;
        StreamBatch batch = IdleStreams(known);
        try
        {
            batch.Step(streams, x);
        }
        finally
        {
            PutBack(known, batch);
        }
    }

    /// <summary>The same for a model that uses calendar features.</summary>
    /// <param name="streams">Streams of this model, each once.</param>
    /// <param name="x">A step for each, one after the other, <c>[streams, channels]</c>.</param>
    /// <param name="times">When the step of each is.</param>
    /// <inheritdoc cref="StepMany(ReadOnlySpan{SequenceSession}, ReadOnlySpan{float})" path="/exception"/>
    public void StepMany(ReadOnlySpan<SequenceSession> streams, ReadOnlySpan<float> x, ReadOnlySpan<DateTimeOffset> times)
    {
        FittedModel known = Fitted;
        StreamBatch batch = IdleStreams(known);
        try
        {
            batch.Step(streams, x, times);
        }
        finally
        {
            PutBack(known, batch);
        }
    }

    /// <summary>What a thread needs to step many streams: that of a call before, unless another thread has it.</summary>
    private StreamBatch IdleStreams(FittedModel known)
    {
        StreamBatch? idle = Interlocked.Exchange(ref _idleStreams, null);
        return idle is not null && ReferenceEquals(idle.Fitted, known) ? idle : new StreamBatch(known);
    }

    private void PutBack(FittedModel known, StreamBatch batch)
    {
        if (ReferenceEquals(known, _fitted))
            Interlocked.Exchange(ref _idleStreams, batch)?.Dispose();
    }
}
