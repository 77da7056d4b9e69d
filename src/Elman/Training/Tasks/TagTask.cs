using Elman.Models;
using Elman.Training.Objectives;

namespace Elman.Training.Tasks;

/// <summary>Classification of steps: one class each.</summary>
internal sealed class TagTask : OneClassTask
{
    public override ModelTask Kind => ModelTask.Tag;

    public override string Name => "tagging";

    public override string FileKind => "sequence-tagger";

    public override void CheckTraining(SequenceDataset data, TrainingOptions options, string parameter)
    {
        CheckFurther(data, options, parameter);
        TrainingData.CheckClasses(data, TrainingData.CountSteps(data, options.Inputs.Missing), parameter);
    }

    public override void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter)
    {
        TrainingData.CheckStepLabels(data, options.Inputs.Missing, parameter);
        TrainingData.CheckValues(data, data.Channels, options.Inputs.Missing, parameter);
    }

    public override SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter) =>
        TrainingData.AlignSteps(data, names, channels, options.Inputs.Missing, parameter);

    public override Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options) =>
        new TagObjective<float>(LossOf(outputs.Names, options, CountsOf(data, options)));

    protected override IReadOnlyList<long> CountsOf(SequenceDataset data, TrainingOptions options) =>
        [.. TrainingData.CountSteps(data, options.Inputs.Missing)];

    public override double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs) =>
        TargetOf(data[key.Sequence].StepLabels.Span[key.Step], data.ClassLabels.Count);
}
