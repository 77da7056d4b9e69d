namespace Elman.Data;

/// <summary>
/// The offsets that are subtracted from values before conversion to floats. If they are not known from other data, a first reading
/// determines them, and the file is read again.
/// </summary>
/// <param name="known">The offsets of data read before; <see langword="null"/> if there are none.</param>
/// <param name="names">The names of the channels of that data; empty if they have no names.</param>
/// <param name="canReadAgain">Whether the file can be read twice.</param>
internal sealed class OffsetTable(ValueOffsets? known, IReadOnlyList<string> names, bool canReadAgain)
{
    private readonly KnownNames _names = new(names);
    private readonly Dictionary<int, double> _channels = [];
    private readonly Dictionary<string, double> _targets = new(StringComparer.Ordinal);
    private bool _isSettled = known is not null || !canReadAgain;
    private int[]? _kept;
    private bool _isMoved; // whether channels were read with the offsets of other channels

    /// <summary>Returns the offset of a channel, by its position among all channels that are read, and its name if it has one.</summary>
    public double OfChannel(int channel, string? name) =>
        known is null ? _channels.GetValueOrDefault(channel)
        : names.Count == 0 || name is null ? known.OfChannel(_kept is null ? channel : Array.IndexOf(_kept, channel))
        : _names.Find(name) is { } place ? known.OfChannel(place) : 0;

    /// <summary>Returns the offset of a target.</summary>
    public double OfTarget(string name) => known?.OfTarget(name) ?? _targets.GetValueOrDefault(name);

    /// <summary>Adds the offset that a channel needs; false if it is too late for an offset.</summary>
    public bool AddChannel(int channel, double offset) => !_isSettled && _channels.TryAdd(channel, offset);

    /// <summary>Adds the offset that a target needs; false if it is too late for an offset.</summary>
    public bool AddTarget(string name, double offset) => !_isSettled && _targets.TryAdd(name, offset);

    /// <summary>Sets the channels of the data set, of those that were read.</summary>
    /// <param name="channels">Their positions among the channels that were read.</param>
    /// <param name="count">The number of values read.</param>
    public void Keep(int[] channels, int count)
    {
        _isMoved |= _kept is null && channels.Length < count && known is { IsNone: false } && names.Count == 0;
        _kept = channels;
    }

    /// <summary>Whether the file must be read again with the offsets found the first time; true at most once.</summary>
    /// <param name="file">The file name for messages.</param>
    /// <exception cref="DataFileException">The file must be read again, but can't be.</exception>
    public bool NeedsSecondReading(string file)
    {
        if (_isMoved && !canReadAgain)
            throw new DataFileException(file, "its channels have no names and one of them is a row counter, so it must be read twice; "
                + "give a file, or list the channels in --channels.");
        bool isNeeded = _isMoved || (!_isSettled && _channels.Count + _targets.Count > 0);
        (_isSettled, _isMoved) = (true, false);
        return isNeeded;
    }

    /// <summary>Returns the data set with the offsets that its values were read with.</summary>
    public SequenceDataset Attach(SequenceDataset data)
    {
        var offsets = new ValueOffsets(
            Enumerable.Range(0, data.Channels).Select(c => OfChannel(_kept?[c] ?? c, data.ChannelNames.ElementAtOrDefault(c))),
            data.ClassLabels.Count > 0 ? null : data.TargetNames.ToDictionary(name => name, OfTarget));
        return offsets.IsNone ? data : SequenceDataset.Over(
            data.Channels, data.ClassLabels, data, data.Name, data.TargetNames, data.ChannelNames, data.Columns, data.Warnings,
            data.Vocabularies, offsets, data.Preparation);
    }
}
