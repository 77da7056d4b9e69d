using System.Numerics;
using System.Runtime.CompilerServices;
using Elman.Cells;
using Elman.Kernels;
using Elman.Recurrent;

namespace Elman.Readouts;

/// <summary>
/// Computes the outputs of a lane of oscillators for some steps into a small buffer, for later operations that need more values than
/// registers can hold.
/// </summary>
/// <remarks>Has the same bits as <see cref="OscillatorCell"/>.</remarks>
internal abstract unsafe class OscillatorOutputs<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// The maximum number of steps that are computed together: their outputs stay in the first-level cache. A divisor of
    /// <see cref="CountsLayout.StepsOfASum"/>.
    /// </summary>
    public const int MostSteps = 64;

    /// <summary>The number of vectors in a block's state: Re s, Im s, Re r, Im r.</summary>
    public const int StateVectors = 4;

    /// <summary>Runs a block of units over some steps.</summary>
    /// <param name="block">The block: see <see cref="OscillatorUnits{T}"/>.</param>
    /// <param name="hasSecondStage">Whether any of its units has a second stage.</param>
    /// <param name="x">
    /// The inputs in the order in which they are read, <c>[steps, I]</c>; followed by readable memory for
    /// <see cref="OscillatorCounts{T}.StepsTogether"/> − 1 steps.
    /// </param>
    /// <param name="inputs">I, the number of inputs of a step.</param>
    /// <param name="steps">The number of steps, at most <see cref="MostSteps"/>.</param>
    /// <param name="state">The state of the block, <see cref="StateVectors"/> vectors of a lane; zeros before the first step.</param>
    /// <param name="drives">Memory for <see cref="OscillatorCounts{T}.StepsTogether"/> vectors of a lane.</param>
    /// <param name="z">Receives the outputs, a lane for each step.</param>
    /// <param name="stride">The distance from the outputs of a step to those of the next.</param>
    public abstract void Run(T* block, bool hasSecondStage, T* x, int inputs, int steps, T* state, T* drives, T* z, nint stride);

    /// <summary>The pass at the lane of a kernel set.</summary>
    public static OscillatorOutputs<T> For(KernelSet<T> kernels) => kernels.Accept<Visitor, OscillatorOutputs<T>>(default);

    private readonly struct Visitor : ILaneVisitor<T, OscillatorOutputs<T>>
    {
        public OscillatorOutputs<T> Visit<V>()
            where V : unmanaged, ILane<V, T> => new OscillatorOutputs<V, T>();
    }
}

/// <inheritdoc/>
internal sealed unsafe class OscillatorOutputs<V, T> : OscillatorOutputs<T>
    where V : unmanaged, ILane<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override void Run(T* block, bool hasSecondStage, T* x, int inputs, int steps, T* state, T* drives, T* z, nint stride)
    {
        if (hasSecondStage)
            Run<Yes>(block, x, inputs, steps, state, drives, z, stride);
        else
            Run<No>(block, x, inputs, steps, state, drives, z, stride);
    }

    /// <remarks>NoInlining with AggressiveOptimization: see <see cref="CellPass{TCell, V, T}"/>.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSecond>(T* block, T* x, int inputs, int steps, T* state, T* drives, T* z, nint stride)
        where TSecond : struct, IAnswer
    {
        nint n = V.Width;
        V cos = V.Load(block + n), sin = V.Load(block + (2 * n)), secondCos = V.Load(block + (3 * n)), secondSin = V.Load(block + (4 * n));
        V outCos = V.Load(block + (5 * n)), outSin = -V.Load(block + (6 * n)), minusSin = -sin, secondMinusSin = -secondSin;
        V re = V.Load(state), im = V.Load(state + n), secondRe = V.Load(state + (2 * n)), secondIm = V.Load(state + (3 * n));
        for (int t = 0; t < steps;)
        {
            OscillatorCounts<V, T>.Drive(block, x + ((nint)t * inputs), inputs, drives);
            T* drive = drives;
            for (int stop = Math.Min(t + OscillatorCounts<T>.StepsTogether, steps); t < stop; t++, drive += n, z += stride)
            {
                OscillatorCell.Turn<V, T>(cos, sin, minusSin, ref re, ref im, V.Load(drive));
                if (TSecond.IsYes)
                    OscillatorCell.TurnSecond<V, T>(secondCos, secondSin, secondMinusSin, ref secondRe, ref secondIm, re, im);
                V output = TSecond.IsYes
                    ? OscillatorCell.Output<V, T>(outCos, outSin, secondRe, secondIm)
                    : OscillatorCell.Output<V, T>(outCos, outSin, re, im);
                output.Store(z);
            }
        }
        re.Store(state);
        im.Store(state + n);
        secondRe.Store(state + (2 * n));
        secondIm.Store(state + (3 * n));
    }
}
