using System.Globalization;

namespace Elman;

/// <summary>
/// Offsets that were subtracted from the values of channels and targets before their conversion to 32-bit floats, which have about seven
/// digits: 1700000001 and 1700000002, or 5800000.1 and 5800000.2, would become the same number. The sum of the value in a
/// <see cref="SequenceDataset"/> and its offset is the value in the units of the file.
/// </summary>
/// <remarks>
/// Offsets are integers that a <see langword="double"/> represents exactly. A model stores those of its training data: they are also
/// subtracted from predicted numbers, and other data get the same offsets (<see cref="SequenceDataset.WithOffsets"/>).
/// </remarks>
public sealed class ValueOffsets
{
    /// <summary>The maximum offset, 2⁵³: a <see langword="double"/> can't represent all larger integers.</summary>
    public const double Largest = 9007199254740992;

    /// <summary>Creates offsets of channels and targets.</summary>
    /// <param name="channels">The offset of each channel, in order; empty if all are 0.</param>
    /// <param name="targets">The offsets of targets by name; other targets have none. By default no target has an offset.</param>
    /// <exception cref="ArgumentException">An offset is not an integer, or larger than <see cref="Largest"/>.</exception>
    public ValueOffsets(IEnumerable<double> channels, IReadOnlyDictionary<string, double>? targets = null)
    {
        ArgumentNullException.ThrowIfNull(channels);
        double[] all = [.. channels];
        Channels = Array.TrueForAll(all, offset => offset == 0) ? [] : all;
        Targets = (targets ?? new Dictionary<string, double>()).Where(target => target.Value != 0)
            .ToDictionary(target => target.Key, target => target.Value, StringComparer.Ordinal);
        if (Channels.Concat(Targets.Values).Any(offset => !(Math.Abs(offset) <= Largest) || offset != Math.Truncate(offset)))
            throw new ArgumentException("An offset is a whole number between −2⁵³ and 2⁵³.", nameof(channels));
    }

    /// <summary>No offsets.</summary>
    public static ValueOffsets None { get; } = new([]);

    /// <summary>The offset of each channel, in order; empty if all are 0.</summary>
    public IReadOnlyList<double> Channels { get; }

    /// <summary>The offsets of targets by name; 0 for targets that are not listed.</summary>
    public IReadOnlyDictionary<string, double> Targets { get; }

    /// <summary>Whether there are no offsets.</summary>
    public bool IsNone => Channels.Count == 0 && Targets.Count == 0;

    /// <summary>Returns the offset of a channel.</summary>
    /// <param name="channel">The channel, from 0; a channel that is not listed has the offset 0.</param>
    public double OfChannel(int channel) => (uint)channel < (uint)Channels.Count ? Channels[channel] : 0;

    /// <summary>Returns the offset of a target.</summary>
    /// <param name="name">The name of the target.</param>
    public double OfTarget(string name) => Targets.GetValueOrDefault(name);

    /// <summary>Formats a value in the units of the file, with the fewest digits that are parsed to the same value with this
    /// offset.</summary>
    /// <param name="value">The value in the data set.</param>
    /// <param name="offset">The offset of the value.</param>
    public static string Format(float value, double offset)
    {
        const float BeyondDecimals = 1e15f;
        string text = value.ToString(CultureInfo.InvariantCulture);
        if (offset == 0 || !float.IsFinite(value))
            return text;
        string sum = (value + offset).ToString(CultureInfo.InvariantCulture);
        if (Math.Abs(value) >= BeyondDecimals)
            return sum;
        // The digits of the float, or those of the double that is the sum, whichever are fewer.
        string digits = (decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) + (decimal)offset)
            .ToString(CultureInfo.InvariantCulture);
        return IsRead(digits) && (digits.Length < sum.Length || !IsRead(sum)) ? digits : sum;

        bool IsRead(string number) => (float)(double.Parse(number, CultureInfo.InvariantCulture) - offset) == value;
    }

    /// <summary>The same, as a number.</summary>
    /// <param name="value">The value in the data set.</param>
    /// <param name="offset">The offset of the value.</param>
    public static double Restore(float value, double offset) =>
        offset == 0 || !float.IsFinite(value) ? value : double.Parse(Format(value, offset), CultureInfo.InvariantCulture);

    /// <summary>Whether other offsets are the same.</summary>
    internal bool AreSame(ValueOffsets other) => ReferenceEquals(this, other)
        || (Channels.SequenceEqual(other.Channels) && Targets.Count == other.Targets.Count
            && Targets.All(target => other.OfTarget(target.Key) == target.Value));

    /// <summary>Returns the offsets of some channels, in the given order.</summary>
    internal ValueOffsets OfChannels(IEnumerable<int> channels) =>
        IsNone ? this : new ValueOffsets(Channels.Count == 0 ? [] : channels.Select(OfChannel), Targets);
}
