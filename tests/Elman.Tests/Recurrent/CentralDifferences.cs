using Elman.Packing;

namespace Elman.Tests.Recurrent;

/// <summary>Compares the gradients of a model with the slope of its loss, measured on both sides of every parameter.</summary>
internal static class CentralDifferences
{
    /// <summary>
    /// Asserts that every gradient is within a tolerance: 10⁻⁷ of the largest gradient of its slice, plus the error of the slope due to the
    /// rounding of the loss.
    /// </summary>
    public static void Check(ContractCase<double> c)
    {
        // A maximum has kinks, where two steps exchange their order, and so have limits and piecewise functions: there the slope is
        // measured with a smaller step.
        CellOptions cell = c.Model.Spec.Cell;
        bool hasKinks = c.Model.Spec.Readout == Readout.Max || cell is LstmOptions { GateClip: < double.PositiveInfinity }
            || !cell.HasPlainGates || !Activation.Tanh.Equals(cell.StateActivation ?? Activation.Tanh);
        double width = hasKinks ? 2e-6 : 1e-4, noise = 1e-15 / width;
        double[] gradients = c.Differentiate().Gradients;
        foreach (ParameterSlice slice in c.Model.Values.Layout.Slices)
        {
            double[] analytic = gradients.AsSpan((int)slice.Offset, slice.Count).ToArray();
            double[] measured = [.. Enumerable.Range(0, slice.Count).Select(i => Slope(c, slice, i, width))];
            double scale = Math.Max(measured.Max(Math.Abs), 1e-12);
            Oracles.Close.Assert(slice.Name, measured, analytic, relative: 1e-7, floor: 1e-7 + (noise / scale));
        }
    }

    /// <summary>(8·(L(w+h) − L(w−h)) − (L(w+2h) − L(w−2h)))/12h: an error of order h⁴.</summary>
    private static double Slope(ContractCase<double> c, ParameterSlice slice, int index, double h)
    {
        double old = c.Model.Values.Span(slice)[index];
        double slope = ((8 * (At(h) - At(-h))) - (At(2 * h) - At(-2 * h))) / (12 * h);
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
