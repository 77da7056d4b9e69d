using System.Numerics;

namespace Elman.Readouts;

/// <summary>A custom readout. Its number of features may differ from the number of outputs of a step.</summary>
/// <param name="readout">The caller's struct.</param>
/// <param name="width">W, the number of outputs of a step.</param>
internal sealed unsafe class CustomReadout<TReadout, T>(TReadout readout, int width)
    : PoolingReadout<T>(width, TReadout.StateSizeFor(width), TReadout.FeatureSizeFor(width))
    where TReadout : unmanaged, IReadout
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Begin(ReadoutTape<T> tape, int place) => readout.Begin(State(tape, place));

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step) =>
        readout.Take(Row(outputs, row), step, State(tape, place));

    public override void Conclude(ReadoutTape<T> tape, int place, long steps) =>
        readout.Conclude(State(tape, place), steps, Features(tape.Features, place));

    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, int step, int steps, Span<T> gradient) =>
        readout.Backward(
            Row(outputs, row), step, State(tape, place), steps, Features(tape.FeatureGradient, place), gradient);
}
