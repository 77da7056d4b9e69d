using System.Numerics;
using Elman.Kernels;
using Elman.Linear;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Stack;

namespace Elman.Readouts;

/// <summary>
/// A counting readout: for each unit the share of steps at which its output is above each of its thresholds, and the mean magnitude,
/// <code>
/// n_k = Σ_t [y_t &gt; θ_k],  p_k = n_k/T
/// m   = (1/T)·Σ_t |y_t|
/// </code>
/// optionally the shares in both halves of the sequence as well; or, for the steps above each threshold, the mean output, the mean index
/// and the longest run, and for all steps the maximum and the minimum output,
/// <code>
/// a_k = (1/n_k)·Σ_t [y_t &gt; θ_k]·y_t      0 if n_k = 0
/// i_k = (1/(n_k·T))·Σ_t [y_t &gt; θ_k]·t    −1 if n_k = 0; t from 0 in the order in which the direction reads
/// r_k = (maximum number of consecutive steps with y_t &gt; θ_k)/T
/// </code>
/// A share is piecewise constant, so it has no gradient: the output layer must be trained by least squares.
/// </summary>
/// <remarks>
/// The counts are carried from step to step, so a stream has the same bits as a whole sequence. Halves are halves in time for both
/// directions; the outputs of a direction are summed in the order in which it reads.
/// If the layer below is one of oscillators, inference runs both in one pass: see <see cref="OscillatorCounts{T}"/>.
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
    /// <param name="parameters">The layout of the model's parameters, which is added to.</param>
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

    /// <summary>Whether features can be computed before the end of a sequence, which is not possible for halves.</summary>
    public bool CanStream => !_layout.HasHalves;

    /// <summary>The size of the state of a sequence.</summary>
    public int StateSize => _layout.StateVectors * Width;

    /// <summary>W, the number of outputs of a step.</summary>
    private int Width => _top.OutputSize;

    /// <summary>The number of outputs of the backward direction, which follow those of the forward direction.</summary>
    private int ReversedWidth => _top.FromEnd is { } layer && _top.ConcatenatesDirections ? layer.Shape.OutputSize : 0;

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
        if (ReplacesTopLayer(window, pass.TopTape.FromStart.KeepsSteps))
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

    /// <summary>Sets the state of a streamed sequence before its first step.</summary>
    /// <param name="state">The state, <see cref="StateSize"/> numbers.</param>
    public void Begin(T* state) => CountsPass<T>.Begin(_layout, state, Width, Width);

    /// <summary>Adds a step to the state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="outputs">The step's outputs, <c>[W]</c>.</param>
    /// <param name="steps">The number of earlier steps.</param>
    public void Take(T* state, T* outputs, long steps) =>
        _pass.Take(_layout, state, _thresholds.Start, Width, outputs, Width, 1, Width, steps, firstPart: 0);

    /// <summary>Computes the features of the steps so far.</summary>
    /// <param name="state">The state.</param>
    /// <param name="features">Receives the features, <see cref="FeatureSize"/> numbers.</param>
    /// <param name="steps">The number of steps, at least 1.</param>
    public void Conclude(T* state, T* features, long steps) =>
        _pass.Conclude(_layout, state, Width, features, Width, Width, steps, isReversed: false);

    public override void Dispose()
    {
        _thresholds.Dispose();
        foreach (OscillatorUnits<T> units in _oscillators)
            units.Dispose();
        base.Dispose();
    }

    /// <summary>Returns the number of steps in the half that a direction reads first.</summary>
    private static int FirstPart(int steps, bool isReversed) =>
        isReversed ? steps - CountsLayout.FirstHalf(steps) : CountsLayout.FirstHalf(steps);

    /// <summary>
    /// Counts outputs in memory, for a range of the sequences. In a bidirectional layer, the window is all steps.
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
