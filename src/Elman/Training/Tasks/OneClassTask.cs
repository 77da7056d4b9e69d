using System.Numerics.Tensors;
using Elman.Losses;
using Elman.Training.Ridge;

namespace Elman.Training.Tasks;

/// <summary>Classification into one of several classes, of a sequence or of each of its steps.</summary>
internal abstract class OneClassTask : SequenceTask
{
    public override IReadOnlyList<Loss> Losses { get; } = [Loss.CrossEntropy, Loss.Focal()];

    public override bool HasClasses => true;

    public override IReadOnlyList<string> NamesOf(SequenceDataset data) => data.ClassLabels;

    protected override double? GuessLossOf(SequenceDataset data, TrainingOptions options, LossFunction loss) =>
        GuessLoss.OfOneClass(CountsOf(data, options), loss);

    public override void Express(OutputMeaning meaning, Span<float> outputs) => Softmax.ApplyRows(outputs, meaning.Names.Count);

    public override double LossOf(ReadOnlySpan<double> answer, ReadOnlySpan<double> target, ReadOnlySpan<double> units) =>
        LogLoss(answer, target);

    public override bool IsRight(ReadOnlySpan<double> answer, ReadOnlySpan<double> target) =>
        target[TensorPrimitives.IndexOfMax(answer)] == 1;

    public override double[] ScoreScales(RidgeSolution[] solutions, int outputs) => ReadoutScale.OfOneClass(solutions[0]);
}
