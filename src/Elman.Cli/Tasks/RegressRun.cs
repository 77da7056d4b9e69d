using System.Numerics.Tensors;
using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>Regression: numbers for each sequence.</summary>
internal sealed class RegressRun(SequenceRegressor regressor) : TaskRun
{
    public override SequenceEstimator Estimator => regressor;

    public override LabelKind Labels => LabelKind.Numbers;

    public override string? UsualLabelColumn => string.Join(',', Names);

    public override IReadOnlyList<string> Names => regressor.Targets;

    public override string Knows => $"Tells {Figures.Count(Names.Count, "number")}: {string.Join(", ", Names)}";

    public override void CheckTest(SequenceDataset data, SequenceDataset training)
    {
        base.CheckTest(data, training);
        Suitability.CheckTestTargets(data, training);
    }

    public override TaskResult Evaluate(SequenceDataset data) => new NumberResult(regressor.Evaluate(data));

    public override string Describe(SequenceDataset data) => Figures.Count(data.TargetNames.Count, "target");

    public override void Predict(SequenceDataset data, AnswerWriter output)
    {
        Tensor<float> answers = regressor.Predict(data); // [sequences, targets]
        float[] answer = new float[Names.Count];
        double[] offsets = Offsets;
        for (int i = 0; i < data.Count; i++)
        {
            answers.Slice(i..(i + 1), ..).FlattenTo(answer);
            output.Write([output.PlaceOf(data, i), .. output.TruthOf(data, i, 0)], null, "targets", Names, answer, offsets);
        }
    }

    public override IEnumerable<AnswerPlace> TruthOf(SequenceDataset data, int sequence, int step)
    {
        Sequence known = data[sequence];
        return [.. data.TargetNames.Select((name, t) => new AnswerPlace($"true_{name}", 0, float.IsNaN(known.Targets.Span[t])
            ? ""
            : ValueOffsets.Format(known.Targets.Span[t], data.Offsets.OfTarget(name))))];
    }

    public override void WriteStep(SequenceSession session, int sequence, AnswerWriter output) =>
        output.Write([("index", sequence), ("step", (int)session.Steps - 1)], null, "targets", Names, session.Answer, Offsets);

    public override void WriteMembers(Utf8JsonWriter json) => json.WriteStrings("targets", Names);

    private double[] Offsets => [.. Names.Select(regressor.Offsets.OfTarget)];

    private sealed class NumberResult(NumberEvaluation evaluation) : TaskResult
    {
        public override string Headline => $"test RMSE {Figures.Number(evaluation.PerTarget[0].Rmse)}";

        public override string Line
        {
            get
            {
                NumberScore first = evaluation.PerTarget[0];
                return $"{Figures.Count(evaluation.Cases, "sequence")}; {first.Name}: RMSE {Figures.Number(first.Rmse)}, "
                    + $"MAE {Figures.Number(first.Mae)}, R² {Figures.Share(first.R2)}"
                    + (evaluation.All.IsScaled
                        ? $"; all, in standard deviations: NRMSE {Figures.Number(evaluation.All.Rmse)}" : "");
            }
        }

        public override double Score => evaluation.All.Rmse;

        public override void WriteTables(Terminal terminal) => NumberTable.Write(terminal, "target", evaluation.PerTarget);

        public override void WriteMembers(Utf8JsonWriter json)
        {
            json.WriteNumber("cases", evaluation.Cases);
            NumberTable.WriteJson(json, "targets", evaluation.PerTarget);
            if (evaluation.All.IsScaled)
                json.WriteNumberOrNull("nrmse", evaluation.All.Rmse);
        }
    }
}
