using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// A reservoir of oscillators whose outputs are mixed in blocks of neighbours: <see cref="OscillatorCell"/>,
/// then a <see cref="UnitMix{T}"/>.
/// </summary>
/// <remarks>
/// The outputs z before the mix are stored in <see cref="GatedTape{T}.States"/>, for the steps whose outputs are read. Only the states of
/// the oscillators are carried from step to step.
/// </remarks>
internal sealed unsafe class MixedOscillatorLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RecurrentLayer<T> _oscillators;

    /// <summary>Adds a layer's parameters to a model's.</summary>
    public MixedOscillatorLayer(LayerPlan<T> plan)
        : this(plan, new CellLayer<OscillatorCell, T>(default, plan)) // reservoirs have no zoneout
    {
    }

    private MixedOscillatorLayer(LayerPlan<T> plan, RecurrentLayer<T> oscillators)
        : base(oscillators.Shape, oscillators.Weights)
    {
        _oscillators = oscillators;
        Mix = new UnitMix<T>(plan.HiddenSize, $"{plan.Name}.mix", plan.Layout, plan.Kernels);
    }

    /// <summary>The mix of the units.</summary>
    public UnitMix<T> Mix { get; }

    private int HiddenSize => Shape.HiddenSize;

    public override IEnumerable<ParameterSlice> Matrices => [Mix.Weights];

    public override void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        _oscillators.Pack(values, forTraining, workers);
        Mix.Pack(values);
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero) => _oscillators.Step(inputs, step, rows, fromZero);

    public override void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers)
    {
        NativeBuffer<T> z = scratch.States.Values;
        z.Resize((long)rows * HiddenSize);
        _oscillators.Read(states, inputs, rows, z.Start, scratch, workers);
        Mix.Forward(z.Start, rows, outputs, HiddenSize, workers);
    }

    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        if (window.Outputs == null)
            return _oscillators.BeginForward(window, tape, parts);
        NativeBuffer<T> z = tape.Gated.States.Values;
        z.Resize((long)window.Rows * HiddenSize);
        return _oscillators.BeginForward(window with { Outputs = z.Start, OutputStride = HiddenSize }, tape, parts);
    }

    public override void Run(in RecurrentPass<T> pass, int part) => _oscillators.Run(pass, part);

    public override void EndForward(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        if (window.Outputs != null)
            Mix.Forward(tape.Gated.States.Values.Start, window.Rows, window.Outputs, window.OutputStride, workers);
    }

    public override void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers)
    {
        int continuing = window.ContinuingCount;
        Mix.Forward(GatherLast(window, tape, workers), window.Active - continuing, last + (continuing * stride), stride, workers);
    }

    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients, Workers workers)
    {
        T* z = GatherLast(window, tape, workers);
        NativeBuffer<T> zGradient = tape.GatedLast.States.Gradient;
        zGradient.Resize(tape.GatedLast.States.Values.Length);
        int continuing = window.ContinuingCount;
        Mix.Backward(z, window.Active - continuing, lastGradient + (continuing * stride), stride, zGradient.Start, gradients);
        _oscillators.BackwardLast(window, tape, zGradient.Start - ((nint)continuing * HiddenSize), HiddenSize, gradients, workers);
    }

    public override RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers)
    {
        if (window.OutputGradient != null)
        {
            (NativeBuffer<T> z, NativeBuffer<T> zGradient) = tape.Gated.States;
            zGradient.Resize(z.Length);
            Mix.Backward(z.Start, window.Rows, window.OutputGradient, window.OutputStride, zGradient.Start, gradients);
        }
        return _oscillators.BeginBackward(Inside(window, tape), tape, gradients, parts, workers);
    }

    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers) =>
        _oscillators.EndBackward(Inside(window, tape), tape, gradients, workers);

    public override void Dispose()
    {
        _oscillators.Dispose();
        Mix.Dispose();
    }

    /// <summary>Returns the window of a backward pass for the oscillators, whose outputs are z.</summary>
    private LayerWindow<T> Inside(LayerWindow<T> window, RecurrentTape<T> tape) => window.OutputGradient == null
        ? window
        : window with { OutputGradient = tape.Gated.States.Gradient.Start, OutputStride = HiddenSize };

    /// <summary>Gathers z of the sequences that end in a window, at the step that is read last.</summary>
    private T* GatherLast(LayerWindow<T> window, RecurrentTape<T> tape, Workers workers)
    {
        NativeBuffer<T> z = tape.GatedLast.States.Values;
        z.Resize((long)(window.Active - window.ContinuingCount) * HiddenSize);
        _oscillators.Last(window, tape, z.Start - ((nint)window.ContinuingCount * HiddenSize), HiddenSize, workers);
        return z.Start;
    }
}
