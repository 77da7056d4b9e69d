using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Finds numbers that mean missing values, such as −999. A model would treat them as ordinary values.</summary>
internal static class MissingCodes
{
    /// <summary>If there are fewer other values, no value is treated as far from them.</summary>
    private const int EnoughValues = 10;

    /// <summary>Returns a warning for each channel that seems to contain such numbers.</summary>
    public static IEnumerable<string> Report(SequenceDataset data)
    {
        IReadOnlyList<string> names = ColumnReport.Channels(data.ChannelNames, data.Channels);
        (float[] lowest, float[] highest) = Extremes(data);
        for (int channel = 0; channel < data.Channels; channel++)
        {
            float code = IsCode(lowest[channel]) ? lowest[channel] : highest[channel];
            if (IsCode(code) && lowest[channel] < highest[channel] && !data.IsText(channel)
                && Count(data, channel, code) is var count and > 0)
                yield return string.Create(CultureInfo.InvariantCulture, $"{code} in channel {names[channel]} ")
                    + $"({(count == 1 ? "once" : $"{Figures.Count(count)} times")}) is far from all other values; if it means a missing "
                    + "value, write '?' instead.";
        }
    }

    /// <summary>Returns the minimum and maximum of each channel.</summary>
    private static (float[] Lowest, float[] Highest) Extremes(SequenceDataset data)
    {
        float[] lowest = new float[data.Channels], highest = new float[data.Channels];
        Array.Fill(lowest, float.PositiveInfinity);
        Array.Fill(highest, float.NegativeInfinity);
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int i = 0, channel = 0; i < values.Length; i++, channel = channel + 1 == lowest.Length ? 0 : channel + 1)
            {
                // Comparisons with NaN are false.
                if (values[i] < lowest[channel])
                    lowest[channel] = values[i];
                if (values[i] > highest[channel])
                    highest[channel] = values[i];
            }
        }
        return (lowest, highest);
    }

    /// <summary>Returns the number of times that a channel has a value that is far from all others; 0 if it has none.</summary>
    private static int Count(SequenceDataset data, int channel, float code)
    {
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        int count = 0, others = 0;
        foreach (Sequence sequence in data)
        {
            ReadOnlySpan<float> values = sequence.Values.Span;
            for (int i = channel; i < values.Length; i += data.Channels)
            {
                if (values[i] == code)
                {
                    count++;
                }
                else if (!float.IsNaN(values[i]))
                {
                    others++;
                    (least, greatest) = (MathF.Min(least, values[i]), MathF.Max(greatest, values[i]));
                }
            }
        }
        float gap = MathF.Max(least - code, code - greatest);
        return others >= EnoughValues && gap > 2 * (greatest - least) ? count : 0;
    }

    /// <summary>Whether the digits of a number are all 9, with at least two of them: −99, −999.9, 9999.</summary>
    private static bool IsCode(float value)
    {
        string digits = float.IsFinite(value) ? MathF.Abs(value).ToString("0.####", CultureInfo.InvariantCulture).Replace(".", "") : "";
        return digits.Length >= 2 && digits.All(digit => digit == '9');
    }
}
