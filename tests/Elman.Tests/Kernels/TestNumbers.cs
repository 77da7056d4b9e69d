namespace Elman.Tests.Kernels;

/// <summary>Numbers for testing lanes and functions: special cases first, then random numbers of every kind.</summary>
internal static class TestNumbers
{
    private static readonly double[] _awkward =
    [
        0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 3.5, 0.49999997, -0.49999997, 0.49999999999999994,
        double.NaN, double.PositiveInfinity, double.NegativeInfinity,
        float.Epsilon, -float.Epsilon, 1.1754944e-38, -1.1754944e-38, 1.1754942e-38, float.MaxValue, float.MinValue,
        double.Epsilon, -double.Epsilon, 2.2250738585072014e-308, 2.225073858507201e-308, double.MaxValue, double.MinValue,
        8388607.5, 8388608, 8388609, 16777216, 4503599627370495.5, 4503599627370496, 9007199254740993,
        8.664, 10, 18.7149, 20, 18, 38, 88.37626, 88.722839, 89, 90, -87.33655, -103.97208, -104, -105, 709.78, 710,
        -745.13, -746, 1e10, -1e10,
    ];

    public static float[] Singles(int count)
    {
        var random = new SeededRandom(3);
        return [.. Enumerable.Range(0, count).Select(i => i < _awkward.Length ? (float)_awkward[i] : (i % 3) switch
        {
            0 => BitConverter.UInt32BitsToSingle((uint)(random.NextUInt64() >> 32)),
            1 => (float)((random.NextDouble() * 2) - 1),
            _ => (float)((random.NextDouble() * 220) - 110),
        })];
    }

    public static double[] Doubles(int count)
    {
        var random = new SeededRandom(4);
        return [.. Enumerable.Range(0, count).Select(i => i < _awkward.Length ? _awkward[i] : (i % 3) switch
        {
            0 => BitConverter.UInt64BitsToDouble(random.NextUInt64()),
            1 => (random.NextDouble() * 2) - 1,
            _ => (random.NextDouble() * 1500) - 750,
        })];
    }
}
