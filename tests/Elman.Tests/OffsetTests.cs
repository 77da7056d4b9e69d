using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests;

/// <summary>Models of values from which an offset is subtracted, because 32-bit floats can't distinguish them otherwise.</summary>
public sealed class OffsetTests : IDisposable
{
    private const double North = 5_800_000, Year = 1_700_000_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Data_with_other_offsets_get_the_same_answers()
    {
        SequenceDataset data = Data(North, Year);
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(data);
        Assert.Equal([North, 0], regressor.Offsets.Channels);
        Assert.Equal(Year, regressor.Offsets.OfTarget("year"));
        float[][] expected = regressor.Predict(data).Rows();
        // Whole steps of 1/4 are exact in both.
        SequenceDataset other = Data(North - 64, Year + 128);
        for (int i = 0; i < data.Count; i++)
            SameBits.Assert<float>(expected[i], regressor.Predict(other).Rows()[i]);
        Assert.Equal(regressor.Evaluate(data).PerTarget[0].Rmse, regressor.Evaluate(other).PerTarget[0].Rmse);
    }

    [Fact]
    public void Channels_in_another_order_bring_their_offsets_along()
    {
        SequenceDataset data = Data(North, Year);
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(data);
        var swapped = new SequenceDataset(2, [], data.Select(sequence => new Sequence(Swapped(sequence), 2)), "swapped")
        {
            ChannelNames = ["east", "north"],
            Offsets = new ValueOffsets([0, North]),
        };
        for (int i = 0; i < data.Count; i++)
            SameBits.Assert<float>(regressor.Predict(data).Rows()[i], regressor.Predict(swapped).Rows()[i]);
    }

    [Fact]
    public void A_model_file_keeps_them()
    {
        SequenceDataset data = Data(North, Year);
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(data);
        string path = _folder.File("model");
        regressor.Save(path);
        Assert.Equal("""{"channels":[5800000,0],"targets":{"year":1700000000}}""",
            SafetensorsReader.Read(path).Metadata["elman.offsets"]);
        Assert.Equal("8", SafetensorsReader.Read(path).Metadata["elman.version"]);
        using SequenceRegressor loaded = SequenceRegressor.Load(path);
        SameBits.Assert<float>(regressor.Predict(data).Rows()[0], loaded.Predict(Data(North - 64, Year)).Rows()[0]);
    }

    [Fact]
    public void A_model_without_them_has_no_trace_of_them_and_takes_data_that_have_some()
    {
        SequenceDataset data = Data(0, 0);
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(data);
        string path = _folder.File("model");
        regressor.Save(path);
        Assert.False(SafetensorsReader.Read(path).Metadata.ContainsKey("elman.offsets"));
        SameBits.Assert<float>(regressor.Predict(data).Rows()[0], regressor.Predict(Data(-64, 0)).Rows()[0]);
    }

    [Fact]
    public void A_model_continues_with_data_of_other_offsets()
    {
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(Data(North, Year));
        using SequenceRegressor one = new(Options), other = new(Options);
        one.FitFrom(regressor, Data(North, Year));
        other.FitFrom(regressor, Data(North + 64, Year - 256));
        Assert.Equal([North, 0], other.Offsets.Channels);
        SameBits.Assert<float>(one.Predict(Data(North, Year)).Rows()[0], other.Predict(Data(North, Year)).Rows()[0]);
    }

    [Fact]
    public void A_stream_takes_values_less_the_offset()
    {
        SequenceDataset data = Data(North, Year);
        using var regressor = new SequenceRegressor(Options);
        regressor.Fit(data);
        using SequenceSession session = regressor.OpenSession();
        for (int t = 0; t < data[0].Steps; t++)
            session.Step(data[0].Values.Span.Slice(2 * t, 2));
        SameBits.Assert<float>(regressor.Predict(data).Rows()[0], session.Answer);
    }

    [Fact]
    public void Validation_and_test_data_of_other_offsets_are_brought_in_line()
    {
        using SequenceRegressor one = new(Options), other = new(Options);
        one.Fit(Data(North, Year), Data(North, Year));
        other.Fit(Data(North, Year), Data(North + 64, Year - 256));
        Assert.Equal(one.Summary!.ValidationLoss, other.Summary!.ValidationLoss);
        BaselineOptions options = new() { Task = BaselineTask.Regress };
        Assert.Equal(
            Baseline.Evaluate(Data(North, Year), Data(North, Year), options, TestContext.Current.CancellationToken).Select(r => r.Score),
            Baseline.Evaluate(Data(North, Year), Data(North + 64, Year - 256), options, TestContext.Current.CancellationToken)
                .Select(r => r.Score));
    }

    [Fact]
    public void A_series_that_continues_from_another_takes_its_offset()
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        SequenceDataset Series(int first, int count, double offset) => new(1, [], [new Sequence(
            Enumerable.Range(first, count).Select(t => (float)(North + (t / 4.0) - offset)).ToArray(), 1)
        { Times = SequenceTimes.Of(Enumerable.Range(first, count).Select(hour => start.AddHours(hour))) }])
        {
            ChannelNames = ["load"],
            Offsets = new ValueOffsets([offset]),
        };
        SequenceDataset joined = Series(5, 5, North + 16).Following(Series(0, 5, North));
        Assert.Equal([North], joined.Offsets.Channels);
        Assert.Equal(Enumerable.Range(0, 10).Select(t => t / 4f), joined[0].Values.ToArray());
    }

    private static TrainingOptions Options => new() { Cell = "gru", Model = new() { Layers = [5] }, Epochs = 3, Seed = 4 };

    /// <summary>Sequences whose true values do not depend on the offsets.</summary>
    private static SequenceDataset Data(double north, double year)
    {
        var random = new Random(3);
        return new SequenceDataset(2, [], Enumerable.Range(0, 12).Select(i =>
        {
            var values = new float[12];
            for (int t = 0; t < 6; t++)
                (values[2 * t], values[(2 * t) + 1]) = ((float)((random.Next(64) / 4.0) + Base(north, North) - north), random.Next(4));
            return new Sequence(values, 2).WithTargets(new float[] { (float)((random.Next(64) / 4.0) + Base(year, Year) - year) });
        }), "data", ["year"])
        {
            ChannelNames = ["north", "east"],
            Offsets = new ValueOffsets([north, 0], new Dictionary<string, double> { ["year"] = year }),
        };
    }

    /// <summary>Small data have small values, so floats represent them even without an offset.</summary>
    private static double Base(double offset, double large) => Math.Abs(offset) < 1000 ? 0 : large;

    private static float[] Swapped(Sequence sequence)
    {
        float[] values = sequence.Values.ToArray();
        for (int i = 0; i < values.Length; i += 2)
            (values[i], values[i + 1]) = (values[i + 1], values[i]);
        return values;
    }
}
