using System.Collections;

namespace Elman;

/// <summary>
/// The confusion matrix of a classifier. Only cells that are not 0 are stored; there are at most as many of them as cases, for any number
/// of classes. An enumeration returns these cells, ordered by true class, then by predicted class.
/// </summary>
public sealed class ConfusionMatrix : IReadOnlyList<ConfusionCell>
{
    private readonly ConfusionCell[] _cells;
    private readonly int[] _starts; // the index of the first cell of each true class, and the end

    private ConfusionMatrix(int classes, ConfusionCell[] sorted)
    {
        _cells = sorted;
        _starts = new int[classes + 1];
        foreach (ConfusionCell cell in sorted)
            _starts[cell.True + 1]++;
        for (int c = 0; c < classes; c++)
            _starts[c + 1] += _starts[c];
    }

    /// <summary>The number of classes: the number of rows and of columns.</summary>
    public int Classes => _starts.Length - 1;

    /// <summary>The number of cells that are not 0.</summary>
    public int Count => _cells.Length;

    /// <summary>A cell that is not 0.</summary>
    /// <param name="index">Its index among the cells that are not 0, from 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is out of range.</exception>
    public ConfusionCell this[int index] => _cells[index];

    /// <summary>The number of cases of a true class with a predicted class.</summary>
    /// <param name="trueClass">The true class, from 0.</param>
    /// <param name="predictedClass">The predicted class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int this[int trueClass, int predictedClass]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(predictedClass);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predictedClass, Classes);
            ReadOnlySpan<ConfusionCell> cells = CellsOf(trueClass);
            int low = 0, high = cells.Length;
            while (low < high)
            {
                int middle = (low + high) >>> 1;
                (low, high) = cells[middle].Predicted < predictedClass ? (middle + 1, high) : (low, middle);
            }
            return low < cells.Length && cells[low].Predicted == predictedClass ? cells[low].Cases : 0;
        }
    }

    /// <summary>Returns a row of the matrix with its zeros: the number of cases of a true class for each predicted class.</summary>
    /// <param name="trueClass">The true class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public int[] Row(int trueClass)
    {
        int[] row = new int[Classes];
        foreach (ConfusionCell cell in CellsOf(trueClass))
            row[cell.Predicted] = cell.Cases;
        return row;
    }

    /// <summary>Returns the cells of a true class that are not 0, by predicted class.</summary>
    /// <param name="trueClass">The true class, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ReadOnlySpan<ConfusionCell> CellsOf(int trueClass)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trueClass);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trueClass, Classes);
        return _cells.AsSpan(_starts[trueClass]..(_starts[trueClass + 1]));
    }

    /// <inheritdoc/>
    public IEnumerator<ConfusionCell> GetEnumerator() => ((IEnumerable<ConfusionCell>)_cells).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Creates a matrix from cells in any order.</summary>
    /// <param name="classes">The number of classes.</param>
    /// <param name="cases">The number of cases of each cell that is not 0.</param>
    internal static ConfusionMatrix Of(int classes, IReadOnlyDictionary<(int True, int Predicted), int> cases) =>
        new(classes, [.. cases.Select(pair => new ConfusionCell(pair.Key.True, pair.Key.Predicted, pair.Value))
            .OrderBy(cell => cell.True).ThenBy(cell => cell.Predicted)]);
}

/// <summary>A cell of a confusion matrix.</summary>
/// <param name="True">The true class.</param>
/// <param name="Predicted">The predicted class.</param>
/// <param name="Cases">The number of cases.</param>
public readonly record struct ConfusionCell(int True, int Predicted, int Cases);
