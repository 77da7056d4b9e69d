namespace Elman.Tests;

/// <summary>Long series that are split into pieces for training with a named cell.</summary>
public sealed class ForecastPiecesTests
{
    private const int Whole = 1_000_000; // steps of a window of gradients: a series is not cut

    private static readonly TrainingOptions _options = new()
    {
        Cell = "gru",
        Model = new() { Layers = [8] },
        Epochs = 40,
        Forecast = new() { Horizon = 3 },
        Threads = 1,
    };

    [Fact]
    public void A_single_long_series_is_learned_better_in_pieces_and_counts_as_one()
    {
        (SequenceDataset beginnings, SequenceDataset ends) = Load.Series(days: 60).DivideInTime(0.2, 3)!.Value;
        using SequenceForecaster pieces = new(_options), whole = new(_options with { Truncate = Whole });
        Assert.Equal(1, pieces.Fit(beginnings).Sequences);
        whole.Fit(beginnings);
        (double better, double worse) = (Rmse(pieces, ends), Rmse(whole, ends));
        Assert.True(better < 0.9 * worse, $"{better} against {worse}");
    }

    [Theory]
    [InlineData(1, 2, 400)] // two series, of which each is a batch
    [InlineData(16, 1, 190)] // a series that is no longer than two pieces
    public void More_series_than_a_batch_holds_and_short_ones_are_learned_whole(int batch, int count, int steps)
    {
        Sequence load = Load.Series(days: 20)[0].Slice(0, steps);
        SequenceDataset data = new(1, [], [.. Enumerable.Repeat(load, count)]);
        TrainingOptions options = _options with { Batch = batch, Epochs = 2 };
        using SequenceForecaster one = new(options), other = new(options with { Truncate = Whole });
        one.Fit(data);
        other.Fit(data);
        Assert.Equal(other.Predict(load), one.Predict(load));
    }

    private static double Rmse(SequenceForecaster forecaster, SequenceDataset ends) => forecaster.Evaluate(ends).PerStepAhead[0].Rmse;
}
