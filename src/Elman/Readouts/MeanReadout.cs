using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Readouts;

/// <summary>The mean of the outputs of all steps of a sequence: <c>m = (1/T)·Σ_t y_t</c>.</summary>
/// <remarks>So many steps are summed on their own before the sum joins the whole, so that long sequences lose few digits.</remarks>
internal sealed unsafe class MeanReadout<T>(int width) : PoolingReadout<T>(width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StepsOfASum = 256;

    public override void Reserve(ReadoutTape<T> tape, int sequences)
    {
        base.Reserve(tape, sequences);
        tape.Partial.Resize((long)sequences * Width);
    }

    public override void Begin(ReadoutTape<T> tape, int place)
    {
        Row(tape.Pooled, place).Clear();
        Row(tape.Partial, place).Clear();
    }

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step)
    {
        Span<T> partial = Row(tape.Partial, place);
        TensorPrimitives.Add(partial, Row(outputs, row), partial);
        if ((step + 1) % StepsOfASum != 0)
            return;
        Span<T> sum = Row(tape.Pooled, place);
        TensorPrimitives.Add(sum, partial, sum);
        partial.Clear();
    }

    public override void Conclude(ReadoutTape<T> tape, int place, long steps)
    {
        Span<T> mean = Row(tape.Features, place);
        TensorPrimitives.Add(Row(tape.Pooled, place), Row(tape.Partial, place), mean);
        TensorPrimitives.Divide(mean, T.CreateTruncating(steps), mean);
    }

    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient) =>
        TensorPrimitives.Divide(Row(tape.FeatureGradient, place), T.CreateTruncating(steps), gradient);
}
