using Elman.Models;
using Elman.Training.Objectives;

namespace Elman.Training.Tasks;

/// <summary>Classification of sequences: one class each.</summary>
internal sealed class ClassifyTask : OneClassTask
{
    public override ModelTask Kind => ModelTask.Classify;

    public override string Name => "classification with one class per sequence";

    public override string FileKind => "sequence-classifier";

    public override void CheckTraining(SequenceDataset data, TrainingOptions options, string parameter)
    {
        CheckFurther(data, options, parameter);
        TrainingData.CheckClasses(data, data.CountByClass(), parameter);
    }

    public override void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter)
    {
        TrainingData.CheckLabelled(data, parameter);
        TrainingData.CheckValues(data, data.Channels, options.Inputs.Missing, parameter);
    }

    public override SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter) =>
        TrainingData.Align(data, names, channels, options.Inputs.Missing, parameter);

    public override Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options) =>
        new ClassObjective<float>(LossOf(outputs.Names, options, CountsOf(data, options)));

    protected override IReadOnlyList<long> CountsOf(SequenceDataset data, TrainingOptions options) => [.. data.CountByClass()];

    public override double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs) =>
        TargetOf(data[key.Sequence].Label, data.ClassLabels.Count);
}
