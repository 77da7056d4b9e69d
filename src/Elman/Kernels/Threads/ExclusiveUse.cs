namespace Elman.Kernels;

/// <summary>
/// Allows one thread at a time to use an object. A second thread gets an exception immediately, instead of reading or freeing memory that
/// the first one uses. It is a field of its owner; never copy it.
/// </summary>
/// <remarks>The thread that uses it may enter again. Entering costs one compare-and-swap of a field that is not shared between
/// owners.</remarks>
internal struct ExclusiveUse
{
    private int _thread; // the current thread, 0 for none
    private int _depth; // the number of times that it has entered
    private volatile bool _isClosed;

    /// <summary>Whether <see cref="Close"/> was called.</summary>
    public readonly bool IsClosed => _isClosed;

    /// <summary>Begins a use.</summary>
    /// <param name="owner">The object that is used, for messages.</param>
    /// <exception cref="ObjectDisposedException">The owner has been disposed.</exception>
    /// <exception cref="InvalidOperationException">Another thread uses it.</exception>
    public void Enter(object owner)
    {
        ObjectDisposedException.ThrowIf(_isClosed, owner);
        int thread = Environment.CurrentManagedThreadId;
        if (_thread != thread && Interlocked.CompareExchange(ref _thread, thread, 0) != 0)
        {
            ObjectDisposedException.ThrowIf(_isClosed, owner);
            throw new InvalidOperationException(
                $"Another thread uses this {owner.GetType().Name.Split('`')[0]}; only one thread may use it at a time. Give each thread "
                    + "its own, or put a lock around every use.");
        }
        _depth++;
    }

    /// <summary>Ends a use.</summary>
    /// <returns>Whether the caller has to free the resources of the owner, because it was closed meanwhile.</returns>
    public bool Leave()
    {
        if (--_depth > 0)
            return false;
        Volatile.Write(ref _thread, 0);
        return _isClosed && Interlocked.CompareExchange(ref _thread, -1, 0) == 0;
    }

    /// <summary>Closes it: every later use is refused.</summary>
    /// <returns>
    /// Whether the caller has to free the resources of the owner. If the owner is in use, the thread that uses it frees them at the end of
    /// the use; if that thread does not see in time that it was closed, the finalizers free them.
    /// </returns>
    public bool Close()
    {
        _isClosed = true;
        return Interlocked.CompareExchange(ref _thread, -1, 0) == 0;
    }
}
