using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Readouts;

/// <summary>The maximum output of each unit over all steps of a sequence. Its gradient goes to the first step that has it.</summary>
internal sealed unsafe class MaxReadout<T>(int width) : PoolingReadout<T>(width, stateSize: width, featureSize: width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Reserve(ReadoutTape<T> tape, int sequences)
    {
        base.Reserve(tape, sequences);
        tape.GreatestSteps.Resize((long)sequences * Width);
    }

    public override void Begin(ReadoutTape<T> tape, int place)
    {
        State(tape, place).Fill(T.NegativeInfinity);
        Steps(tape, place).Clear();
    }

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step)
    {
        Span<T> greatest = State(tape, place), y = Row(outputs, row);
        Span<long> steps = Steps(tape, place);
        for (int j = 0; j < y.Length; j++)
            steps[j] = y[j] > greatest[j] ? step : steps[j];
        TensorPrimitives.Max(greatest, y, greatest);
    }

    public override void Conclude(ReadoutTape<T> tape, int place, long steps) =>
        State(tape, place).CopyTo(Features(tape.Features, place));

    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient)
    {
        Span<T> featureGradient = Features(tape.FeatureGradient, place);
        Span<long> greatest = Steps(tape, place);
        for (int j = 0; j < gradient.Length; j++)
            gradient[j] = greatest[j] == step ? featureGradient[j] : T.Zero;
    }

    private Span<long> Steps(ReadoutTape<T> tape, int place) => tape.GreatestSteps.Span.Slice(place * Width, Width);
}
