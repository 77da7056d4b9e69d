using System.Numerics;
using Elman.Kernels;

namespace Elman.Readouts;

/// <summary>
/// The output when a sequence has been read: that of its last step and, of a layer that reads from the end, that of its first.
/// </summary>
internal sealed unsafe class LastReadout<T> : ReadoutLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override bool ReadsEveryStep => false;

    public override void Forward(ReadoutPass<T> pass, Workers workers) =>
        pass.Top.Last(pass.Window, pass.TopTape, pass.Tape.Features, workers);

    public override T* LastGradient(ReadoutPass<T> pass) => pass.Tape.FeatureGradient.Start;
}
