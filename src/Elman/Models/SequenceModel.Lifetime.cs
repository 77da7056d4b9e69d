namespace Elman.Models;

// Ownership of the memory of a model, and versions of its weights.
internal sealed unsafe partial class SequenceModel<T>
{
    private int _holders = 1; // the owner, until it disposes the model, and all current computations
    private int _version; // even; odd while the weights change in place
    private int _isDisposed;

    /// <summary>Whether its owner has disposed it. Computations that hold it can continue.</summary>
    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>A number that differs after every change of the weights in place; odd during a change.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether its owner has replaced it by another model. Sessions then end.</summary>
    public bool IsReplaced
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Keeps the memory from being freed until <see cref="Release"/>.</summary>
    /// <returns>False if the memory is already freed.</returns>
    public bool TryHold()
    {
        int holders = Volatile.Read(ref _holders);
        while (holders > 0)
        {
            int seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return true;
            holders = seen;
        }
        return false;
    }

    /// <summary>Ends a hold; the last one frees the memory.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Free();
    }

    /// <summary>Begins a change of the weights in place; results that are computed meanwhile are invalid.</summary>
    public void BeginChange() => Interlocked.Increment(ref _version);

    /// <summary>Ends a change of the weights in place.</summary>
    public void EndChange() => Interlocked.Increment(ref _version);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            Release();
    }
}
