using Elman.Sequences;

namespace Elman;

/// <summary>Shifts and scales every channel so that the data it was fitted on have mean 0 and standard deviation 1.</summary>
/// <remarks>A constant channel is not scaled: it becomes 0 on the data it was fitted on.</remarks>
public sealed class Standardization
{
    private readonly double[] _means;
    private readonly double[] _deviations;

    /// <summary>Creates a standardisation from means and standard deviations.</summary>
    /// <param name="means">The mean of each channel.</param>
    /// <param name="deviations">The standard deviation of each channel; positive.</param>
    /// <exception cref="ArgumentException">The lists differ in length, a number is not finite, or a deviation is not positive.</exception>
    public Standardization(IEnumerable<double> means, IEnumerable<double> deviations)
    {
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(deviations);
        _means = [.. means];
        _deviations = [.. deviations];
        if (_means.Length != _deviations.Length)
            throw new ArgumentException(
                $"{Amount.Of(_means.Length, "mean")} and {_deviations.Length} deviations; each channel needs one of "
                    + "each.", nameof(deviations));
        for (int c = 0; c < _means.Length; c++)
            if (!double.IsFinite(_means[c]) || !double.IsFinite(_deviations[c]) || _deviations[c] <= 0)
                throw new ArgumentException(
                    $"Channel {c + 1} has mean {_means[c]} and deviation {_deviations[c]}; they must be finite, and the deviation "
                        + "positive.",
                    nameof(deviations));
    }

    /// <summary>The mean of each channel.</summary>
    public IReadOnlyList<double> Means => _means;

    /// <summary>The standard deviation of each channel.</summary>
    public IReadOnlyList<double> Deviations => _deviations;

    /// <summary>
    /// Measures the mean and standard deviation of each channel over all steps of all sequences; missing values (NaN) are skipped.
    /// </summary>
    /// <param name="data">The data to measure: the training data, never the test data.</param>
    /// <exception cref="ArgumentException">There is no sequence.</exception>
    public static Standardization Fit(SequenceDataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Count == 0)
            throw new ArgumentException("There are no data for mean and deviation.", nameof(data));

        return FitRows(data.Channels, data.Select(sequence => sequence.Values));
    }

    /// <summary>Measures the mean and standard deviation of each column over rows; NaN is skipped.</summary>
    /// <param name="columns">The number of columns.</param>
    /// <param name="pieces">The rows, in blocks of whole rows.</param>
    internal static Standardization FitRows(int columns, IEnumerable<ReadOnlyMemory<float>> pieces)
    {
        double[] means = new double[columns], squares = new double[columns];
        long[] seen = new long[columns];
        foreach (ReadOnlyMemory<float> piece in pieces)
        {
            ReadOnlySpan<float> values = piece.Span;
            for (int i = 0; i < values.Length; i += columns)
            {
                for (int c = 0; c < columns; c++)
                {
                    if (!float.IsNaN(values[i + c]))
                        Moments.Add(values[i + c], ++seen[c], ref means[c], ref squares[c]);
                }
            }
        }

        double[] deviations = new double[columns];
        for (int c = 0; c < columns; c++)
        {
            double deviation = Moments.Deviation(means[c], squares[c], seen[c]);
            deviations[c] = deviation > 0 ? deviation : 1;
        }
        return new Standardization(means, deviations);
    }

    /// <summary>Shifts and scales a value of a channel.</summary>
    internal double Apply(double value, int channel) => (value - _means[channel]) / _deviations[channel];

    /// <summary>Converts rows of values back to their original units.</summary>
    internal void Undo(Span<float> rows) => Undo(rows, _means.Length);

    /// <summary>Converts rows of the first columns back to their original units.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="columns">The number of values of a row.</param>
    internal void Undo(Span<float> rows, int columns)
    {
        for (int i = 0; i < rows.Length; i++)
            rows[i] = (float)((rows[i] * _deviations[i % columns]) + _means[i % columns]);
    }
}
