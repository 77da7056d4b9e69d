namespace Elman.Evaluations;

/// <summary>
/// The exact permutation test of paired differences (R. Fisher, 1935): if two methods are equally good, each unit's difference could as
/// well have the other sign. Of all 2ᵁ choices of signs, p is the share whose sum is at least as far from 0.
/// </summary>
internal static class SignFlips
{
    /// <summary>With more units, all choices of signs are too many.</summary>
    private const int MostUnits = 16;

    /// <summary>Whether the units are few enough.</summary>
    public static bool AreFor(double[] differences) => differences.Length <= MostUnits;

    /// <summary>The two-sided p value; 1 if nothing differs.</summary>
    public static double PValue(double[] differences)
    {
        const double Rounding = 1e-12;
        double seen = Math.Abs(differences.Sum()), least = seen - (Rounding * differences.Sum(Math.Abs));
        int choices = 1 << differences.Length, asFar = 0;
        for (int signs = 0; signs < choices; signs++)
        {
            double sum = 0;
            for (int u = 0; u < differences.Length; u++)
                sum += (signs >> u & 1) == 0 ? differences[u] : -differences[u];
            asFar += Math.Abs(sum) >= least ? 1 : 0;
        }
        return (double)asFar / choices;
    }
}
