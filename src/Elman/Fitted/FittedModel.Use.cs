namespace Elman.Fitted;

/// <content>Use of a model while other threads may train it further or dispose it.</content>
internal sealed partial record FittedModel
{
    /// <summary>Keeps the memory of all members from being freed until <see cref="Release"/>.</summary>
    /// <param name="owner">The estimator, for the exception.</param>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public void Hold(object owner)
    {
        for (int m = 0; m < Members.Length; m++)
        {
            if (Members[m].Model.TryHold())
                continue;
            while (--m >= 0)
                Members[m].Model.Release();
            throw new ObjectDisposedException(owner.GetType().FullName);
        }
    }

    /// <summary>Ends a hold.</summary>
    public void Release()
    {
        foreach (Member member in Members)
            member.Model.Release();
    }

    /// <summary>The version of the weights, for <see cref="CheckUnchanged"/>.</summary>
    /// <exception cref="InvalidOperationException">The weights are being changed.</exception>
    public int BeginReading()
    {
        int version = Model.Version;
        return (version & 1) == 0
            ? version
            : throw new InvalidOperationException("Another thread trains the model (PartialFit); try again when it has finished.");
    }

    /// <summary>Checks that the weights have not changed since <see cref="BeginReading"/>.</summary>
    /// <param name="version">The result of <see cref="BeginReading"/>.</param>
    /// <param name="what">The text that ends the message: since when the weights have changed, and what to do.</param>
    /// <exception cref="InvalidOperationException">The weights have changed.</exception>
    public void CheckUnchanged(int version, string what)
    {
        Volatile.ReadBarrier();
        if (Model.Version != version)
            throw new InvalidOperationException($"The model was trained further (PartialFit) since {what}");
    }
}
