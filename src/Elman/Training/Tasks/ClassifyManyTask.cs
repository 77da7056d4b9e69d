using Elman.Losses;
using Elman.Models;
using Elman.Training.Objectives;
using Elman.Training.Ridge;

namespace Elman.Training.Tasks;

/// <summary>Multi-label classification of sequences: any number of classes may apply, independently of each other.</summary>
internal sealed class ClassifyManyTask : SequenceTask
{
    public override ModelTask Kind => ModelTask.ClassifyMany;

    public override string Name => "classification with several classes per sequence";

    public override string FileKind => Classify.FileKind;

    public override IReadOnlyList<Loss> Losses { get; } = [Loss.Binary, Loss.Focal()];

    public override bool HasClasses => true;

    public override double ZeroScore => 0.5; // of the targets 0 and 1; a score of 0 is a probability of one half

    public override void CheckFurther(SequenceDataset data, TrainingOptions options, string parameter)
    {
        TrainingData.CheckTargets(data, areClasses: true, parameter);
        TrainingData.CheckValues(data, data.Channels, options.Inputs.Missing, parameter);
    }

    public override SequenceDataset Align(
        SequenceDataset data, IReadOnlyList<string> names, int channels, TrainingOptions options, string parameter) =>
        TrainingData.AlignTargets(data, names, channels, areClasses: true, options.Inputs.Missing, parameter);

    public override IReadOnlyList<string> NamesOf(SequenceDataset data) => data.TargetNames;

    public override Objective<float> CreateObjective(OutputMeaning outputs, SequenceDataset data, TrainingOptions options) =>
        new TargetObjective<float>(LossOf(outputs.Names, options, CountsOf(data, options)), null, areClasses: true);

    protected override IReadOnlyList<long> CountsOf(SequenceDataset data, TrainingOptions options) =>
        [.. Enumerable.Range(0, data.TargetNames.Count).Select(c => (long)data.Count(sequence => sequence.Targets.Span[c] > 0.5f))];

    protected override double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss)
    {
        IReadOnlyList<long> applying = CountsOf(data, options);
        return GuessLoss.OfManyClasses(
            [.. applying.Select((count, c) => ((long)data.Count(sequence => !float.IsNaN(sequence.Targets.Span[c])), count))], loss);
    }

    public override void Express(OutputMeaning meaning, Span<float> outputs) => ClassSigmoid.Apply(outputs);

    public override double[] TargetOf(SequenceDataset data, AnswerKey key, int outputs) =>
        [.. data[key.Sequence].Targets.ToArray().Select(target => (double)target)];

    public override double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units)
    {
        double sum = 0;
        int known = 0;
        for (int c = 0; c < target.Length; c++)
        {
            if (double.IsNaN(target[c]))
                continue;
            sum -= (target[c] * Math.Log(Math.Max(answer[c], LeastProbability)))
                + ((1 - target[c]) * Math.Log(Math.Max(1 - answer[c], LeastProbability)));
            known++;
        }
        return sum / Math.Max(known, 1);
    }

    public override bool IsRight(ReadOnlySpan<double> answer, ReadOnlySpan<double> target)
    {
        for (int c = 0; c < target.Length; c++)
            if (!double.IsNaN(target[c]) && target[c] > 0.5 != answer[c] >= 0.5)
                return false;
        return true;
    }

    public override double[] ScoreScales(RidgeSolution[] solutions, int outputs) => ReadoutScale.OfManyClasses(solutions);
}
