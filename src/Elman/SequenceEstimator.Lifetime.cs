using Elman.Fitted;

namespace Elman;

/// <content>What it holds, and which threads may do what with it.</content>
public abstract partial class SequenceEstimator
{
    private int _isLearning;
    private volatile bool _disposed;

    /// <summary>Frees the native memory at once; without it, the garbage collector does so in time.</summary>
    /// <remarks>
    /// What other threads have begun comes to its end: a question to its answer, a step of a session to its own; then their memory is freed
    /// too, that which open sessions need when they are disposed. Sessions take no further step.
    /// </remarks>
    public void Dispose()
    {
        _disposed = true;
        if (Volatile.Read(ref _isLearning) == 0)
            Interlocked.Exchange(ref _learner, null)?.Dispose();
        Interlocked.Exchange(ref _idle, null)?.Dispose();
        Interlocked.Exchange(ref _idleStreams, null)?.Dispose();
        foreach (Member member in Interlocked.Exchange(ref _fitted, null)?.Members ?? [])
            member.Model.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Takes over what was learned.</summary>
    private protected void Adopt(FittedModel fitted)
    {
        Interlocked.Exchange(ref _learner, null)?.Dispose();
        FittedModel? before = Interlocked.Exchange(ref _fitted, fitted);
        if (before is not null && !ReferenceEquals(before, fitted))
            before.Model.IsReplaced = true;
        _idle = null;
        _idleStreams = null;
    }

    /// <summary>Lets one thread at a time learn.</summary>
    /// <exception cref="InvalidOperationException">Another one learns, or this one further out.</exception>
    /// <exception cref="ObjectDisposedException">It has been disposed.</exception>
    private protected Learning BeginLearning()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Interlocked.CompareExchange(ref _isLearning, 1, 0) == 0
            ? new Learning(this)
            : throw new InvalidOperationException(
                "The model learns already, on another thread or in a report of progress; begin again when that has ended.");
    }

    /// <summary>The time in which a thread lets the model learn; what was disposed meanwhile is freed at its end.</summary>
    private protected readonly ref struct Learning(SequenceEstimator estimator)
    {
        /// <summary>Ends it.</summary>
        public void Dispose()
        {
            Volatile.Write(ref estimator._isLearning, 0);
            if (estimator._disposed)
                estimator.Dispose();
        }
    }
}
