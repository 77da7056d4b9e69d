using System.Numerics.Tensors;
using System.Text.Json;
using Elman.Cli.Input;
using Elman.Cli.Output;
using Elman.Cli.Reports;
using Elman.Data;

namespace Elman.Cli.Tasks;

/// <summary>Classification of sequences, with one or several classes each.</summary>
internal sealed class ClassifyRun(SequenceClassifier classifier, bool areMany) : TaskRun
{
    public override SequenceEstimator Estimator => classifier;

    public override LabelKind Labels => areMany ? LabelKind.Classes : LabelKind.Class;

    public override IReadOnlyList<string> Names => classifier.Classes;

    public override string Knows =>
        $"Predicts {Figures.Count(Names.Count, "class")}{(areMany ? ", any number per sequence" : "")}: {ManyClasses.List(Names)}";

    public override void CheckTraining(SequenceDataset data)
    {
        if (areMany)
            Suitability.CheckTrainingSets(data);
        else
            Suitability.CheckTraining(data);
    }

    public override void CheckTest(SequenceDataset data, SequenceDataset training)
    {
        base.CheckTest(data, training);
        if (areMany)
            Suitability.CheckTestSets(data, training);
        else
            Suitability.CheckTest(data, training);
    }

    public override TaskResult Evaluate(SequenceDataset data) =>
        areMany ? new LabelResult(classifier.EvaluateLabels(data)) : new ClassResult(classifier.Evaluate(data), "sequence");

    public override string Describe(SequenceDataset data) => Figures.Count(data.ClassLabels.Count, "class");

    public override void Predict(SequenceDataset data, AnswerWriter output)
    {
        Tensor<float> probabilities = classifier.PredictProbabilities(data); // [sequences, classes]
        float[] rows = new float[probabilities.FlattenedLength];
        probabilities.FlattenTo(rows);
        for (int i = 0; i < data.Count; i++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(i * Names.Count, Names.Count);
            output.Write(
                [output.PlaceOf(data, i), .. output.TruthOf(data, i, 0)],
                areMany ? Applying(row) : Names[TensorPrimitives.IndexOfMax(row)], "probabilities", Names, row);
        }
    }

    public override IEnumerable<AnswerPlace> TruthOf(SequenceDataset data, int sequence, int step) =>
        [new("truth", 0, areMany
            ? string.Join('|', data.TargetNames.Where((_, c) => data[sequence].Targets.Span[c] > 0.5f))
            : data[sequence].Label == Sequence.NoLabel ? "" : data.ClassLabels[data[sequence].Label])];

    public override void WriteStep(SequenceSession session, int sequence, AnswerWriter output) => output.Write(
        [("index", sequence), ("step", (int)session.Steps - 1)],
        areMany ? Applying(session.Answer) : Names[TensorPrimitives.IndexOfMax(session.Answer)], "probabilities", Names, session.Answer);

    public override void WriteMembers(Utf8JsonWriter json)
    {
        base.WriteMembers(json);
        if (areMany)
            json.WriteBoolean("multiLabel", true);
    }

    private string Applying(ReadOnlySpan<float> row)
    {
        var applying = new List<string>();
        for (int c = 0; c < row.Length; c++)
            if (row[c] >= 0.5f)
                applying.Add(Names[c]);
        return string.Join('|', applying);
    }
}

/// <summary>Results for one class per sequence.</summary>
internal sealed class ClassResult(Evaluation evaluation, string what) : TaskResult
{
    public override string Headline => $"test accuracy {Figures.Percent(evaluation.Accuracy)}";

    public override string Line =>
        $"{Figures.Count(evaluation.Cases, what)}, accuracy {Figures.Percent(evaluation.Accuracy)}, "
            + $"balanced {Figures.Percent(evaluation.BalancedAccuracy)}, "
        + $"macro F1 {Figures.Share(evaluation.MacroF1)}, log loss {Figures.Loss(evaluation.LogLoss)}, calibration error "
            + $"{Figures.Share(evaluation.CalibrationError)}";

    public override double? Accuracy => evaluation.Accuracy;

    public override double Score => evaluation.Accuracy;

    public override double? LogLoss => evaluation.LogLoss;

    public override void WriteTables(Terminal terminal) => EvaluationReport.WriteTables(terminal, evaluation);

    public override void WriteMembers(Utf8JsonWriter json) => EvaluationReport.WriteMembers(json, evaluation);
}

/// <summary>Results for several classes per sequence.</summary>
internal sealed class LabelResult(LabelEvaluation evaluation) : TaskResult
{
    public override string Headline => $"all classes right in {Figures.Percent(evaluation.ExactMatch)}";

    public override string Line =>
        $"{Figures.Count(evaluation.Cases, "sequence")}, all classes right {Figures.Percent(evaluation.ExactMatch)}, "
        + $"micro F1 {Figures.Share(evaluation.MicroF1)}, macro F1 {Figures.Share(evaluation.MacroF1)}, "
        + $"log loss {Figures.Loss(evaluation.LogLoss)}";

    public override double? Accuracy => evaluation.ExactMatch;

    public override double Score => evaluation.ExactMatch;

    public override double? LogLoss => evaluation.LogLoss;

    public override void WriteTables(Terminal terminal) =>
        ClassTable.Write(terminal, evaluation.PerClass, evaluation.HasRocAuc, evaluation.Cases);

    public override void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteNumber("cases", evaluation.Cases);
        json.WriteNumberOrNull("exactMatch", evaluation.ExactMatch);
        json.WriteNumberOrNull("microF1", evaluation.MicroF1);
        json.WriteNumberOrNull("macroF1", evaluation.MacroF1);
        json.WriteNumberOrNull("logLoss", evaluation.LogLoss);
        json.WriteStrings("classes", evaluation.PerClass.Select(score => score.Label));
        EvaluationReport.WriteRocAuc(json, evaluation.PerClass, evaluation.HasRocAuc);
    }
}
