namespace Elman.Evaluations;

/// <summary>
/// The correlation of the F1 of two classes, from their confusions: a confusion lowers both. With e errors between them, E_i errors of
/// class i in all and J = TP/(TP + FP + FN), it is <c>e·√(J_i·J_j)/√(E_i·E_j)</c>. To each class one error is added, spread over the
/// others, so that it is known where there are no errors: 1 for two classes.
/// </summary>
internal sealed class ErrorPairs
{
    private readonly Dictionary<(int, int), int> _pairs = [];
    private readonly int[] _errors;

    /// <summary>Counts the errors of a confusion matrix.</summary>
    public ErrorPairs(ConfusionMatrix confusion)
    {
        _errors = new int[confusion.Classes];
        foreach (ConfusionCell cell in confusion)
        {
            if (cell.True == cell.Predicted)
                continue;
            (int, int) pair = (Math.Min(cell.True, cell.Predicted), Math.Max(cell.True, cell.Predicted));
            _pairs[pair] = _pairs.GetValueOrDefault(pair) + cell.Cases;
            _errors[cell.True] += cell.Cases;
            _errors[cell.Predicted] += cell.Cases;
        }
    }

    /// <summary>Returns the correlation of two classes.</summary>
    public double Correlation(int i, int j, double first, double second)
    {
        double added = 1.0 / Math.Max(1, _errors.Length - 1);
        double shared = _pairs.GetValueOrDefault((Math.Min(i, j), Math.Max(i, j))) + added;
        return shared * Math.Sqrt(first * second / ((_errors[i] + 1.0) * (_errors[j] + 1.0)));
    }
}
