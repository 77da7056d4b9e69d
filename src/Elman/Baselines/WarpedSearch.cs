using Elman.Sequences;

namespace Elman.Baselines;

/// <summary>Sequences among which the nearest by dynamic time warping is sought.</summary>
/// <remarks>
/// Channels are standardised. Gaps are filled along straight lines first, at either end by the nearest value, and a channel without any
/// value by the mean:
/// if steps were compared by their known channels alone, sequences with many gaps would be near to everything.
/// </remarks>
internal sealed class WarpedSearch
{
    private readonly Standardization _standardization;
    private readonly double[][] _candidates; // of each [steps, channels]
    private readonly int _channels;
    private readonly double _window;

    /// <summary>Prepares the candidates.</summary>
    public WarpedSearch(SequenceDataset candidates, double window)
    {
        (_channels, _window) = (candidates.Channels, window);
        _standardization = Standardization.Fit(candidates);
        _candidates = [.. candidates.Select(Prepare)];
    }

    /// <summary>Whether lower bounds leave out candidates, which changes no result.</summary>
    internal bool UsesBounds { get; init; } = true;

    /// <summary>The index of the nearest candidate, of equally near ones the first, and its distance.</summary>
    public (int Index, double Distance) Nearest(Sequence sequence, CancellationToken cancellationToken)
    {
        double[] query = Prepare(sequence);
        double[] bounds = UsesBounds ? Bounds(query) : new double[_candidates.Length];
        double[] row = new double[_candidates.Max(candidate => candidate.Length / _channels) + 1];
        // The most promising candidate first: the nearer the first is, the more others are excluded by it.
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
