using Elman.Fitted;

namespace Elman;

/// <content>Ownership of memory, and use by several threads.</content>
public abstract partial class SequenceEstimator
{
    private int _isLearning;
    private volatile bool _disposed;

    /// <summary>Frees the native memory immediately; otherwise the garbage collector frees it later.</summary>
    /// <remarks>
    /// Calls that other threads have begun still complete: a prediction, or a step of a session. Then their memory is freed. The memory
    /// that open sessions need is freed when they are disposed. Sessions take no further step.
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

    /// <summary>Replaces the fitted model.</summary>
    private protected void Adopt(FittedModel fitted)
    {
        Interlocked.Exchange(ref _learner, null)?.Dispose();
        FittedModel? before = Interlocked.Exchange(ref _fitted, fitted);
        if (before is not null && !ReferenceEquals(before, fitted))
            before.Model.IsReplaced = true;
        _idle = null;
        _idleStreams = null;
    }

    /// <summary>Begins training, for one thread at a time.</summary>
    /// <exception cref="InvalidOperationException">Another thread trains the model, or an outer call on this one does.</exception>
    /// <exception cref="ObjectDisposedException">The model has been disposed.</exception>
    private protected Learning BeginLearning()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Interlocked.CompareExchange(ref _isLearning, 1, 0) == 0
            ? new Learning(this)
            : throw new InvalidOperationException(
                "The model learns already, on another thread or in a report of progress; begin again when that has ended.");
    }

    /// <summary>The scope in which a thread trains the model. If the model is disposed meanwhile, its memory is freed at the end.</summary>
    private protected readonly ref struct Learning(SequenceEstimator estimator)
    {
        /// <summary>Ends the training.</summary>
        public void Dispose()
        {
            Volatile.Write(ref estimator._isLearning, 0);
            if (estimator._disposed)
                estimator.Dispose();
        }
    }
}
