using System.Globalization;

namespace Elman;

/// <summary>
/// What was subtracted from the values of channels and targets before they became 32-bit floats, which hold about seven digits: of
/// 1700000001 and 1700000002, or of 5800000.1 and 5800000.2, they would make the same number. A value in the units of the file is the one
/// that a <see cref="SequenceDataset"/> has, plus its offset.
/// </summary>
/// <remarks>
/// Offsets are whole numbers that a <see langword="double"/> holds exactly. A model keeps those of its training data: answers that are
/// numbers have them subtracted, too, and other data are given the same (<see cref="SequenceDataset.WithOffsets"/>).
/// </remarks>
public sealed class ValueOffsets
{
    /// <summary>The largest offset, 2⁵³: of greater whole numbers a <see langword="double"/> lacks some.</summary>
    public const double Largest = 9007199254740992;

    /// <summary>Offsets of channels and targets.</summary>
    /// <param name="channels">That of each channel, in their order; empty if all are 0.</param>
    /// <param name="targets">Those of targets by their names; others have none. By default none have.</param>
    /// <exception cref="ArgumentException">One is no whole number, or beyond <see cref="Largest"/>.</exception>
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

    /// <summary>That nothing was subtracted.</summary>
    public static ValueOffsets None { get; } = new([]);

    /// <summary>The offset of each channel, in their order; empty if all are 0.</summary>
    public IReadOnlyList<double> Channels { get; }

    /// <summary>The offsets of targets by their names; of those that are not listed it is 0.</summary>
    public IReadOnlyDictionary<string, double> Targets { get; }

    /// <summary>Whether nothing was subtracted.</summary>
    public bool IsNone => Channels.Count == 0 && Targets.Count == 0;

    /// <summary>The offset of a channel, from 0.</summary>
    /// <param name="channel">The channel; one that is not listed has 0.</param>
    public double OfChannel(int channel) => (uint)channel < (uint)Channels.Count ? Channels[channel] : 0;

    /// <summary>The offset of a target.</summary>
    /// <param name="name">Its name.</param>
    public double OfTarget(string name) => Targets.GetValueOrDefault(name);

    /// <summary>A value in the units of the file: with the fewest digits that are read back as the same value with this offset.</summary>
    /// <param name="value">The value as the data set has it.</param>
    /// <param name="offset">What was subtracted from it.</param>
    public static string Format(float value, double offset)
    {
        const float BeyondDecimals = 1e15f;
        string text = value.ToString(CultureInfo.InvariantCulture);
        if (offset == 0 || !float.IsFinite(value))
            return text;
        string sum = (value + offset).ToString(CultureInfo.InvariantCulture);
        if (Math.Abs(value) >= BeyondDecimals)
            return sum;
        // The digits of the float, or of the double that is the sum: whichever are fewer.
        string digits = (decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) + (decimal)offset)
            .ToString(CultureInfo.InvariantCulture);
        return IsRead(digits) && (digits.Length < sum.Length || !IsRead(sum)) ? digits : sum;

        bool IsRead(string number) => (float)(double.Parse(number, CultureInfo.InvariantCulture) - offset) == value;
    }

    /// <summary>The same as a number.</summary>
    /// <param name="value">The value as the data set has it.</param>
    /// <param name="offset">What was subtracted from it.</param>
    public static double Restore(float value, double offset) =>
        offset == 0 || !float.IsFinite(value) ? value : double.Parse(Format(value, offset), CultureInfo.InvariantCulture);

    /// <summary>Whether others subtract the same.</summary>
    internal bool AreSame(ValueOffsets other) => ReferenceEquals(this, other)
        || (Channels.SequenceEqual(other.Channels) && Targets.Count == other.Targets.Count
            && Targets.All(target => other.OfTarget(target.Key) == target.Value));

    /// <summary>Those of some channels, in their order.</summary>
    internal ValueOffsets OfChannels(IEnumerable<int> channels) =>
        IsNone ? this : new ValueOffsets(Channels.Count == 0 ? [] : channels.Select(OfChannel), Targets);
}
