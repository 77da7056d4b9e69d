namespace Elman.Data;

/// <summary>The content of a table without its sequences.</summary>
/// <param name="Channels">The number of channels.</param>
/// <param name="ChannelNames">The names of the channels; empty if they have no names.</param>
/// <param name="Columns">The columns with other roles.</param>
/// <param name="Name">The name of the data set.</param>
internal sealed record Found(int Channels, string[] ChannelNames, TableColumns Columns, string Name)
{
    /// <summary>The symbols of each text channel; empty for other channels.</summary>
    public IReadOnlyList<Vocabulary?> Vocabularies { get; init; } = [];
}
