namespace Elman.Kernels;

/// <summary>
/// Allows one thread at a time to use an object. A second thread gets an exception at once, instead of reading or freeing memory that the
/// first one works with. A field of its owner; never copy it.
/// </summary>
/// <remarks>The thread that uses it may enter again. Entering costs one compare-and-swap of a field that no other owner shares.</remarks>
internal struct ExclusiveUse
{
    private int _thread; // the thread that uses it, 0 for none
    private int _depth; // how often it has entered
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
    /// <returns>Whether the caller has to free what the owner holds: it was closed meanwhile.</returns>
    public bool Leave()
    {
        if (--_depth > 0)
            return false;
        Volatile.Write(ref _thread, 0);
        return _isClosed && Interlocked.CompareExchange(ref _thread, -1, 0) == 0;
    }

    /// <summary>Refuses every later use.</summary>
    /// <returns>
    /// Whether the caller has to free what the owner holds. If the owner is in use, the thread that uses it frees it at the end of the use;
    /// if that thread does not notice the closing in time, the finalizers do.
    /// </returns>
    public bool Close()
    {
        _isClosed = true;
        return Interlocked.CompareExchange(ref _thread, -1, 0) == 0;
    }
}
