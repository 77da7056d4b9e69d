namespace Elman.Data;

/// <summary>
/// A format of data files other than text, such as that of another package: after <see cref="DataFile.Register"/>, <see cref="DataFile"/>
/// reads and writes files with its extensions like all others.
/// </summary>
/// <remarks>
/// <code>
/// sealed class MyFormat : DataFormat
/// {
///     public override IReadOnlyList&lt;string&gt; Extensions => [".mine"];
///
///     public override SequenceDataset Read(
///         Stream stream, string name, DataFileOptions options, IProgress&lt;ReadProgress&gt;? progress,
///         CancellationToken cancellationToken)
///     {
///         var data = new SequenceDatasetBuilder("ax", "ay");
///         …
///         return data.Build(name);
///     }
/// }
///
/// DataFile.Register(new MyFormat());
/// </code>
/// </remarks>
public abstract class DataFormat
{
    /// <summary>The extensions of its files, with their dots, in lower case; file names may have them in any case.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>The options that the format uses; <see langword="null"/> if they are not known.</summary>
    internal virtual OptionUse? Use => null;

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The bytes from the current position on. The caller closes the stream. Files are seekable and have at least one
    /// byte; standard input is not seekable.</param>
    /// <param name="name">The name of the file in messages, and of the data set.</param>
    /// <param name="options">The options.</param>
    /// <param name="progress">Receives the progress of reading, at intervals and once at the end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sequences, with <see cref="SequenceDataset.Warnings"/> about possible misreadings.</returns>
    /// <exception cref="DataFileException">The file is malformed, or holds something that is not supported.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public abstract SequenceDataset Read(
        Stream stream, string name, DataFileOptions options, IProgress<ReadProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Whether files with an extension can be written. Default: no.</summary>
    /// <param name="extension">One of <see cref="Extensions"/>.</param>
    public virtual bool CanWrite(string extension) => false;

    /// <summary>Writes a data set. Called only if <see cref="CanWrite"/> is true.</summary>
    /// <param name="stream">The output. The caller closes the stream.</param>
    /// <param name="extension">The extension of the file, one of <see cref="Extensions"/>.</param>
    /// <param name="data">The sequences.</param>
    /// <returns>Notes, one sentence each: what the file could not hold, and which options its reader needs.</returns>
    /// <exception cref="ArgumentException">The format can't hold the data set.</exception>
    /// <exception cref="NotSupportedException">Files of this format can't be written.</exception>
    /// <exception cref="IOException">Writing fails.</exception>
    public virtual IReadOnlyList<string> Write(Stream stream, string extension, SequenceDataset data) =>
        throw new NotSupportedException($"Files of the extension {extension} can't be written.");
}
