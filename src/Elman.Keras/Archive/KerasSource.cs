namespace Elman.Keras.Archive;

/// <summary>The file that is imported, as messages name it.</summary>
/// <param name="Name">The path, or <c>stream</c>.</param>
internal sealed record KerasSource(string Name)
{
    /// <summary>Creates an exception about the file.</summary>
    /// <param name="what">What is wrong, and what to do: one sentence or more.</param>
    /// <param name="cause">The cause.</param>
    public ModelFileException Error(string what, Exception? cause = null) => ModelFileException.At(Name, what, cause);

    /// <summary>Creates an exception about something that Keras would not have written.</summary>
    /// <param name="why">What is wrong, as the end of a sentence without its point.</param>
    /// <param name="cause">The cause.</param>
    public ModelFileException Invalid(string why, Exception? cause = null) =>
        Error($"This is not a valid .keras file: {why}. Save the model again.", cause);
}
