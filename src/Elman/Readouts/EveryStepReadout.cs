using System.Numerics;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>The output of every step, each on its own.</summary>
internal sealed class EveryStepReadout<T> : ReadoutLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool ReadsEveryStep => true;

    public override bool AnswersEveryStep => true;

    public override (int First, int Count) RowsOf(LayerWindow<T> window) => (window.FirstRow, window.Rows);

    public override (NativeBuffer<T> Values, NativeBuffer<T> Gradient) Features(ReadoutPass<T> pass) =>
        (pass.TopTape.Outputs, pass.TopTape.OutputGradient);

    public override void Forward(ReadoutPass<T> pass, Workers workers)
    {
    }
}
