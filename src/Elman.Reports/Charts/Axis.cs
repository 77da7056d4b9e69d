using System.Globalization;

namespace Elman.Reports.Charts;

/// <summary>A linear axis: from values to positions in a picture, with round ticks.</summary>
/// <param name="Low">The lowest value.</param>
/// <param name="High">The highest value.</param>
/// <param name="From">The position of the lowest value.</param>
/// <param name="To">The position of the highest value.</param>
internal sealed record Axis(double Low, double High, double From, double To)
{
    /// <summary>Returns an axis that holds all values; those that are not finite are left out.</summary>
    /// <param name="values">The values.</param>
    /// <param name="from">The position of the lowest value.</param>
    /// <param name="to">The position of the highest value.</param>
    /// <param name="margin">The share of the range that is added on either side.</param>
    public static Axis Over(IEnumerable<double> values, double from, double to, double margin = 0.04)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values.Where(double.IsFinite))
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
            (low, high) = (0, 1);
        double added = high > low ? (high - low) * margin : Math.Max(Math.Abs(high) * 0.1, 0.5);
        return new Axis(low - added, high + added, from, to);
    }

    /// <summary>The position of a value.</summary>
    public double At(double value) => From + ((value - Low) / (High - Low) * (To - From));

    /// <summary>Round numbers along the axis.</summary>
    /// <param name="about">How many, about.</param>
    public IReadOnlyList<double> Ticks(int about)
    {
        double raw = (High - Low) / about, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step = power * (raw / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
        double first = Math.Ceiling(Low / step);
        return [.. Enumerable.Range(0, (int)(Math.Floor((High / step) + 1e-9) - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>The text of a tick.</summary>
    public string TextOf(double tick)
    {
        double size = Math.Max(Math.Abs(Low), Math.Abs(High));
        double shown = Math.Abs(tick) < (High - Low) * 1e-9 ? 0 : tick;
        string text = size is >= 1e6 or < 1e-3
            ? shown.ToString("0.##e+0", CultureInfo.InvariantCulture)
            : shown.ToString("0.#####", CultureInfo.InvariantCulture);
        return text.Replace('-', '−');
    }
}
