using Elman.Losses;
using Elman.Models;
using Elman.Training.Objectives;

namespace Elman.Training.Tasks;

/// <summary>Regression: numbers for a sequence.</summary>
internal sealed class RegressTask : SequenceTask
{
    public override ModelTask Kind => ModelTask.Regress;

    public override string Name => "regression";

    public override string FileKind => "sequence-regressor";

    public override IReadOnlyList<Loss> Losses => NumberLosses;

    public override bool HasClasses => false;

    public override bool ScalesTargets => true;

    /// <summary>The losses of tasks that predict numbers.</summary>
    public static IReadOnlyList<Loss> NumberLosses { get; } = [Loss.MeanSquared, Loss.MeanAbsolute, Loss.Huber(), Loss.Quantile()];

    public override void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter)
    {
        TrainingData.CheckTargets(data, areClasses: false, parameter);
        TrainingData.CheckValues(data, data.Channels, options.Inputs.Missing, parameter);
    }

    public override SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter) =>
        TrainingData.AlignTargets(data, names, channels, areClasses: false, options.Inputs.Missing, parameter);

    public override IReadOnlyList<string> NamesOf(SequenceDataset data) => data.TargetNames;

    public override Standardization TargetScaleOf(SequenceDataset data) =>
        Standardization.FitRows(data.TargetNames.Count, data.Select(sequence => sequence.Targets));

    public override Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options) =>
        new TargetObjective<float>(LossOf(outputs.Names, options, []), outputs.TargetScale, areClasses: false);

    protected override double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss) =>
        GuessLoss.OfNumbers(data.TargetNames.Count, data.Select(sequence => sequence.Targets), options.Inputs.Standardize, loss);

    public override void Express(OutputMeaning meaning, Span<float> outputs) => meaning.TargetScale?.Undo(outputs);

    public override double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs) =>
        [.. data[key.Sequence].Targets.ToArray().Select(target => (double)target)];

    public override double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units) =>
        SquaredError(answer, target, units);
}
