using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>
/// Adam (D. Kingma and J. Ba, 2015), step t:
/// <code>
/// m = β1·m + (1 − β1)·g          m̂ = m/(1 − β1ᵗ)
/// v = β2·v + (1 − β2)·g²         v̂ = v/(1 − β2ᵗ)
/// w −= η·m̂/(√v̂ + ε)
/// </code>
/// with β1 = 0.9, β2 = 0.999, ε = 10⁻⁸. AdamW (I. Loshchilov and F. Hutter, 2019) first multiplies every parameter by <c>1 − η·λ</c>;
/// λ is the weight decay.
/// </summary>
/// <remarks>Adam is the case λ = 0: a factor of 1 changes no bit.</remarks>
internal sealed unsafe class Adam<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double Beta1 = 0.9, Beta2 = 0.999, Epsilon = 1e-8;

    private readonly Parameters<T> _mean;
    private readonly Parameters<T> _square;
    private readonly Update _update;
    private readonly double _weightDecay;

    /// <summary>Starts with both moments at 0.</summary>
    /// <param name="layout">The layout of the parameters.</param>
    /// <param name="kernels">The kernels to use.</param>
    /// <param name="weightDecay">λ of AdamW; 0 for Adam.</param>
    public Adam(ParameterLayout layout, KernelSet<T> kernels, double weightDecay = 0)
    {
        _weightDecay = weightDecay;
        _mean = new Parameters<T>(layout);
        _square = new Parameters<T>(layout);
        _update = kernels.Accept<Visitor, Update>(default);
    }

    public override IReadOnlyList<Parameters<T>> Accumulators => [_mean, _square];

    public override void Step(Parameters<T> values, Parameters<T> gradients, double learningRate, Workers workers)
    {
        Steps++;
        double rate = learningRate / (1 - Math.Pow(Beta1, Steps)), correction = 1 / (1 - Math.Pow(Beta2, Steps));
        var job = new Job(
            this, values, gradients, 1 - (learningRate * _weightDecay), rate, correction, workers.PartsFor(8 * values.Buffer.Length));
        workers.Run(ref job, job.Parts);
    }

    public override void Dispose()
    {
        _mean.Dispose();
        _square.Dispose();
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<V>(T* w, T* g, T* m, T* v, long count, double keep, double rate, double correction)
        where V : unmanaged, ILane<V, T>
    {
        V keep1 = V.Constant(Beta1), take1 = V.Constant(1 - Beta1), keep2 = V.Constant(Beta2), take2 = V.Constant(1 - Beta2);
        V keepWeight = V.Constant(keep), step = V.Constant(rate), correct = V.Constant(correction), epsilon = V.Constant(Epsilon);
        for (long i = 0; i < count; i += V.Width) // layouts are padded to whole lanes
        {
            V gradient = V.Load(g + i);
            V mean = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(keep1, V.Load(m + i), take1 * gradient));
            V square = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(keep2, V.Load(v + i), take2 * gradient * gradient));
            mean.Store(m + i);
            square.Store(v + i);
            ((keepWeight * V.Load(w + i)) - (step * mean / (V.Sqrt(correct * square) + epsilon))).Store(w + i);
        }
    }

    private readonly struct Job(
        Adam<T> adam, Parameters<T> values, Parameters<T> gradients, double keep, double rate, double correction, int parts)
        : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (long first, long count) = Share(values.Buffer.Length, part, parts);
            adam._update.Function(values.Buffer.Start + first, gradients.Buffer.Start + first,
                adam._mean.Buffer.Start + first, adam._square.Buffer.Start + first, count, keep, rate, correction);
        }
    }

    private readonly struct Update(delegate*<T*, T*, T*, T*, long, double, double, double, void> function)
    {
        public delegate*<T*, T*, T*, T*, long, double, double, double, void> Function => function;
    }

    private readonly struct Visitor : ILaneVisitor<T, Update>
    {
        public Update Visit<V>()
            where V : unmanaged, ILane<V, T> => new(&Run<V>);
    }
}
