using System.Numerics.Tensors;
using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>Forecasting.</summary>
internal sealed class ForecastRun(SequenceForecaster forecaster) : TaskRun
{
    public override SequenceEstimator Estimator => forecaster;

    public override LabelKind Labels => LabelKind.None;

    public override IReadOnlyList<string> Names => forecaster.ChannelNames.Count > 0
        ? [.. forecaster.ChannelNames.Take(forecaster.ForecastChannels)]
        : [.. Enumerable.Range(1, forecaster.ForecastChannels).Select(c => FormattableString.Invariant($"x{c}"))];

    public override string Knows =>
        $"Forecasts {Figures.Count(forecaster.Horizon, "step")} of {Figures.Count(forecaster.ForecastChannels, "channel")}"
        + (forecaster.Interval is { } interval ? $", a step every {Figures.Interval(interval)}" : "")
        + (forecaster.LongestLag > 0 ? $"; uses the last {Figures.Count(forecaster.LongestLag + 1, "step")}" : "");

    public override void CheckTraining(SequenceDataset data)
    {
        string[] unknown = [.. forecaster.Options.Forecast.Known.Except(data.ChannelNames, StringComparer.Ordinal)];
        if (unknown.Length > 0)
            throw new CommandException($"--known names {Quoted(unknown[0])}, which is not a channel of {data.Name}; its channels are "
                + $"{string.Join(", ", ColumnReport.Channels(data.ChannelNames, data.Channels))}.");
        Suitability.CheckForecast(data, forecaster.Options);
    }

    public override TaskResult Evaluate(SequenceDataset data) => new ForecastResult(forecaster.Evaluate(data));

    public override string Describe(SequenceDataset data) => $"{Figures.Count(forecaster.Options.Forecast.Horizon, "step")} ahead";

    /// <summary>The names of the numbers of a step ahead: the channels, then their quantiles.</summary>
    private string[] Headings => [.. Names, .. from level in forecaster.Quantiles
                                               from name in Names
                                               select FormattableString.Invariant($"{name} q{level}")];

    public override void Predict(SequenceDataset data, AnswerWriter output)
    {
        string[] headings = Headings;
        Tensor<float> answers = forecaster.Predict(data); // [sequences, horizon, channels]
        float[] answer = new float[forecaster.Horizon * forecaster.ForecastChannels];
        int[] firsts = forecaster.FirstStepsAhead(data);
        for (int i = 0; i < data.Count; i++)
        {
            int first = firsts[i];
            answers.Slice(i..(i + 1), .., ..).FlattenTo(answer);
            try
            {
                WriteSteps(answer, headings, output,
                    ahead => [output.PlaceOf(data, i), ("ahead", ahead + 1), .. AnswerWriter.TimeOf(data, i, first + ahead)]);
            }
            catch (ArgumentException e)
            {
                throw new CommandException($"Sequence {i + 1} of '{data.Name}': {Failure.WithoutParameter(e)}", e);
            }
        }
    }

    public override void WriteStep(SequenceSession session, int sequence, AnswerWriter output) => WriteSteps(
        session.Answer, Headings, output, ahead => [("index", sequence), ("step", (int)session.Steps - 1), ("ahead", ahead + 1)]);

    private void WriteSteps(ReadOnlySpan<float> answer, string[] headings, AnswerWriter output, Func<int, AnswerPlace[]> placesOf)
    {
        int channels = forecaster.ForecastChannels;
        float[] quantiles = forecaster.QuantilesAround(answer), row = new float[headings.Length];
        double[] offsets = [.. Enumerable.Range(0, headings.Length).Select(i => forecaster.Offsets.OfChannel(i % channels))];
        for (int ahead = 0; ahead < forecaster.Horizon; ahead++)
        {
            answer.Slice(ahead * channels, channels).CopyTo(row);
            for (int level = 0; level < forecaster.Quantiles.Count; level++)
                quantiles.AsSpan((level * answer.Length) + (ahead * channels), channels).CopyTo(row.AsSpan((level + 1) * channels));
            output.Write(placesOf(ahead), null, "values", headings, row, offsets);
        }
    }

    public override void WriteMembers(Utf8JsonWriter json) => json.WriteNumber("horizon", forecaster.Horizon);

    private sealed class ForecastResult(ForecastEvaluation evaluation) : TaskResult
    {
        public override string Headline => $"test {evaluation.All.RmseName} {Figures.Number(Score)}";

        public override string Line
        {
            get
            {
                (NumberScore first, NumberScore naive) = (evaluation.PerStepAhead[0], evaluation.Naive[0]);
                int ahead = evaluation.PerStepAhead.Count;
                (NumberScore total, string name) = (evaluation.All, evaluation.All.RmseName);
                string all = ahead > 1
                    ? $"{name} {Figures.Number(total.Rmse)}{(total.IsScaled ? "" : $", MAE {Figures.Number(total.Mae)}")} over "
                        + $"{Figures.Count(ahead, "step")} ahead{(total.IsScaled ? ", in standard deviations of each channel" : "")}; "
                    : "";
                string bands = string.Concat(evaluation.Bands.Select(band =>
                    $"; {Figures.Percent(band.Coverage)} in the band of {Figures.Percent(band.Nominal)}"));
                return $"{all}{first.Name} ahead {name} {Figures.Number(first.Rmse)}; last value, {name} {Figures.Number(naive.Rmse)}"
                    + bands;
            }
        }

        public override double Score => evaluation.All.Rmse;

        public override void WriteTables(Terminal terminal)
        {
            NumberTable.Write(terminal, "ahead", evaluation.PerStepAhead.Zip(evaluation.Naive)
                .SelectMany(pair => (NumberScore[])[pair.First, pair.Second with { Name = "  unchanged" }]));
            if (evaluation.PerChannel.Count > 1)
                NumberTable.Write(terminal, "channel", evaluation.PerChannel);
        }

        public override void WriteMembers(Utf8JsonWriter json)
        {
            NumberTable.WriteJson(json, "stepsAhead", evaluation.PerStepAhead);
            NumberTable.WriteJson(json, "naive", evaluation.Naive);
            NumberTable.WriteJson(json, "channels", evaluation.PerChannel);
            json.WriteNumberOrNull(evaluation.All.IsScaled ? "nrmse" : "rmse", Score);
            BandScores.WriteJson(json, evaluation.Bands);
        }
    }
}
