using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Inputs of a forecaster in addition to the values: the calendar, and channels that are known in advance.</summary>
public sealed class ForecastCovariatesTests : IDisposable
{
    private static readonly TrainingOptions _quick = new()
    {
        Cell = "gru",
        Model = new() { Layers = [6] },
        Epochs = 2,
        Forecast = new() { Horizon = 3 },
        Seed = 4,
    };

    private static readonly float[] _events = Events();

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_stream_with_times_has_the_bits_of_the_whole_series_and_so_has_the_model_from_its_file()
    {
        SequenceDataset data = Load.Series(days: 4);
        using var forecaster = new SequenceForecaster(
            _quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour | CalendarCycles.Weekday } });
        forecaster.Fit(data);
        Assert.Equal(1, forecaster.Channels);
        Assert.Equal(["load"], forecaster.ChannelNames);
        float[] expected = forecaster.Predict(data[0]);
        string path = _folder.File("model");
        forecaster.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path);
        Assert.Equal(CalendarCycles.Hour | CalendarCycles.Weekday, loaded.Calendar);
        using SequenceSession alone = loaded.OpenSession(), other = loaded.OpenSession();
        for (int t = 0; t < data[0].Steps; t++)
        {
            float[] x = [data[0].Values.Span[t]];
            alone.Step(x, data[0].Times!.DateAt(t));
            loaded.StepMany([other], x, [data[0].Times!.DateAt(t)]);
        }
        SameBits.Assert<float>(expected, alone.Answer);
        SameBits.Assert<float>(expected, other.Answer);
    }

    [Fact]
    public void A_model_that_is_given_calendar_features_refuses_steps_and_data_without_times()
    {
        SequenceDataset data = Load.Series(days: 2);
        using var forecaster = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        forecaster.Fit(data);
        using SequenceSession session = forecaster.OpenSession();
        Assert.Contains("time of each step", Assert.Throws<ArgumentException>(() => session.Step([1f])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => forecaster.StepMany([session], [1f]));
        Assert.Throws<ArgumentException>(() => forecaster.StepMany([session], [1f], []));
        Assert.Throws<ArgumentException>(() => session.Step([1f, 2f], Load.Start));
        var untimed = new SequenceDataset(1, [], [new Sequence(new float[30], 1)]);
        Assert.Contains("no dates", Assert.Throws<ArgumentException>(() => forecaster.Predict(untimed)).Message, StringComparison.Ordinal);
        Assert.Contains("no dates", Assert.Throws<ArgumentException>(() => forecaster.Evaluate(untimed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_of_a_stream_whose_times_go_back_or_repeat_are_refused_and_leave_it_where_it_was()
    {
        SequenceDataset data = Load.Series(days: 2);
        using var forecaster = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        forecaster.Fit(data);
        using SequenceSession session = forecaster.OpenSession(), other = forecaster.OpenSession();
        session.Step([1f], Load.Start);
        forecaster.StepMany([other], [1f], [Load.Start]);
        float[] answer = session.Answer.ToArray();
        using SequenceSession copy = session.Copy();
        foreach (DateTimeOffset time in (DateTimeOffset[])[Load.Start, Load.Start.AddHours(-1)])
        {
            foreach (SequenceSession stream in (SequenceSession[])[session, other, copy])
            {
                Assert.Contains("times must ascend",
                    Assert.Throws<ArgumentException>(() => stream.Step([1f], time)).Message, StringComparison.Ordinal);
                Assert.Throws<ArgumentException>(() => forecaster.StepMany([stream], [1f], [time]));
                Assert.Equal(1, stream.Steps);
                Assert.Equal(answer, stream.Answer.ToArray());
            }
        }
        // A step that is refused because of its values does not count.
        Assert.Throws<ArgumentException>(() => session.Step([float.NaN], Load.Start.AddHours(2)));
        session.Step([1f], Load.Start.AddHours(1));
        session.Reset();
        session.Step([1f], Load.Start);
        Assert.Equal(answer, session.Answer.ToArray());
    }

    [Fact]
    public void The_clock_makes_a_difference()
    {
        SequenceDataset data = Load.Series(days: 4);
        using var forecaster = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        forecaster.Fit(data);
        Sequence later = data[0] with
        { Times = SequenceTimes.Of(Enumerable.Range(0, data[0].Steps).Select(t => Load.Start.AddHours(t + 7))) };
        Assert.NotEqual(forecaster.Predict(data[0]), forecaster.Predict(later));
    }

    [Fact]
    public void The_clock_is_that_of_the_training_data_whatever_distance_from_utc_others_are_written_with()
    {
        SequenceDataset data = Load.Series(days: 4);
        DateTimeOffset[] local = [.. Enumerable.Range(0, data[0].Steps).Select(
            t => Load.Start.AddHours(t).ToOffset(TimeSpan.FromHours(5)))];
        Sequence written = data[0] with { Times = SequenceTimes.Of(local) };
        using var trained = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        trained.Fit(new SequenceDataset(1, [], [written]) { ChannelNames = ["load"] });
        string path = _folder.File("model");
        trained.Save(path);
        using SequenceForecaster forecaster = SequenceForecaster.Load(path);
        float[] expected = trained.Predict(written);
        SameBits.Assert<float>(expected, forecaster.Predict(data[0])); // the same instants in UTC
        using SequenceSession session = forecaster.OpenSession();
        for (int t = 0; t < data[0].Steps; t++)
            session.Step([data[0].Values.Span[t]], local[t].ToOffset(TimeSpan.FromHours(t % 12)));
        SameBits.Assert<float>(expected, session.Answer);
    }

    [Fact]
    public void Training_that_starts_from_a_model_is_reported_what_it_was()
    {
        SequenceDataset data = Load.Series(days: 3);
        using var start = new SequenceForecaster(_quick);
        start.Fit(data);
        using var other = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        Assert.Contains("Calendar is Hour", Assert.Throws<ArgumentException>(() => other.FitFrom(start, data)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esn")]
    [InlineData("auto")]
    public void What_is_known_in_advance_is_used(string cell)
    {
        // The value is that of the known channel, and depends on nothing else.
        SequenceDataset data = Known(steps: 400), future = Known(steps: 400, futureSteps: 3);
        using var forecaster = new SequenceForecaster(new TrainingOptions
        {
            Cell = cell,
            Forecast = new() { Horizon = 3, Known = ["event"] },
        });
        forecaster.Fit(data);
        Assert.Equal(1, forecaster.ForecastChannels);
        Assert.Equal(["y", "event"], forecaster.ChannelNames);
        Assert.Equal([400], forecaster.FirstStepsAhead(future));
        float[] forecast = Assert.Single(forecaster.Predict(future).Rows());
        Assert.Equal(3, forecast.Length);
        for (int ahead = 0; ahead < 3; ahead++)
            Assert.Equal(Event(400 + ahead), forecast[ahead], 0.35);
        Assert.True(forecaster.Evaluate(data).PerStepAhead[2].Rmse < 0.25);
        string message = Assert.Throws<ArgumentException>(() => forecaster.Predict(data)).Message;
        Assert.Contains("'event'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Channels_that_are_not_there_or_all_there_are_can_not_be_known_in_advance()
    {
        using var missing = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Known = ["price"] } });
        Assert.Contains("'price'", Assert.Throws<ArgumentException>(() => missing.Fit(Known(50))).Message, StringComparison.Ordinal);
        using var all = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Known = ["y", "event"] } });
        Assert.Contains("none to forecast", Assert.Throws<ArgumentException>(() => all.Fit(Known(50))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(
            () => new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Known = ["y", "y"] } }));
        Assert.Throws<ArgumentException>(() => new SequenceClassifier(new TrainingOptions { Forecast = new() { Known = ["y"] } }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Data_without_names_and_with_another_number_of_channels_are_refused_by_it(int channels)
    {
        using var forecaster = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Known = ["event"] } });
        forecaster.Fit(Known(50));
        var unnamed = new SequenceDataset(channels, [], [new Sequence(new float[12 * channels], channels)], "mine");
        foreach (Action question in (Action[])[() => forecaster.Predict(unnamed), () => forecaster.FirstStepsAhead(unnamed),
            () => forecaster.Evaluate(unnamed)])
            Assert.Contains($"'mine' have {channels} channel{(channels == 1 ? "" : "s")}; the model takes 2",
                Assert.Throws<ArgumentException>(question).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_channel_that_is_called_like_one_of_the_calendar_is_refused_unless_there_is_none()
    {
        SequenceDataset data = Load.Series(days: 2);
        var named = new SequenceDataset(1, [], [data[0]], "mine") { ChannelNames = ["hour.sin1"] };
        using var told = new SequenceForecaster(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Hour } });
        string message = Assert.Throws<ArgumentException>(() => told.Fit(named)).Message;
        Assert.Contains("'hour.sin1'", message, StringComparison.Ordinal);
        Assert.Contains("Calendar to none", message, StringComparison.Ordinal);
        using SequenceForecaster other = new(_quick with { Forecast = _quick.Forecast with { Calendar = CalendarCycles.Month } }),
            without = new(_quick);
        other.Fit(named);
        without.Fit(named);
        Assert.Equal(["hour.sin1"], other.ChannelNames);
    }

    [Fact]
    public void The_time_between_two_steps_is_kept_in_the_file_and_there_is_none_where_it_is_not_known()
    {
        SequenceDataset data = Load.Series(days: 2);
        using SequenceForecaster dated = new(_quick), undated = new(_quick);
        dated.Fit(data);
        undated.Fit(new SequenceDataset(1, [], [data[0] with { Times = null }]));
        string path = _folder.File("model");
        dated.Save(path);
        using SequenceForecaster loaded = SequenceForecaster.Load(path);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromHours(1)), (loaded.Interval, loaded.LongestInterval));
        undated.Save(path);
        using SequenceForecaster older = SequenceForecaster.Load(path);
        Assert.Null(older.Interval);
        Assert.Equal(0, older.LongestLag);
    }

    public void Dispose() => _folder.Dispose();

    private static float Event(int step) => _events[step];

    private static float[] Events()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, 500).Select(_ => (float)random.Next(2))];
    }

    /// <summary>Returns the channels event and y, in the order of the file, which is not that of the model.</summary>
    private static SequenceDataset Known(int steps, int futureSteps = 0)
    {
        var random = new Random(3);
        float[] values = [.. Enumerable.Range(0, steps + futureSteps).SelectMany(t =>
            (float[])[Event(t), t < steps ? Event(t) + (0.05f * (float)random.NextDouble()) : float.NaN])];
        return new SequenceDataset(2, [], [new Sequence(values, 2)]) { ChannelNames = ["event", "y"] };
    }
}
