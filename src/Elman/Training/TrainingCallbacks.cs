namespace Elman;

/// <summary>Several callbacks as one, such as a log and an early end.</summary>
public sealed class TrainingCallbacks : ITrainingCallback
{
    private readonly ITrainingCallback[] _callbacks;

    /// <summary>Combines callbacks.</summary>
    /// <param name="callbacks">The callbacks, in the order in which they are called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="callbacks"/> or one of them is null.</exception>
    public TrainingCallbacks(params ITrainingCallback[] callbacks)
    {
        ArgumentNullException.ThrowIfNull(callbacks);
        foreach (ITrainingCallback callback in callbacks)
            ArgumentNullException.ThrowIfNull(callback, nameof(callbacks));
        _callbacks = [.. callbacks];
    }

    /// <inheritdoc/>
    /// <returns>Whether all of them continue. All are called, also after one that ends training.</returns>
    public bool AfterStep(TrainingProgress progress)
    {
        bool continues = true;
        foreach (ITrainingCallback callback in _callbacks)
            continues &= callback.AfterStep(progress);
        return continues;
    }

    /// <inheritdoc/>
    /// <returns>Whether all of them continue. All are called, also after one that ends training.</returns>
    public bool AfterEpoch(TrainingProgress progress)
    {
        bool continues = true;
        foreach (ITrainingCallback callback in _callbacks)
            continues &= callback.AfterEpoch(progress);
        return continues;
    }
}
