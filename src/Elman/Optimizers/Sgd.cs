using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Kernels;
using Elman.Packing;

namespace Elman.Optimizers;

/// <summary>
/// Stochastic gradient descent: plain <c>w −= η·g</c>; with momentum μ <c>v = μ·v + g, w −= η·v</c>; with Nesterov's look-ahead
/// <c>w −= η·(g + μ·v)</c> (I. Sutskever and others, 2013, in the form that is common in libraries).
/// </summary>
internal sealed unsafe class Sgd<T> : Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;
    private readonly Parameters<T>? _velocity;
    private readonly delegate*<T*, T*, T*, long, double, double, void> _update;

    /// <summary>Starts with a velocity of 0.</summary>
    /// <param name="layout">The layout of the parameters.</param>
    /// <param name="momentum">μ, 0 for none.</param>
    /// <param name="nesterov">Whether to use Nesterov's look-ahead.</param>
    /// <param name="kernels">The kernels to use.</param>
    public Sgd(ParameterLayout layout, double momentum, bool nesterov, KernelSet<T> kernels)
    {
        _momentum = momentum;
        _velocity = momentum == 0 ? null : new Parameters<T>(layout);
        _update = kernels.Accept<Visitor, Update>(new(_velocity is null, nesterov)).Function;
    }

    public override IReadOnlyList<Parameters<T>> Accumulators => _velocity is null ? [] : [_velocity];

    public override void Step(Parameters<T> values, Parameters<T> gradients, double learningRate, Workers workers)
    {
        var job = new Job(this, values, gradients, learningRate, workers.PartsFor(4 * values.Buffer.Length));
        workers.Run(ref job, job.Parts);
    }

    public override void Dispose() => _velocity?.Dispose();

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Plain<V>(T* w, T* g, T* v, long count, double rate, double momentum)
        where V : unmanaged, ILane<V, T>
    {
        V step = V.Constant(-rate);
        for (long i = 0; i < count; i += V.Width) // layouts are padded to whole lanes
            V.FusedMultiplyAdd(step, V.Load(g + i), V.Load(w + i)).Store(w + i);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void WithMomentum<V>(T* w, T* g, T* v, long count, double rate, double momentum)
        where V : unmanaged, ILane<V, T>
    {
        V step = V.Constant(-rate), keep = V.Constant(momentum);
        for (long i = 0; i < count; i += V.Width)
        {
            V velocity = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(keep, V.Load(v + i), V.Load(g + i)));
            velocity.Store(v + i);
            V.FusedMultiplyAdd(step, velocity, V.Load(w + i)).Store(w + i);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Nesterov<V>(T* w, T* g, T* v, long count, double rate, double momentum)
        where V : unmanaged, ILane<V, T>
    {
        V step = V.Constant(-rate), keep = V.Constant(momentum);
        for (long i = 0; i < count; i += V.Width)
        {
            V gradient = V.Load(g + i);
            V velocity = Functions.FlushTiny<V, T>(V.FusedMultiplyAdd(keep, V.Load(v + i), gradient));
            velocity.Store(v + i);
            V.FusedMultiplyAdd(step, V.FusedMultiplyAdd(keep, velocity, gradient), V.Load(w + i)).Store(w + i);
        }
    }

    private readonly struct Job(Sgd<T> sgd, Parameters<T> values, Parameters<T> gradients, double learningRate, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            (long first, long count) = Share(values.Buffer.Length, part, parts);
            T* velocity = sgd._velocity is null ? null : sgd._velocity.Buffer.Start + first;
            sgd._update(values.Buffer.Start + first, gradients.Buffer.Start + first, velocity, count, learningRate, sgd._momentum);
        }
    }

    private readonly struct Update(delegate*<T*, T*, T*, long, double, double, void> function)
    {
        public delegate*<T*, T*, T*, long, double, double, void> Function => function;
    }

    private readonly struct Visitor(bool plain, bool nesterov) : ILaneVisitor<T, Update>
    {
        public Update Visit<V>()
            where V : unmanaged, ILane<V, T> =>
            plain ? new(&Plain<V>) : nesterov ? new(&Nesterov<V>) : new(&WithMomentum<V>);
    }
}
