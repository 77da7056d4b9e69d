using Elman.Reports;

namespace Elman.Cli.Reports;

/// <summary>The forecasts of a report.</summary>
internal static class ReportForecasts
{
    /// <summary>The number of channels of the first series that are drawn, and the number of horizons before the forecast.</summary>
    private const int MostForecasts = 4, Horizons = 4, ManyCases = 500_000;

    /// <summary>Returns the last complete forecast of some series and channels.</summary>
    public static IReadOnlyList<ReportForecast> Of(SequenceForecaster forecaster, SequenceDataset data, NumberAnswers numbers)
    {
        var drawn = new List<ReportForecast>();
        foreach (IGrouping<int, NumberCase> ofSequence in Cases(numbers).GroupBy(one => one.Sequence).OrderBy(group => group.Key))
        {
            int furthest = ofSequence.Max(one => one.Ahead);
            int origin = ofSequence.Where(one => one.Ahead == furthest).Max(one => one.Step - one.Ahead);
            NumberCase[] cases = [.. ofSequence.Where(one => one.Step - one.Ahead == origin)];
            for (int channel = 0; channel < forecaster.ForecastChannels && drawn.Count < MostForecasts; channel++)
                drawn.Add(At(forecaster, data, ofSequence.Key, origin, channel, cases));
            if (drawn.Count >= MostForecasts)
                break;
        }
        return drawn;
    }

    /// <summary>Returns the forecasts with the largest errors, one within a horizon, drawn with the values that followed.</summary>
    public static IReadOnlyList<ReportCase> Worst(SequenceForecaster forecaster, SequenceDataset data, NumberAnswers numbers, int most)
    {
        var taken = new List<(int Sequence, int Origin, int Channel)>();
        var worst = new List<ReportCase>();
        double[] variances = [.. Enumerable.Range(0, forecaster.ForecastChannels).Select(channel => VarianceOf(numbers, channel))];
        // Of very many forecasts, only some begin far enough apart to be drawn.
        int every = numbers.Cases > ManyCases ? Math.Max(1, forecaster.Horizon / 2) : 1;
        var all = Cases(numbers).Where(one => (one.Step - one.Ahead) % every == 0)
            .GroupBy(one => (one.Sequence, Origin: one.Step - one.Ahead, one.Output))
            // Forecasts of which all steps are known come first: the others are at the ends of a series.
            .OrderByDescending(group => group.Count() == forecaster.Horizon)
            .ThenByDescending(group => group.Average(one => one.Error * one.Error) / variances[group.Key.Output]).ToList();
        foreach (IGrouping<(int Sequence, int Origin, int Output), NumberCase> group in all)
        {
            (int sequence, int origin, int channel) = group.Key;
            if (taken.Any(other => other.Sequence == sequence && other.Channel == channel
                && Math.Abs(other.Origin - origin) < forecaster.Horizon))
                continue;
            taken.Add(group.Key);
            ReportForecast drawn = At(forecaster, data, sequence, origin, channel, [.. group]);
            double[] values = [.. drawn.History, .. drawn.Actual];
            double[] forecast = [.. Enumerable.Repeat(double.NaN, Math.Max(0, drawn.History.Count - 1)), .. drawn.History.TakeLast(1),
                .. drawn.Forecast];
            worst.Add(new ReportCase($"{drawn.Name} from {drawn.From}", "", "",
                $"Root mean squared error {Figures.Number(Math.Sqrt(group.Average(one => one.Error * one.Error)))}.", null,
                new ReportSeries(["values", "forecast"], [values, forecast], 2)));
            if (worst.Count == most)
                break;
        }
        return worst;
    }

    /// <summary>The variance of the true values of a channel; of one that does not vary infinity, so that its errors count last.</summary>
    private static double VarianceOf(NumberAnswers numbers, int channel)
    {
        double mean = 0, squares = 0;
        int count = 0;
        foreach (NumberCase one in Cases(numbers).Where(one => one.Output == channel))
        {
            double fromOldMean = one.Target - mean;
            mean += fromOldMean / ++count;
            squares += fromOldMean * (one.Target - mean);
        }
        return squares > 0 ? squares / count : double.PositiveInfinity;
    }

    private static IEnumerable<NumberCase> Cases(NumberAnswers numbers) => Enumerable.Range(0, numbers.Cases).Select(i => numbers[i]);

    private static ReportForecast At(
        SequenceForecaster forecaster, SequenceDataset data, int sequence, int origin, int channel, IReadOnlyList<NumberCase> cases)
    {
        Sequence series = data[sequence];
        string name = forecaster.ChannelNames.Count > 0 ? forecaster.ChannelNames[channel] : FormattableString.Invariant($"x{channel + 1}");
        int column = data.ChannelNames.Count > 0 ? Math.Max(0, data.ChannelNames.ToList().IndexOf(name)) : channel;
        int ahead = cases.Max(one => one.Ahead);
        double offset = data.Offsets.OfChannel(column);
        float[] flat = new float[forecaster.Horizon * forecaster.ForecastChannels];
        double[] forecast = [.. Enumerable.Repeat(double.NaN, ahead)], actual = [.. forecast];
        foreach (NumberCase one in cases.Where(one => one.Output == channel))
        {
            flat[((one.Ahead - 1) * forecaster.ForecastChannels) + channel] = (float)one.Answer;
            (forecast[one.Ahead - 1], actual[one.Ahead - 1]) = (one.Answer + offset, one.Target + offset);
        }
        float[] quantiles = forecaster.QuantilesAround(flat);
        int past = Math.Min(origin + 1, Math.Max(Horizons * forecaster.Horizon, 24));
        return new ReportForecast(
            data.Count > 1 ? $"{name} of {ReportCases.NameOf(data, sequence)}" : name,
            [.. Enumerable.Range(origin + 1 - past, past).Select(t => series.Values.Span[(t * data.Channels) + column] + offset)],
            actual, forecast, [.. forecaster.Quantiles],
            [.. Enumerable.Range(0, forecaster.Quantiles.Count).Select(Quantile)],
            series.Times?.TextAt(origin) ?? FormattableString.Invariant($"step {origin + 1}"));

        IReadOnlyList<double> Quantile(int level) => [.. Enumerable.Range(0, ahead).Select(step => double.IsNaN(forecast[step])
            ? double.NaN
            : quantiles[(level * flat.Length) + (step * forecaster.ForecastChannels) + channel] + offset)];
    }
}
