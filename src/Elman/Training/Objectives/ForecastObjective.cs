using System.Numerics;
using Elman.Kernels;
using Elman.Layers;
using Elman.Losses;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>At every step the values of the next few, as far as the sequence goes.</summary>
/// <param name="loss">The loss.</param>
/// <param name="horizon">How many steps ahead, k.</param>
internal sealed unsafe class ForecastObjective<T>(LossFunction loss, int horizon) : Objective<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _targets = new(); // [rows of a window, k·I]

    public override bool HasRightAnswers => false;

    public override LossResult Evaluate(LayerWindow<T> window, ReadOnlySpan<T> outputs, Span<T> gradient)
    {
        LayOut(window);
        return loss.Evaluate(outputs, _targets.Span, horizon * window.Batch.Channels, gradient, areClasses: false);
    }

    public override void Dispose()
    {
        _targets.Dispose();
        base.Dispose();
    }

    private void LayOut(LayerWindow<T> window)
    {
        SequenceBatch<T> batch = window.Batch;
        int channels = batch.Channels;
        _targets.Resize((long)window.Rows * horizon * channels);
        T* row = _targets.Start;
        for (int t = window.FirstStep; t < window.EndStep; t++)
        {
            for (int place = 0; place < batch.ActiveAt(t); place++)
            {
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
}
