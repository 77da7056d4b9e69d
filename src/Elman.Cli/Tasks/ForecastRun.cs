using System.Text.Json;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>How a sequence goes on.</summary>
internal sealed class ForecastRun(SequenceForecaster forecaster) : TaskRun
{
    public override SequenceEstimator Estimator => forecaster;

    public override LabelKind Labels => LabelKind.None;

    public override IReadOnlyList<string> Names => forecaster.ChannelNames.Count > 0
        ? forecaster.ChannelNames
        : [.. Enumerable.Range(1, forecaster.Channels).Select(c => FormattableString.Invariant($"x{c}"))];

    public override string Knows =>
        $"Foretells {Figures.Count(forecaster.Horizon, "step")} of {Figures.Count(forecaster.Channels, "channel")}";

    public override TaskResult Evaluate(SequenceDataset data) => new ForecastResult(forecaster.Evaluate(data));

    public override string Describe(SequenceDataset data) => $"{Figures.Count(forecaster.Options.Horizon, "step")} ahead";

    public override void Predict(SequenceDataset data, AnswerWriter output)
    {
        float[][] answers = forecaster.Predict(data);
        for (int i = 0; i < answers.Length; i++)
            for (int ahead = 0; ahead < forecaster.Horizon; ahead++)
                output.Write([output.PlaceOf(data, i), ("ahead", ahead + 1), .. AnswerWriter.TimeOf(data, i, data[i].Steps + ahead)], null,
                    "values", Names, answers[i].AsSpan(ahead * forecaster.Channels, forecaster.Channels));
    }

    public override void WriteStep(SequenceSession session, int sequence, AnswerWriter output)
    {
        for (int ahead = 0; ahead < forecaster.Horizon; ahead++)
            output.Write([("index", sequence), ("step", (int)session.Steps - 1), ("ahead", ahead + 1)], null, "values", Names,
                session.Answer.Slice(ahead * forecaster.Channels, forecaster.Channels));
    }

    public override void WriteMembers(Utf8JsonWriter json) => json.WriteNumber("horizon", forecaster.Horizon);

    private sealed class ForecastResult(ForecastEvaluation evaluation) : TaskResult
    {
        public override string Headline => $"test RMSE {Figures.Number(evaluation.PerStepAhead[0].Rmse)}";

        public override string Line
        {
            get
            {
                (NumberScore first, NumberScore naive) = (evaluation.PerStepAhead[0], evaluation.Naive[0]);
                return $"{first.Name} ahead RMSE {Figures.Number(first.Rmse)}, MAE {Figures.Number(first.Mae)}; if nothing changed, "
                    + $"RMSE {Figures.Number(naive.Rmse)}";
            }
        }

        public override double Score => NumberTable.Together(evaluation.PerStepAhead);

        public override void WriteTables(Terminal terminal) =>
            NumberTable.Write(terminal, "ahead", evaluation.PerStepAhead.Zip(evaluation.Naive)
                .SelectMany(pair => (NumberScore[])[pair.First, pair.Second with { Name = "  unchanged" }]));

        public override void WriteMembers(Utf8JsonWriter json)
        {
            NumberTable.WriteJson(json, "stepsAhead", evaluation.PerStepAhead);
            NumberTable.WriteJson(json, "naive", evaluation.Naive);
        }
    }
}
