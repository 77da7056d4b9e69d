using System.Numerics;
using System.Numerics.Tensors;

namespace Elman.Layers;

/// <summary>The greatest output of each unit over all steps of a sequence. Its gradient goes to the first step that has it.</summary>
internal sealed unsafe class MaxReadout<T>(int width) : PoolingReadout<T>(width)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Begin(ReadoutTape<T> tape, int place) => Row(tape.Pooled, place).Fill(T.NegativeInfinity);

    public override void Take(ReadoutTape<T> tape, T* outputs, int row, int place, long step)
    {
        Span<T> greatest = Row(tape.Pooled, place);
        TensorPrimitives.Max(greatest, Row(outputs, row), greatest);
    }

    public override void Conclude(ReadoutTape<T> tape, int place, long steps) => Row(tape.Pooled, place).CopyTo(Row(tape.Features, place));

    protected override void Give(ReadoutTape<T> tape, T* outputs, int row, int place, Span<T> gradient)
    {
        ReadOnlySpan<T> greatest = Row(tape.Features, place), y = Row(outputs, row);
        Span<T> left = Row(tape.FeatureGradient, place);
        for (int j = 0; j < y.Length; j++)
        {
            bool isFirst = y[j] == greatest[j];
            gradient[j] = isFirst ? left[j] : T.Zero;
            left[j] = isFirst ? T.Zero : left[j]; // nothing is left for later steps
        }
    }
}
