using System.Numerics;
using Elman.Losses;
using Elman.Recurrent;
using Elman.Sequences;

namespace Elman.Training.Objectives;

/// <summary>The objective of one class for each step.</summary>
internal sealed class TagObjective<T>(LossFunction loss) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private int[] _labels = []; // [rows]

    public override bool HasRightAnswers => true;

    public override void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
        if (_labels.Length < batch.Rows)
            _labels = new int[batch.Rows];
        for (int place = 0; place < batch.Count; place++)
        {
            ReadOnlySpan<int> labels = data[indices[batch.Order[place]]].StepLabels.Span;
            for (int t = 0; t < batch.Lengths[place]; t++)
                _labels[batch.RowOf(t) + place] = labels[batch.DataStep(t, place)];
        }
    }

    public override LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, _labels.AsSpan(window.FirstRow, window.Rows), gradient);

    public override double Target(SequenceBatch<T> batch, int row, Span<double> target) => TargetOf(_labels[row], loss, target);
}
