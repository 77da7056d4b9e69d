using System.Numerics;
using Elman.Kernels;
using Elman.Sequences;

namespace Elman.Layers;

/// <summary>The output of every step, each on its own.</summary>
internal sealed class EveryStepReadout<T> : Readout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool ReadsEveryStep => true;

    public override int RowsOf(SequenceBatch<T> batch) => batch.Rows;

    public override (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Features(ReadoutPass<T> pass) => (pass.TopTape.Outputs, pass.TopTape.OutputGradient);

    public override void Forward(ReadoutPass<T> pass, Workers workers)
    {
    }
}
