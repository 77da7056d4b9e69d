using System.Globalization;

namespace Elman.Tests.Kernels.Functions;

/// <summary>The fixture exact_values.txt, written by exact_values.py: a value is the sum of two doubles.</summary>
internal static class ExactValues
{
    public static IReadOnlyList<(double X, (double High, double Low)[] Values)> Rows { get; } = Read();

    private static List<(double X, (double High, double Low)[] Values)> Read()
    {
        using Stream stream = typeof(ExactValues).Assembly.GetManifestResourceStream("exact_values.txt")
            ?? throw new InvalidOperationException("The fixture exact_values.txt is not embedded in the test assembly.");
        using var reader = new StreamReader(stream);
        var rows = new List<(double, (double, double)[])>();
        while (reader.ReadLine() is { } line)
        {
            double[] numbers = [.. line.Split(' ').Select(static field =>
                BitConverter.UInt64BitsToDouble(ulong.Parse(field, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)))];
            rows.Add(
                (numbers[0], [.. Enumerable.Range(0, (numbers.Length - 1) / 2).Select(i => (numbers[(2 * i) + 1], numbers[(2 * i) + 2]))]));
        }

        return rows;
    }
}
