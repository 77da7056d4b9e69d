using System.Numerics;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Readouts;

/// <summary>
/// Reads a reservoir by counting: for each unit the share of steps at which its output is above each of its thresholds,
/// and the mean magnitude,
/// <code>
/// n_k = Σ_t [y_t &gt; θ_k],  p_k = n_k/T
/// m   = (1/T)·Σ_t |y_t|
/// </code>
/// maybe the shares of both halves as well; or of the steps above each threshold the mean output, the mean index and the longest run, and
/// the greatest and the least output of all steps,
/// <code>
/// a_k = (1/n_k)·Σ_t [y_t &gt; θ_k]·y_t      0 where n_k = 0
/// i_k = (1/(n_k·T))·Σ_t [y_t &gt; θ_k]·t    −1 where n_k = 0; t from 0 in the order in which the direction reads
/// r_k = (greatest number of steps in a row with y_t &gt; θ_k)/T
/// </code>
/// A share changes in steps, so there is no gradient: only for cells whose output layer is learned by least squares.
/// </summary>
/// <remarks>
/// What is counted is carried from step to step, so a stream gets the bits of the whole. Halves are those of time in both directions; the
/// outputs of a direction are summed in the order in which it reads.
/// Where the layer below the readout is one of oscillators, inference runs both at once: see <see cref="OscillatorCounts{T}"/>.
/// </remarks>
internal sealed unsafe partial class CountsReadout<T> : ReadoutLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly CountsLayout _layout;
    private readonly CountsPass<T> _pass;
    private readonly NativeBuffer<T> _thresholds;
    private readonly StackLayer<T> _top;
    private readonly int _lane;

    /// <summary>Adds the readout's parameters to a model's.</summary>
    /// <param name="layout">The layout of the counts.</param>
    /// <param name="top">The layer whose outputs are counted.</param>
    /// <param name="parameters">The model's parameters so far.</param>
    /// <param name="kernels">The kernels to use.</param>
    public CountsReadout(CountsLayout layout, StackLayer<T> top, ParameterLayout parameters, KernelSet<T> kernels)
    {
        (_layout, _top, _lane) = (layout, top, kernels.LaneWidth);
        _pass = CountsPass<T>.For(kernels);
        _counts = OscillatorCounts<T>.For(kernels);
        _mix = MixPass<T>.For(kernels);
        _outputs = OscillatorOutputs<T>.For(kernels);
        Thresholds = parameters.Add("counts.thresholds", layout.Thresholds, Width);
        _thresholds = new(Thresholds.Count);
        _oscillators = [.. Oscillators(top)];
    }

    /// <summary>The thresholds, <c>[K, W]</c>.</summary>
    public ParameterSlice Thresholds { get; }

    public override bool ReadsEveryStep => true;

    public override int FeatureSize => _layout.FeatureVectors * Width;

    /// <summary>Whether features can be told before a sequence has ended: halves can't.</summary>
    public bool CanStream => !_layout.HasHalves;

    /// <summary>Numbers that a sequence is carried on with.</summary>
    public int StateSize => _layout.StateVectors * Width;

    /// <summary>Values that a step gives, W.</summary>
    private int Width => _top.OutputSize;

    /// <summary>Values that the layer from the end gives; they come after the others.</summary>
    private int ReversedWidth => _top.FromEnd is { } layer && _top.StandsBeside ? layer.Shape.OutputSize : 0;

    public override void Pack(Parameters<T> values, bool forTraining)
    {
        values.Span(Thresholds).CopyTo(_thresholds.Span);
        foreach (OscillatorUnits<T> units in _oscillators)
            units.Pack(values, Thresholds);
    }

    public override void Forward(ReadoutPass<T> pass, Workers workers)
    {
        LayerWindow<T> window = pass.Window;
        pass.Tape.Features.Resize((long)window.Batch.Count * FeatureSize);
        if (StandsInFor(window, pass.TopTape.FromStart.KeepsSteps))
        {
            ForwardOscillators(pass, workers);
            return;
        }
        if (window.IsFirst)
            pass.Tape.Pooled.Resize((long)window.Batch.Count * StateSize);
        var job = new ForwardJob(this, pass, workers.PartsFor(_layout.Thresholds * (long)window.Rows * Width));
        workers.Run(ref job, job.Parts);
    }

    /// <exception cref="NotSupportedException">Always: a count has no gradient.</exception>
    public override void Backward(ReadoutPass<T> pass, Parameters<T> gradients, Workers workers) =>
        throw new NotSupportedException("Counts have no gradient.");

    /// <summary>Before the first step of a sequence that comes step by step.</summary>
    /// <param name="state">Its state, <see cref="StateSize"/> numbers.</param>
    public void Begin(T* state) => CountsPass<T>.Begin(_layout, state, Width, Width);

    /// <summary>Takes a step.</summary>
    /// <param name="state">The state.</param>
    /// <param name="outputs">The step's outputs, <c>[W]</c>.</param>
    /// <param name="steps">Steps before.</param>
    public void Take(T* state, T* outputs, long steps) =>
        _pass.Take(_layout, state, _thresholds.Start, Width, outputs, Width, 1, Width, steps, firstPart: 0);

    /// <summary>The features of the steps so far.</summary>
    /// <param name="state">The state.</param>
    /// <param name="features">Receives the features, <see cref="FeatureSize"/> numbers.</param>
    /// <param name="steps">Steps, at least one.</param>
    public void Conclude(T* state, T* features, long steps) =>
        _pass.Conclude(_layout, state, Width, features, Width, Width, steps, isReversed: false);

    public override void Dispose()
    {
        _thresholds.Dispose();
        foreach (OscillatorUnits<T> units in _oscillators)
            units.Dispose();
        base.Dispose();
    }

    /// <summary>Steps of a sequence that a direction has read when it comes to the other half.</summary>
    private static int FirstPart(int steps, bool isReversed) =>
        isReversed ? steps - CountsLayout.FirstHalf(steps) : CountsLayout.FirstHalf(steps);

    /// <summary>
    /// Counts outputs that stand in memory: a share of the sequences. Where a layer reads from the end, the window is all steps.
    /// </summary>
    private readonly struct ForwardJob(CountsReadout<T> readout, ReadoutPass<T> pass, int parts) : IJob
    {
        public int Parts => parts;

        public void Execute(int part)
        {
            LayerWindow<T> window = pass.Window;
            int width = readout.Width, reversed = readout.ReversedWidth;
            (int first, int end) = Workers.Share(window.Active, part, parts);
            for (int place = first; place < end && window.IsFirst; place++)
                readout.Begin(State(place));
            for (int t = window.FirstStep; t < window.EndStep; t++)
                for (int place = first; place < Math.Min(end, window.Batch.ActiveAt(t)); place++)
                    Take(t, t, place, 0, width - reversed, isReversed: false);
            for (int t = window.EndStep - 1; t >= 0 && reversed > 0; t--)
                for (int place = first; place < Math.Min(end, window.Batch.ActiveAt(t)); place++)
                    Take(t, window.Batch.Lengths[place] - 1 - t, place, width - reversed, reversed, isReversed: true);
            for (int place = Math.Max(first, window.ContinuingCount); place < end; place++)
            {
                Conclude(place, 0, width - reversed, isReversed: false);
                Conclude(place, width - reversed, reversed, isReversed: true);
            }
        }

        private T* State(int place) => pass.Tape.Pooled.Start + ((nint)place * readout.StateSize);

        private void Take(int t, long read, int place, int column, int count, bool isReversed)
        {
            T* outputs = pass.TopTape.Outputs.Start + ((nint)(pass.Window.Batch.RowOf(t) - pass.Window.FirstRow + place) * readout.Width);
            readout._pass.Take(readout._layout, State(place) + column, readout._thresholds.Start + column, readout.Width, outputs + column,
                readout.Width, 1, count, read, FirstPart(pass.Window.Batch.Lengths[place], isReversed));
        }

        private void Conclude(int place, int column, int count, bool isReversed)
        {
            T* features = pass.Tape.Features.Start + ((nint)place * readout.FeatureSize);
            readout._pass.Conclude(readout._layout, State(place) + column, readout.Width, features + column, readout.Width, count,
                pass.Window.Batch.Lengths[place], isReversed);
        }
    }
}
