namespace Elman.Training.Ridge;

/// <summary>Searches a grid of penalties for the smallest error, with few evaluations.</summary>
/// <remarks>
/// The error as a function of the logarithm of the penalty usually has one minimum: every direction of the features goes from fitted to
/// suppressed over about two powers of ten. So a search in steps of three, then of one, evaluates four to seven of 13 penalties, usually
/// five. If there is one minimum, it finds the same as a full search. Tests on random data, with little and much noise, require an error
/// within 1 % of the smallest.
/// </remarks>
internal static class PenaltySearch
{
    private const int Coarse = 3;

    /// <summary>Evaluates all penalties.</summary>
    /// <param name="count">The number of penalties.</param>
    /// <param name="error">The error of a penalty, or <see langword="null"/> if it can't be computed.</param>
    /// <returns>The errors, NaN if not evaluated; <see langword="null"/> if one could not be computed.</returns>
    public static double[]? All(int count, Func<int, double?> error)
    {
        double[] errors = new double[count];
        for (int i = 0; i < count; i++)
        {
            if (error(i) is not double e)
                return null;
            errors[i] = e;
        }
        return errors;
    }

    /// <summary>
    /// Starts in the middle and descends: first in large steps, then towards the lower neighbour, and to the other side if that was wrong.
    /// </summary>
    /// <inheritdoc cref="All"/>
    public static double[]? Walk(int count, Func<int, double?> error)
    {
        double[] errors = new double[count];
        Array.Fill(errors, double.NaN);
        int at = count / 2;
        if (!Look(at) || !Descend(Coarse, 1) || !Descend(1, Near(at + Coarse) <= Near(at - Coarse) ? 1 : -1))
            return null;
        return errors;

        bool Descend(int step, int side)
        {
            int start = at;
            foreach (int direction in (ReadOnlySpan<int>)[side, -side])
            {
                while (at + (direction * step) is int next && next >= 0 && next < count)
                {
                    if (!Look(next))
                        return false;
                    if (errors[next] >= errors[at])
                        break;
                    at = next;
                }
                if (at != start)
                    break; // the error decreased on this side, so it increases on the other
            }
            return true;
        }

        double Near(int index) => index >= 0 && index < count && !double.IsNaN(errors[index]) ? errors[index] : double.PositiveInfinity;

        bool Look(int index)
        {
            if (!double.IsNaN(errors[index]))
                return true;
            if (error(index) is not double e)
                return false;
            errors[index] = e;
            return true;
        }
    }

    /// <summary>The smallest of the evaluated errors; of ties, the one with the largest penalty.</summary>
    public static int Best(double[] errors)
    {
        int best = -1;
        for (int i = 0; i < errors.Length; i++)
            if (!double.IsNaN(errors[i]) && (best < 0 || errors[i] <= errors[best]))
                best = i;
        return Math.Max(best, 0);
    }
}
