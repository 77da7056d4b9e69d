using Elman.Fitted;
using Elman.Models.Streaming;

namespace Elman;

/// <content>Sequences that arrive step by step.</content>
public abstract partial class SequenceEstimator
{
    private StreamBatch? _idleStreams;

    /// <summary>Opens a stream: a sequence that arrives step by step.</summary>
    /// <returns>The stream; dispose it when its sequence is over.</returns>
    /// <exception cref="ArgumentException">The model needs whole sequences: it is bidirectional, interpolates missing values up to the next
    /// known one, or scales each sequence separately.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    public SequenceSession OpenSession()
    {
        FittedModel known = Fitted;
        foreach (Member member in known.Members)
            StreamEngine<float>.CheckCanStream(member.Model);
        return new SequenceSession(known, this);
    }

    /// <summary>
    /// Advances many streams by one step each, faster than one after the other and with the same bits. Allocates only to grow.
    /// </summary>
    /// <param name="streams">The streams, all of this model, each listed once.</param>
    /// <param name="x">The step of each stream, <c>[streams, channels]</c>.</param>
    /// <exception cref="ArgumentException">A stream belongs to another model or is listed twice, <paramref name="x"/> has another length,
    /// or a value is infinite, or missing although the model refuses missing values. No stream has advanced.</exception>
    /// <exception cref="OverflowException">The values of a stream, in this step or an earlier one, are too large for the model to compute
    /// with: the stream takes no further step before <see cref="SequenceSession.Reset"/>. If it happens in this step, all streams have
    /// advanced; if it happened earlier, none has.</exception>
    /// <exception cref="InvalidOperationException">The model is not fitted.</exception>
    /// <exception cref="ObjectDisposedException">The model or a stream has been disposed. No stream has advanced.</exception>
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
    /// <param name="streams">The streams, all of this model, each listed once.</param>
    /// <param name="x">The step of each stream, <c>[streams, channels]</c>.</param>
    /// <param name="times">The time of each stream's step.</param>
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

    /// <summary>Returns the buffers for stepping many streams: those of an earlier call, unless another thread uses them.</summary>
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
