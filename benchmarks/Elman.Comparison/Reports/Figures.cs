using System.Globalization;

namespace Elman.Comparison.Reports;

/// <summary>Formats numbers for tables: three significant digits, with a unit if needed.</summary>
internal static class Figures
{
    private static readonly (double Seconds, string Name)[] _units = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")];

    /// <summary>Formats a time.</summary>
    public static string Time(double seconds)
    {
        (double size, string name) = _units.FirstOrDefault(unit => seconds >= unit.Seconds, _units[^1]);
        return $"{Number(seconds / size)} {name}";
    }

    /// <summary>Formats a number that is not negative.</summary>
    public static string Number(double value)
    {
        string format = value >= 100 ? "F0" : value >= 10 ? "F1" : "F2";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Formats a share as a percentage.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F0} %");
}
