using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>At every step the values of the next few, as far as the sequence goes; what is missing of them is not judged.</summary>
/// <param name="loss">The loss.</param>
/// <param name="horizon">How many steps ahead, k: steps of the data, whether they are taken or passed over.</param>
/// <param name="standardization">What is done with the values, or <see langword="null"/> to take them as they are.</param>
internal sealed unsafe class ForecastObjective<T>(LossFunction loss, int horizon, Standardization? standardization = null) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _targets = new(); // [rows, k·C]
    private int _width;

    public override bool HasRightAnswers => false;

    public override void Prepare(SequenceBatch<T> batch, SequenceDataset data, ReadOnlySpan<int> indices)
    {
        int channels = data.Channels;
        _width = horizon * channels;
        _targets.Resize((long)batch.Rows * _width);
        for (int place = 0; place < batch.Count; place++)
        {
            ReadOnlySpan<float> values = data[indices[batch.Order[place]]].Values.Span;
            for (int t = 0; t < batch.Lengths[place]; t++)
            {
                // Not the batch's inputs: those may be filled.
                ReadOnlySpan<float> next = values[((batch.DataStep(t, place) + 1) * channels)..];
                var targets = new Span<T>(_targets.Start + ((nint)(batch.RowOf(t) + place) * _width), _width);
                for (int i = 0; i < targets.Length; i++)
                    targets[i] = i < next.Length ? T.CreateTruncating(standardization?.Apply(next[i], i % channels) ?? next[i]) : T.NaN;
            }
        }
    }

    public override LossResult Evaluate(SequenceBatch<T> batch, ReadOnlySpan<T> outputs, Span<T> gradient) =>
        loss.Evaluate(outputs, _targets.Span, _width, gradient, areClasses: false);

    public override void Dispose()
    {
        _targets.Dispose();
        base.Dispose();
    }
}
