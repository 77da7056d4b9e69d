using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Readouts;

/// <summary>The mean of the outputs of all steps of a sequence: <c>m = (1/T)·Σ_t y_t</c>.</summary>
/// <remarks>
/// A fixed number of steps is summed separately before that sum is added to the total, so that long sequences lose few digits. The state is
/// the total, then the sum of the last steps, <c>[2·W]</c>.
/// </remarks>
internal sealed unsafe class MeanReadout<T>(int width) : PoolingReadout<T>(width, stateSize: 2 * width, featureSize: width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int StepsOfASum = 256;

    public override void Begin(ReadoutTape<T> tape, int place) => State(tape, place).Clear();

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step)
    {
        Span<T> state = State(tape, place), sum = state[..Width], partial = state[Width..];
        TensorPrimitives.Add(partial, Row(outputs, row), partial);
        if ((step + 1) % StepsOfASum != 0)
            return;
        TensorPrimitives.Add(sum, partial, sum);
        partial.Clear();
    }

    public override void Conclude(ReadoutTape<T> tape, int place, long steps)
    {
        Span<T> state = State(tape, place), mean = Features(tape.Features, place);
        TensorPrimitives.Add(state[..Width], state[Width..], mean);
        TensorPrimitives.Divide(mean, T.CreateTruncating(steps), mean);
    }

    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient) =>
        TensorPrimitives.Divide(Features(tape.FeatureGradient, place), T.CreateTruncating(steps), gradient);
}
