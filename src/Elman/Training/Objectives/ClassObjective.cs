using System.Numerics;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>The objective of one class for each sequence: the labels of the batch.</summary>
internal sealed class ClassObjective<T>(LossFunction loss) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool HasRightAnswers => true;

    public override LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, window.Batch.Labels, gradient);

    public override double Target(SequenceBatch<T> batch, int row, Span<double> target) => TargetOf(batch.Labels[row], loss, target);
}
