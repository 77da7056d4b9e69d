namespace Elman.Data;

/// <summary>What a table was found to hold, apart from its sequences.</summary>
/// <param name="Channels">How many channels.</param>
/// <param name="ChannelNames">What they are called; empty where they have no names.</param>
/// <param name="Columns">The columns of all else.</param>
/// <param name="Name">What the data set is called.</param>
internal sealed record Found(int Channels, string[] ChannelNames, TableColumns Columns, string Name)
{
    /// <summary>Of each channel its symbols, where it holds text; empty where none does.</summary>
    public IReadOnlyList<Vocabulary?> Vocabularies { get; init; } = [];
}
