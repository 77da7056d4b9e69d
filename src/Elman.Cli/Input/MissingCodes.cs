using System.Globalization;
using Elman.Cli.Reports;

namespace Elman.Cli.Input;

/// <summary>Looks for numbers that stand for missing values, such as −999: a model would learn from them as from others.</summary>
internal static class MissingCodes
{
    /// <summary>With fewer other values, nothing is far from them.</summary>
    private const int EnoughValues = 10;

    /// <summary>A sentence for each channel that seems to have such.</summary>
    public static IEnumerable<string> Report(SequenceDataset data)
    {
        IReadOnlyList<string> names = ColumnReport.Channels(data.ChannelNames, data.Channels);
        for (int channel = 0; channel < data.Channels; channel++)
            if (!data.IsText(channel) && Find(data, channel) is var (code, count))
                yield return string.Create(CultureInfo.InvariantCulture, $"{code} in channel {names[channel]} ")
                    + $"({(count == 1 ? "once" : $"{Figures.Count(count)} times")}) is far from all other values; if it stands for missing "
                    + "ones, write '?' in its place.";
    }

    private static (float Code, int Count)? Find(SequenceDataset data, int channel)
    {
        (float lowest, float highest) = (float.PositiveInfinity, float.NegativeInfinity);
        foreach (float value in ValuesOf(data, channel))
            (lowest, highest) = (MathF.Min(lowest, value), MathF.Max(highest, value));
        float code = IsCode(lowest) ? lowest : highest;
        if (!IsCode(code) || lowest == highest)
            return null;
        (float least, float greatest) = (float.PositiveInfinity, float.NegativeInfinity);
        int count = 0, others = 0;
        foreach (float value in ValuesOf(data, channel))
        {
            if (value == code)
            {
                count++;
                continue;
            }
            others++;
            (least, greatest) = (MathF.Min(least, value), MathF.Max(greatest, value));
        }
        float gap = code == lowest ? least - code : code - greatest;
        return others >= EnoughValues && gap > 2 * (greatest - least) ? (code, count) : null;
    }

    private static IEnumerable<float> ValuesOf(SequenceDataset data, int channel)
    {
        foreach (Sequence sequence in data)
            for (int i = channel; i < sequence.Values.Length; i += data.Channels)
                if (!float.IsNaN(sequence.Values.Span[i]))
                    yield return sequence.Values.Span[i];
    }

    /// <summary>Whether a number has the digit 9 alone, at least twice: −99, −999.9, 9999.</summary>
    private static bool IsCode(float value)
    {
        string digits = float.IsFinite(value) ? MathF.Abs(value).ToString("0.####", CultureInfo.InvariantCulture).Replace(".", "") : "";
        return digits.Length >= 2 && digits.All(digit => digit == '9');
    }
}
