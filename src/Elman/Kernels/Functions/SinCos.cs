namespace Elman.Kernels;

public static partial class Functions
{
    /// <summary>Sine and cosine of an angle, with the same bits on every platform, which <see cref="Math.SinCos"/> does not
    /// guarantee.</summary>
    /// <param name="angle">The angle in radians; finite. The result is as accurate as the angle.</param>
    /// <returns>Both to within 2·10⁻¹⁶ for angles up to a few turns.</returns>
    /// <remarks>The angle is reduced to the nearest quarter turn, where both series are short.</remarks>
    internal static (double Sin, double Cos) SinCos(double angle)
    {
        const double QuarterTurn = Math.PI / 2, Rest = 6.123233995736766e-17; // π/2 split into two parts
        double quarters = Math.Round(angle / QuarterTurn);
        double r = Math.FusedMultiplyAdd(-quarters, Rest, Math.FusedMultiplyAdd(-quarters, QuarterTurn, angle)), r2 = r * r;
        double sin = 0, cos = 0;
        for (int n = 19; n >= 3; n -= 2)
        {
            sin = Math.FusedMultiplyAdd(sin, -r2 / ((n + 2) * (n + 1)), 1);
            cos = Math.FusedMultiplyAdd(cos, -r2 / ((n + 1) * n), 1);
        }
        sin = r * Math.FusedMultiplyAdd(sin, -r2 / 6, 1);
        cos = Math.FusedMultiplyAdd(cos, -r2 / 2, 1);
        return (quarters - (4 * Math.Floor(quarters / 4))) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
