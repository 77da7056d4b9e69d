using System.Numerics;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>The readout of models with an output at every step: the outputs of each step are its features.</summary>
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
