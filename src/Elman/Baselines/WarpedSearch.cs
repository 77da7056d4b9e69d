using Elman.Sequences;

namespace Elman.Baselines;

/// <summary>Searches for the nearest of some sequences by dynamic time warping.</summary>
/// <remarks>
/// Channels are standardised. Missing values are first interpolated linearly, with the nearest value at either end, and a channel without
/// values becomes the mean. If only known channels were compared, sequences with many gaps would be near to all others.
/// </remarks>
internal sealed class WarpedSearch
{
    private readonly Standardization _standardization;
    private readonly double[][] _candidates; // each [steps, channels]
    private readonly int _channels;
    private readonly double _window;

    /// <summary>Prepares the candidates.</summary>
    public WarpedSearch(SequenceDataset candidates, double window)
    {
        (_channels, _window) = (candidates.Channels, window);
        _standardization = Standardization.Fit(candidates);
        _candidates = [.. candidates.Select(Prepare)];
    }

    /// <summary>Whether lower bounds are used to skip candidates, which does not change results.</summary>
    internal bool UsesBounds { get; init; } = true;

    /// <summary>Returns the index of the nearest candidate (of equally near ones the first) and its distance.</summary>
    public (int Index, double Distance) Nearest(Sequence sequence, CancellationToken cancellationToken)
    {
        double[] query = Prepare(sequence);
        double[] bounds = UsesBounds ? Bounds(query) : new double[_candidates.Length];
        double[] row = new double[_candidates.Max(candidate => candidate.Length / _channels) + 1];
        // The most promising candidate first: the nearer it is, the more others its distance excludes.
        int promising = Array.IndexOf(bounds, bounds.Min());
        int nearest = promising;
        double least = Distance(query, promising, double.PositiveInfinity, row, cancellationToken);
        for (int k = 0; k < _candidates.Length; k++)
        {
            if (k == promising || bounds[k] > least)
                continue;
            double distance = Distance(query, k, least, row, cancellationToken);
            if (distance < least || (distance == least && k < nearest))
                (nearest, least) = (k, distance);
        }
        return (nearest, least);
    }

    private double Distance(double[] query, int candidate, double bound, double[] row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] other = _candidates[candidate];
        int radius = DynamicTimeWarping.Radius(query.Length / _channels, other.Length / _channels, _window);
        return DynamicTimeWarping.Distance(query, other, _channels, radius, bound, row, cancellationToken);
    }

    private double[] Bounds(double[] query)
    {
        int steps = query.Length / _channels;
        double[] lower = new double[query.Length], upper = new double[query.Length], bounds = new double[_candidates.Length];
        WarpingBounds.Envelope(query, _channels, DynamicTimeWarping.Radius(steps, steps, _window), lower, upper);
        for (int k = 0; k < bounds.Length; k++)
        {
            double[] other = _candidates[k];
            double ends = WarpingBounds.OfEnds(query, other, _channels);
            bounds[k] = other.Length == query.Length ? Math.Max(ends, WarpingBounds.OfEnvelope(other, _channels, lower, upper)) : ends;
        }
        return bounds;
    }

    private double[] Prepare(Sequence sequence)
    {
        float[] filled = new float[sequence.Values.Length];
        Interpolation.Fill(sequence.Values.Span, _channels, filled);
        double[] prepared = new double[filled.Length];
        for (int i = 0; i < filled.Length; i++)
            prepared[i] = float.IsNaN(filled[i]) ? 0 : _standardization.Apply(filled[i], i % _channels);
        return prepared;
    }
}
