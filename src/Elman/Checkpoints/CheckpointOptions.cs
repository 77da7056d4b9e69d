namespace Elman;

/// <summary>
/// Where and how often training saves its state. An interrupted training that is started again with the same data, options and folder
/// continues from there and ends with the same bits as one that was never interrupted, at any number of threads.
/// </summary>
/// <param name="Folder">
/// The folder of the checkpoint. It is created when something is first saved. One training at a time may use it.
/// </param>
/// <remarks>
/// <para>
/// Every file is written beside the old one, flushed to the disk and renamed, so that a process that is killed at any moment leaves a
/// usable checkpoint. The last two states are kept: if the newest is damaged, the one before is used (see <see cref="Warnings"/>). Parts
/// that are complete, such as the models of folds or of an automatic choice, have files of their own.
/// </para>
/// <para>
/// Training that ends before <see cref="Every"/> has passed once writes nothing, unless <see cref="SavesShortTrainings"/> is set. A
/// least-squares fit that is not part of an automatic
/// choice is one pass and starts again from the beginning.
/// </para>
/// <para>
/// Losses, cells, readouts and activations of your own are known by their names: after a change of their code, use another folder.
/// </para>
/// </remarks>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>The time between two saves, measured between batches. Default one minute.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The number of updates of the weights after which the state is saved as well; 0, the default, for by time only.</summary>
    public int EverySteps { get; init; }

    /// <summary>
    /// Whether a training that ends before <see cref="Every"/> has passed is saved as well, for trainings that are parts of a longer work,
    /// such as folds. Default false.
    /// </summary>
    public bool SavesShortTrainings { get; init; }

    /// <summary>
    /// Receives a sentence if a file can't be written, is damaged, or if the folder was removed. Training goes on: the next save tries
    /// again, and what a damaged file had is trained again. If it is <see langword="null"/>, training ends with a
    /// <see cref="CheckpointException"/> instead.
    /// </summary>
    public IProgress<string>? Warnings { get; init; }

    /// <summary>
    /// Called with the path of a file after it was written, on the training thread, such as to copy it to another machine. Training waits
    /// for it; an exception from it ends training.
    /// </summary>
    public Action<string>? Saved { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">An option has an invalid value.</exception>
    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Folder);
        if (Every <= TimeSpan.Zero)
            throw new ArgumentException(FormattableString.Invariant($"Every is {Every}; it must be above zero."), nameof(Every));
        if (EverySteps < 0)
            throw new ArgumentException(
                FormattableString.Invariant($"EverySteps is {EverySteps}; it must be at least 1, or 0 for by time only."),
                nameof(EverySteps));
    }
}
