namespace Elman.Data.Audio;

/// <summary>A file that becomes a sequence.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Id">The name of the sequence.</param>
/// <param name="Group">Its group, if it has one.</param>
internal sealed record AudioPlace(string Path, string Id, string? Group = null);

/// <summary>The audio files of a data set, with their labels.</summary>
/// <param name="Name">The name of the data set.</param>
/// <param name="Sounds">The files.</param>
/// <param name="Labels">The columns of labels.</param>
/// <param name="LabelsOf">Of each file the label in each column.</param>
/// <param name="Columns">Where they were found, if in a table.</param>
internal sealed record AudioPlan(
    string Name, IReadOnlyList<AudioPlace> Sounds, LabelColumns Labels, IReadOnlyList<int[]> LabelsOf, TableColumns? Columns)
{
    /// <summary>The data set of the processed files.</summary>
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
