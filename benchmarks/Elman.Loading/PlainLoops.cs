using System.Globalization;

namespace Elman.Loading;

/// <summary>Measures the time to go through the same bytes without storing anything, which is the minimum for a reader.</summary>
internal static class PlainLoops
{
    /// <summary>Returns the seconds to find all fields, and to find and parse them as numbers.</summary>
    public static (double Fields, double Parsed) Measure(string path)
    {
        double fields = Timing.Of(() => Run(path, static field => field.Length), times: 3);
        double parsed = Timing.Of(() => Run(path, static field =>
            double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : 0), times: 3);
        return (fields, parsed);
    }

    private delegate double Taker(ReadOnlySpan<byte> field);

    private static void Run(string path, Taker take)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        byte[] buffer = new byte[1 << 16];
        int kept = 0;
        double sum = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var count)
        {
            ReadOnlySpan<byte> text = buffer.AsSpan(0, kept + count);
            while (text.IndexOfAny((byte)',', (byte)'\n', (byte)':') is >= 0 and var length)
            {
                sum += take(text[..length]);
                text = text[(length + 1)..];
            }
            kept = text.Length;
            text.CopyTo(buffer);
        }
        GC.KeepAlive(sum);
    }
}
