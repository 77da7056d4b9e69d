using System.Numerics;
using Elman.Losses;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>One class for each step.</summary>
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
            for (int t = 0; t < labels.Length; t++)
                _labels[batch.RowOf(t) + place] = labels[t];
        }
    }

    public override LossResult Evaluate(SequenceBatch<T> batch, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, _labels.AsSpan(0, batch.Rows), gradient);

    public override double Truth(SequenceBatch<T> batch, int row, Span<double> truth) => TruthOf(_labels[row], loss, truth);
}
