namespace Elman.Tests.Kernels.Functions;

/// <summary>
/// Errors in units in the last place of the exact value; below the normal numbers the unit is the smallest positive number.
/// </summary>
internal static class Ulp
{
    // The value used for infinity: the number that would follow the largest one.
    private static readonly double _beyond = Math.ScaleB(1, 128);

    public static double Error(float actual, double exact)
    {
        double clipped = Math.Clamp(exact, -_beyond, _beyond);
        double unit = exact == 0 ? float.Epsilon : Math.ScaleB(1, Math.Clamp(Math.ILogB(exact), -126, 127) - 23);
        return Math.Abs((float.IsInfinity(actual) ? Math.CopySign(_beyond, actual) : actual) - clipped) / unit;
    }

    public static double Error(double actual, double high, double low)
    {
        if (double.IsInfinity(high))
            return actual == high ? 0 : double.PositiveInfinity;
        double unit = high == 0 ? double.Epsilon : Math.BitIncrement(Math.Abs(high)) - Math.Abs(high);
        return Math.Abs(actual - high - low) / unit;
    }
}
