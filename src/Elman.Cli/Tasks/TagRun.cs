using System.Numerics.Tensors;
using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>Tagging: a class for each step.</summary>
internal sealed class TagRun(SequenceTagger tagger) : TaskRun
{
    public override SequenceEstimator Estimator => tagger;

    public override LabelKind Labels => LabelKind.Steps;

    public override IReadOnlyList<string> Names => tagger.Classes;

    public override string Knows => $"Predicts {Figures.Count(Names.Count, "class")} of steps: {ManyClasses.List(Names)}";

    public override void CheckTest(SequenceDataset data, SequenceDataset training)
    {
        base.CheckTest(data, training);
        Suitability.CheckTestSteps(data, training);
    }

    public override TaskResult Evaluate(SequenceDataset data) => new TagResult(tagger.Evaluate(data));

    public override string Describe(SequenceDataset data) => $"{Figures.Count(data.ClassLabels.Count, "class")} of steps";

    public override void Predict(SequenceDataset data, AnswerWriter output)
    {
        Tensor<float>[] probabilities = tagger.PredictProbabilities(data);
        for (int i = 0; i < data.Count; i++)
        {
            float[] rows = new float[probabilities[i].FlattenedLength]; // [steps, classes]
            probabilities[i].FlattenTo(rows);
            for (int t = 0; t < data[i].Steps; t++)
            {
                ReadOnlySpan<float> row = rows.AsSpan(t * Names.Count, Names.Count);
                output.Write([output.PlaceOf(data, i), ("step", t), .. AnswerWriter.TimeOf(data, i, t), .. output.TruthOf(data, i, t)],
                    Names[TensorPrimitives.IndexOfMax(row)], "probabilities", Names, row);
            }
        }
    }

    public override IEnumerable<AnswerPlace> TruthOf(SequenceDataset data, int sequence, int step) =>
        [new("truth", 0, data[sequence].StepLabels.Span[step] is >= 0 and var label ? data.ClassLabels[label] : "")];

    public override void WriteStep(SequenceSession session, int sequence, AnswerWriter output) => output.Write(
        [("index", sequence), ("step", (int)session.Steps - 1)], Names[TensorPrimitives.IndexOfMax(session.Answer)],
        "probabilities", Names, session.Answer);

    private sealed class TagResult(TagEvaluation evaluation) : TaskResult
    {
        private readonly ClassResult _steps = new(evaluation.Steps, "step");

        public override string Headline => _steps.Headline;

        public override string Line =>
            $"{_steps.Line}; whole sequences right {Figures.Percent(evaluation.SequenceAccuracy)} of {Figures.Count(evaluation.Sequences)}";

        public override double? Accuracy => evaluation.Steps.Accuracy;

        public override double Score => evaluation.Steps.Accuracy;

        public override double? LogLoss => evaluation.Steps.LogLoss;

        public override void WriteTables(Terminal terminal) => _steps.WriteTables(terminal);

        public override void WriteMembers(Utf8JsonWriter json)
        {
            _steps.WriteMembers(json);
            json.WriteNumber("sequences", evaluation.Sequences);
            json.WriteNumberOrNull("sequenceAccuracy", evaluation.SequenceAccuracy);
        }
    }
}
