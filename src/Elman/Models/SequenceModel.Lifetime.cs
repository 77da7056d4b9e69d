namespace Elman.Models;

// Who holds the memory of a model, and whether its weights are what they were.
internal sealed unsafe partial class SequenceModel<T>
{
    private int _holders = 1; // the owner, until it disposes the model, and everybody who computes with it
    private int _version; // even; odd while the weights change in place
    private int _isDisposed;

    /// <summary>Whether its owner has disposed it. Those who hold it can go on with what they have begun.</summary>
    public bool IsDisposed => Volatile.Read(ref _isDisposed) != 0;

    /// <summary>Another number after every change of the weights in place; odd while they change.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether its owner has replaced it by another model: then sessions end.</summary>
    public bool IsReplaced
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>Keeps the memory until <see cref="Release"/>.</summary>
    /// <returns>Whether it is there yet.</returns>
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

    /// <summary>Says that the weights will change in place: what is read meanwhile is of no use.</summary>
    public void BeginChange() => Interlocked.Increment(ref _version);

    /// <summary>Says that they have changed.</summary>
    public void EndChange() => Interlocked.Increment(ref _version);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
            Release();
    }
}
