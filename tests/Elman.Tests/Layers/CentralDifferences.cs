using Elman.Layers;

namespace Elman.Tests.Layers;

/// <summary>Holds a model's gradients against the slope of its loss, measured on both sides of every parameter.</summary>
internal static class CentralDifferences
{
    /// <summary>Every parameter within 1e-7 of the largest gradient of its slice.</summary>
    public static void Check(ContractCase<double> c)
    {
        double[] gradients = c.Differentiate().Gradients;
        foreach (ParameterSlice slice in c.Model.Values.Layout.Slices)
        {
            double[] analytic = gradients.AsSpan((int)slice.Offset, slice.Count).ToArray();
            double[] measured = [.. Enumerable.Range(0, slice.Count).Select(i => Slope(c, slice, i))];
            Oracles.Close.Assert(slice.Name, measured, analytic, relative: 1e-7, floor: 1e-7);
        }
    }

    /// <summary>(8·(L(w+h) − L(w−h)) − (L(w+2h) − L(w−2h)))/12h: an error of order h⁴.</summary>
    private static double Slope(ContractCase<double> c, ParameterSlice slice, int index)
    {
        const double H = 1e-4;
        double old = c.Model.Values.Span(slice)[index];
        double slope = ((8 * (At(H) - At(-H))) - (At(2 * H) - At(-2 * H))) / (12 * H);
        c.Model.Values.Span(slice)[index] = old;
        c.Model.Pack(forTraining: true);
        return slope;

        double At(double shift)
        {
            c.Model.Values.Span(slice)[index] = old + shift;
            c.Model.Pack(forTraining: true);
            return c.Differentiate().Loss;
        }
    }
}
