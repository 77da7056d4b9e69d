using System.Numerics;
using Elman.Kernels;

namespace Elman.Readouts;

/// <summary>
/// The output after a sequence has been read: that of its last step and, for the backward direction, that of its first step.
/// </summary>
internal sealed unsafe class LastReadout<T> : ReadoutLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool ReadsEveryStep => false;

    public override void Forward(ReadoutPass<T> pass, Workers workers) =>
        pass.Top.Last(pass.Window, pass.TopTape, pass.Tape.Features, workers);

    public override T* LastGradient(ReadoutPass<T> pass) => pass.Tape.FeatureGradient.Start;
}
