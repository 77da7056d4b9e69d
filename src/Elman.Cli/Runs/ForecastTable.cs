using System.Globalization;
using System.Text;
using Elman.Data;

namespace Elman.Cli.Runs;

/// <summary>
/// Forecasts of the test data beside the values that followed: each step once, from the last origin that is a whole number of horizons
/// after the first.
/// </summary>
internal static class ForecastTable
{
    /// <summary>Returns the table as CSV.</summary>
    public static string Of(SequenceForecaster forecaster, SequenceDataset test)
    {
        var answers = (NumberAnswers)forecaster.EvaluateCases(test);
        string[] channels = [.. Enumerable.Range(0, forecaster.ForecastChannels).Select(c =>
            test.ChannelNames.Count > 0 ? test.ChannelNames[c] : FormattableString.Invariant($"channel{c + 1}"))];
        bool hasIds = test.Count > 0 && test[0].Id is not null, hasTimes = test.Count > 0 && test[0].Times is not null;
        var text = new StringBuilder(hasIds ? "id" : "index").Append(hasTimes ? ",step,time,ahead" : ",step,ahead");
        foreach (string channel in channels)
            text.Append(',').Append(CsvWriter.Quote(channel)).Append(',').Append(CsvWriter.Quote($"true_{channel}"));
        text.Append('\n');
        IEnumerable<NumberCase> all = Enumerable.Range(0, answers.Cases).Select(i => answers[i]);
        foreach (IGrouping<int, NumberCase> ofSequence in all.GroupBy(one => one.Sequence).OrderBy(group => group.Key))
        {
            int first = ofSequence.Min(one => one.Step - one.Ahead);
            foreach (IGrouping<(int Step, int Ahead), NumberCase> row in ofSequence
                .Where(one => (one.Step - one.Ahead - first) % forecaster.Horizon == 0)
                .GroupBy(one => (one.Step, one.Ahead)).OrderBy(group => group.Key))
            {
                Sequence sequence = test[ofSequence.Key];
                text.Append(hasIds ? CsvWriter.Quote(sequence.Id ?? "") : ofSequence.Key.ToString(CultureInfo.InvariantCulture))
                    .Append(CultureInfo.InvariantCulture, $",{row.Key.Step}");
                if (hasTimes)
                    text.Append(',').Append(CsvWriter.Quote(sequence.Times?.TextAt(row.Key.Step) ?? ""));
                text.Append(CultureInfo.InvariantCulture, $",{row.Key.Ahead}");
                for (int c = 0; c < channels.Length; c++)
                {
                    NumberCase? one = row.Where(other => other.Output == c).Cast<NumberCase?>().FirstOrDefault();
                    double offset = test.Offsets.OfChannel(c);
                    text.Append(one is { } known
                        ? $",{ValueOffsets.Format((float)known.Answer, offset)},{ValueOffsets.Format((float)known.Target, offset)}"
                        : ",,");
                }
                text.Append('\n');
            }
        }
        return text.ToString();
    }
}
