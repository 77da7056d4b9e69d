using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>At every step the values of the next few, as far as the sequence goes.</summary>
/// <param name="loss">The loss.</param>
/// <param name="horizon">How many steps ahead, k.</param>
internal sealed unsafe class ForecastObjective<T>(LossFunction loss, int horizon) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _targets = new(); // [rows, k·I]

    public override bool HasRightAnswers => false;

    public override void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
        int channels = batch.Channels;
        _targets.Resize((long)batch.Rows * horizon * channels);
        for (int t = 0; t < batch.Steps; t++)
        {
            for (int place = 0; place < batch.ActiveAt(t); place++)
            {
                T* row = _targets.Start + ((nint)(batch.RowOf(t) + place) * horizon * channels);
                for (int ahead = 1; ahead <= horizon; ahead++, row += channels)
                {
                    var target = new Span<T>(row, channels);
                    if (t + ahead < batch.Lengths[place])
                        new ReadOnlySpan<T>(batch.Inputs + ((nint)(batch.RowOf(t + ahead) + place) * channels), channels).CopyTo(target);
                    else
                        target.Fill(T.NaN);
                }
            }
        }
    }

    public override LossResult Evaluate(SequenceBatch<T> batch, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, _targets.Span, horizon * batch.Channels, gradient, areClasses: false);

    public override double Truth(SequenceBatch<T> batch, int row, Span<double> truth) =>
        TruthOf(new ReadOnlySpan<T>(_targets.Start + ((nint)row * horizon * batch.Channels), horizon * batch.Channels), truth);

    public override void Dispose()
    {
        _targets.Dispose();
        base.Dispose();
    }
}
