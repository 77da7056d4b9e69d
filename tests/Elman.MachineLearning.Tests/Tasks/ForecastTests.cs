using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Tests.Tasks;

public sealed class ForecastTests
{
    private static readonly TrainingOptions _options = Tables.Small with { Forecast = new() { Horizon = 3 } };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Forecasts_have_the_bits_of_the_forecaster_step_after_step(int channels)
    {
        SequenceDataset series = Tables.Slopes(6, channels, i => 40 + i);
        using var forecaster = new SequenceForecaster(_options);
        forecaster.Fit(Unlabelled(series), cancellationToken: TestContext.Current.CancellationToken);
        float[][] expected = [.. series.Select(forecaster.Predict)];

        using RecurrentNetworkTransformer model = Tables.Context.Forecasting.Trainers
            .RecurrentNetwork(channels: channels, options: _options).Fit(Tables.Of(series, isFixed: false));
        IDataView scored = model.Transform(Tables.Of(series, isFixed: false));
        Assert.Equal(expected, Tables.Scores(scored));
        Assert.Equal(new VectorDataViewType(NumberDataViewType.Single, 3 * channels), scored.Schema["Score"].Type);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(channels == 1 ? ["+1", "+2", "+3"] : ["1+1", "2+1", "1+2", "2+2", "1+3", "2+3"],
            names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Rows_of_steps_give_one_forecast_for_each_series_with_the_names_of_the_channels()
    {
        SequenceDataset series = Tables.Slopes(4, 2, i => 30 + i);
        var pipeline = Tables.Context.Transforms.Concatenate("Both", nameof(Reading.Load), nameof(Reading.Wind))
            .Append(Tables.Context.Forecasting.Trainers.RecurrentNetwork("Both", groupColumnName: nameof(Reading.Site), options: _options));
        IDataView steps = Tables.Context.Data.LoadFromEnumerable(series.SelectMany((sequence, i) => Enumerable.Range(0, sequence.Steps)
            .Select(t => new Reading { Site = i, Load = sequence.Values.Span[2 * t], Wind = sequence.Values.Span[(2 * t) + 1] }))
            .ToArray());
        using var model = pipeline.Fit(steps);
        IDataView scored = model.Transform(steps);
        Assert.Equal([0, 1, 2, 3], Tables.Values<int>(scored, nameof(Reading.Site)));
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Score"].GetSlotNames(ref names);
        Assert.Equal(["Load+1", "Wind+1", "Load+2", "Wind+2", "Load+3", "Wind+3"], names.DenseValues().Select(name => name.ToString()));

        using var forecaster = new SequenceForecaster(_options);
        forecaster.Fit(Unlabelled(series), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([.. series.Select(forecaster.Predict)], Tables.Scores(scored));
    }

    private static SequenceDataset Unlabelled(SequenceDataset data) =>
        new(data.Channels, [], data.Select(sequence => new Sequence(sequence.Values, data.Channels)));

    private sealed class Reading
    {
        public int Site { get; set; }

        public float Load { get; set; }

        public float Wind { get; set; }
    }
}
