namespace Elman.Data.Audio;

/// <summary>Reads labelled sequences from audio: <c>.wav</c> files in folders or lists, converted to features.</summary>
/// <remarks>
/// <para>
/// A folder has a subfolder for each class with the files of that class. A folder that contains only files, and a single file, are
/// sequences without labels. A list is a delimited file with a header and a column <c>file</c>, <c>path</c>, <c>filename</c>, <c>audio</c>
/// or <c>wav</c>; its other columns are those of any table: labels, targets, groups.
/// </para>
/// <para>
/// Sequences are in the order of the list, or sorted by path, byte by byte, independent of the order of the system. The id of a sequence is
/// its path in the folder, with <c>/</c>. Two channels are averaged to one. All files must have the same sampling rate, unless conversion
/// is chosen (<see cref="AudioOptions.SampleRate"/>).
/// </para>
/// </remarks>
public static class AudioData
{
    /// <summary>The extension of audio files; it may be in any case.</summary>
    public const string Extension = ".wav";

    /// <summary>Whether a path is audio: a folder, a <c>.wav</c> file, or a list of such files.</summary>
    /// <param name="path">The path; the first rows of a delimited file are inspected.</param>
    public static bool IsAudio(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path) || IsNamedLikeAudio(path) || AudioList.IsOne(path);
    }

    /// <summary>Whether the name of a file ends with <see cref="Extension"/>.</summary>
    /// <param name="path">The file, which need not exist.</param>
    public static bool IsNamedLikeAudio(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a folder, a list or a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="audio">Settings for features; by default a default <see cref="AudioOptions"/>.</param>
    /// <param name="options">The kind of labels, and the roles of the columns of a list; by default, a default
    /// <see cref="DataFileOptions"/>.</param>
    /// <param name="progress">Called after each file with the progress.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The sequences. <see cref="SequenceDataset.Preparation"/> describes how they were computed,
    /// <see cref="SequenceDataset.Warnings"/> reports possible misreadings.</returns>
    /// <exception cref="DataFileException">Something is missing, malformed, or not supported.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range, or contradicts the known ones.</exception>
    /// <exception cref="IOException">Reading fails.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static SequenceDataset Read(
        string path, AudioOptions? audio = null, DataFileOptions? options = null, IProgress<ReadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var completion = new Completion(options ?? new DataFileOptions(), path, canLabelSteps: false);
        options = completion.Options;
        var settings = AudioSettings.Of(audio ?? new AudioOptions());
        var remarks = new Remarks();
        if (options.Labels == LabelKind.Steps)
            throw new DataFileException(path, "audio has labels of whole sequences, not of steps; choose another task.");
        bool isList = AudioList.IsOne(path);
        AudioPlan plan = isList ? AudioList.Read(path, options, remarks) : AudioFolder.Read(path, options, remarks);
        var reader = new AudioReader(settings, audio?.SampleRate is not null, path, remarks);
        var sequences = new Sequence[plan.Sounds.Count];
        for (int i = 0; i < sequences.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sequences[i] = reader.Read(plan.Sounds[i]);
            progress?.Report(new ReadProgress(reader.BytesRead, null, i + 1));
        }
        SequenceDataset data = plan.Label(reader.Settings, sequences, remarks);
        reader.Report();
        data = new SequenceDataset(data.Channels, data.ClassLabels, data, data.Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = data.Columns,
            Preparation = reader.Settings.ToString(),
            Warnings = remarks.Texts,
        };
        return completion.Apply(data, isList ? AudioList.Use : AudioFolder.Use(options));
    }
}
