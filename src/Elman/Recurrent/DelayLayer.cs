using System.Numerics;
using Elman.Cells;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;

namespace Elman.Recurrent;

/// <summary>
/// A reservoir of tapped delay lines: each unit is a convolution kernel of nine taps, d steps apart, over a weighted sum of some channels
/// (A. Dempster and others, MiniRocket, 2021), here causal and with arbitrary weights,
/// <code>
/// u_{t,k} = Σ_c v_{c,k}·x_{t,c}                    0 before the first step
/// y_{t,k} = b_k + Σ_{j = 0 … 8} w_{j,k}·u_{t−j·d_k, k}
/// </code>
/// The layer is not trained, only the output layer is.
/// </summary>
/// <remarks>
/// <para>
/// The state is the last <c>8·d + 1</c> inputs, with d the maximum of all units, channel by channel, oldest first. Each step shifts it by
/// one. Its size depends on the weights, so it is known after they are packed.
/// </para>
/// <para>
/// A forward pass needs no states between its steps: it gathers the inputs of a sequence, channel by channel, after those of the previous
/// window, and computes all steps of a unit together (<see cref="DelayPass{T}"/>). So <see cref="RecurrentTape{T}.Final"/> holds outputs
/// here, <c>[B, H]</c>, instead of states.
/// </para>
/// </remarks>
internal sealed unsafe partial class DelayLayer<T> : RecurrentLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name in options and model files.</summary>
    public const string Name = "delays";

    /// <summary>The maximum dilation, and the maximum size of a state, which reduces the dilation if there are many channels.</summary>
    private const int GreatestDilation = 1 << 17, GreatestState = 1 << 24;

    /// <summary>
    /// The number of units whose outputs are computed in turn and then written together: they fill whole cache lines in the row of a step.
    /// </summary>
    private const int UnitsTogether = 48;

    private readonly DelayPass<T> _pass;
    private readonly DelayWeights<T> _weights;

    /// <summary>Adds a layer's parameters to a model's.</summary>
    public DelayLayer(LayerPlan<T> plan)
        : base(
            new LayerShape
            {
                InputSize = plan.InputSize,
                HiddenSize = plan.HiddenSize,
                OutputSize = plan.HiddenSize,
                IsReversed = plan.IsReversed,
                UnitStride = plan.HiddenSize,
                StateSize = plan.InputSize, // before weights are set
                OutputStride = plan.HiddenSize,
                GateSize = 0,
                WorkOfARow = (long)plan.HiddenSize * (plan.InputSize + DelayPass<T>.Taps),
                StepsWorthAWindow = 64,
            },
            new LayerWeights(
                plan.Layout.Add($"{plan.Name}.wx", plan.InputSize, plan.HiddenSize), plan.Layout.Add($"{plan.Name}.b", plan.HiddenSize)))
    {
        _pass = DelayPass<T>.For(plan.Kernels);
        Taps = plan.Layout.Add($"{plan.Name}.taps", DelayPass<T>.Taps, HiddenSize);
        Dilations = plan.Layout.AddWhole($"{plan.Name}.dilations", MostDilation(InputSize), HiddenSize);
        _weights = new DelayWeights<T>(InputSize, HiddenSize);
    }

    /// <summary>w, <c>[9, H]</c>.</summary>
    public ParameterSlice Taps { get; }

    /// <summary>d, <c>[H]</c>: integers of at least 1.</summary>
    public ParameterSlice Dilations { get; }

    private int InputSize => Shape.InputSize;

    private int HiddenSize => Shape.HiddenSize;

    /// <summary>The number of values of a channel in a state.</summary>
    private int StateStride => _weights.Reach + 1;

    /// <summary>Returns the maximum dilation of a layer with a number of inputs.</summary>
    public static int MostDilation(int inputs) => Math.Clamp((GreatestState / inputs) / (DelayPass<T>.Taps - 1), 1, GreatestDilation);

    /// <summary>
    /// Returns the maximum lag of all units, if each unit uses a single value; 0 for kernels of several values.
    /// </summary>
    public int LongestLag(Parameters<T> values)
    {
        ReadOnlySpan<T> taps = values.Span(Taps), dilations = values.Span(Dilations);
        int longest = 0;
        for (int unit = 0; unit < HiddenSize; unit++)
        {
            int last = 0, count = 0;
            for (int tap = 0; tap < DelayPass<T>.Taps; tap++)
                if (!T.IsZero(taps[(tap * HiddenSize) + unit]))
                    (last, count) = (tap, count + 1);
            if (count > 1)
                return 0;
            longest = Math.Max(longest, last * int.CreateSaturating(dilations[unit]));
        }
        return longest;
    }

    public override void Pack(Parameters<T> values, bool forTraining, Workers workers)
    {
        _weights.Pack(
            values.Span(Weights.Input), values.Span(Weights.Bias), values.Span(Taps), values.Span(Dilations), MostDilation(InputSize));
        Shape = Shape with { StateSize = InputSize * StateStride };
    }

    public override void Step(T* inputs, CellStep<T> step, int rows, bool fromZero)
    {
        int reach = _weights.Reach;
        for (int row = 0; row < rows; row++, inputs += InputSize, step.Previous += step.StateStride, step.Next += step.StateStride)
        {
            for (int c = 0; c < InputSize; c++)
            {
                nint channel = (nint)c * StateStride;
                var earlier = new Span<T>(step.Next + channel, reach);
                if (fromZero)
                    earlier.Clear();
                else
                    new ReadOnlySpan<T>(step.Previous + channel + 1, reach).CopyTo(earlier);
                step.Next[channel + reach] = inputs[c];
            }
        }
    }

    public override void Read(T* states, T* inputs, int rows, T* outputs, GatedTape<T> scratch, Workers workers)
    {
        for (; rows > 0; rows--, states += Shape.StateSize, outputs += HiddenSize)
            OutputsOf(states + _weights.Reach, StateStride, outputs);
    }

    public override RecurrentPass<T> BeginForward(LayerWindow<T> window, RecurrentTape<T> tape, int parts)
    {
        tape.Scratch.Resize(2L * parts * ScratchSize(window)); // parts may be split in two afterwards
        tape.Final.Resize((long)window.Batch.Count * HiddenSize);
        if (!(window.IsFirst && window.IsLast))
            tape.Carry.Resize((long)window.Batch.Count * Shape.StateSize);
        return new RecurrentPass<T>(Shape, null, window, tape, parts);
    }

    public override void Run(in RecurrentPass<T> pass, int part)
    {
        T* scratch = pass.Tape.Scratch.Start + (part * ScratchSize(pass.Window));
        Tile share = pass.Share(part);
        for (int row = 0; row < share.Rows; row++)
            Forward(pass, share.After(row).First(1), scratch);
    }

    public override void Last(LayerWindow<T> window, RecurrentTape<T> tape, T* last, nint stride, Workers workers)
    {
        for (nint place = window.ContinuingCount; place < window.Active; place++)
            new ReadOnlySpan<T>(tape.Final.Start + (place * HiddenSize), HiddenSize).CopyTo(new(last + (place * stride), HiddenSize));
    }

    /// <exception cref="NotSupportedException">Always.</exception>
    public override void BackwardLast(
        LayerWindow<T> window, RecurrentTape<T> tape, T* lastGradient, nint stride, Parameters<T> gradients,
        Workers workers) => throw NoGradient();

    /// <exception cref="NotSupportedException">Always.</exception>
    public override RecurrentPass<T> BeginBackward(
        LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, int parts, Workers workers) => throw NoGradient();

    /// <exception cref="NotSupportedException">Always.</exception>
    public override void EndBackward(LayerWindow<T> window, RecurrentTape<T> tape, Parameters<T> gradients, Workers workers) =>
        throw NoGradient();

    public override void Dispose() => _weights.Dispose();

    private static NotSupportedException NoGradient() =>
        new($"{Name} has no gradient: its weights stay as they are drawn, and its output layer is learned by least squares.");
}
