namespace Elman.Data.Audio;

/// <summary>An audio file that is converted to a sequence.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Id">The name of the sequence.</param>
/// <param name="Group">The group of the sequence, if it has one.</param>
internal sealed record AudioPlace(string Path, string Id, string? Group = null);

/// <summary>The audio files of a data set, with their labels.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Sounds">The files.</param>
/// <param name="Labels">The columns of labels.</param>
/// <param name="LabelsOf">For each file, the label in each column.</param>
/// <param name="Columns">The columns of the table, if there is one.</param>
internal sealed record AudioPlan(
    string Name, IReadOnlyList<AudioPlace> Sounds, LabelColumns Labels, IReadOnlyList<int[]> LabelsOf, TableColumns? Columns)
{
    /// <summary>Returns the data set of the processed files.</summary>
    public SequenceDataset Label(AudioSettings settings, IReadOnlyList<Sequence> sequences, Remarks remarks)
    {
        SequenceDataset data = Labels.AttachTo(
            new Found(settings.Channels, [.. settings.ChannelNames], Columns ?? new TableColumns { IsLong = false }, Name), sequences,
            LabelsOf, [], remarks);
        return new SequenceDataset(data.Channels, data.ClassLabels, data, Name, data.TargetNames)
        {
            ChannelNames = data.ChannelNames,
            Columns = Columns,
        };
    }
}
