using System.Numerics;
using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Objectives;

namespace Elman.Training;

/// <summary>Forward, loss and backward, with at most one window of steps on the tape.</summary>
/// <remarks>
/// <para>
/// The forward pass runs through all windows. It keeps the state before every window that has to run again. The backward pass starts with
/// the last window: each window runs forward again, from its state and with the same noise, and then backward. The last window is still on
/// the tape, so it does not run again; a single window of all steps runs once.
/// </para>
/// <para>
/// With checkpoints, the gradient with respect to the state is passed from window to window. The result is the gradient of the whole pass,
/// up to rounding: sums are split at other rows (T. Chen and others, 2016). With truncation, the gradient stops at the beginning of a
/// window, and windows that no gradient reaches are skipped.
/// </para>
/// </remarks>
internal sealed class GradientPass<T>(SequenceModel<T> model, Objective<T> objective, Bptt unrolling, Workers workers) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KeptStates<T> _states = new(model);
    private readonly bool _isCut = unrolling.Truncate > 0;

    /// <summary>Adds the gradient of the loss over some steps. They begin where the last call ended, or at the start of the
    /// batch.</summary>
    /// <param name="steps">The steps: all of them, unless there is an output at every step.</param>
    /// <param name="tape">The tape for one window at a time; it has the noise.</param>
    /// <param name="gradients">The parameters' gradients, added to; unchanged if the loss is not finite or there is nothing to
    /// evaluate.</param>
    /// <returns>The mean loss of the steps, or of the sequences.</returns>
    public LossResult Run(LayerWindow<T> steps, ModelTape<T> tape, Parameters<T> gradients)
    {
        var windows = new Windows(steps, unrolling.WindowOf(steps.EndStep - steps.FirstStep));
        Reserve(windows);
        LossResult all = default, judged = default;
        for (int i = 0; i <= windows.Last; i++)
        {
            if (RunsAgainFromStates(windows, i))
                _states.Push(tape);
            model.Forward(windows[i], tape, workers);
            if (i == windows.Last || model.Readout.AnswersEveryStep)
                all = all.And(judged = Judge(windows[i], tape));
        }
        if (double.IsFinite(all.Loss) && all.Weight > 0)
            Backward(windows, all, judged, tape, gradients);
        return all;
    }

    /// <inheritdoc/>
    public void Dispose() => _states.Dispose();

    /// <summary>Allocates memory for the states of the windows that run again.</summary>
    private void Reserve(Windows windows)
    {
        int kept = 0;
        for (int i = 0; i < windows.Last; i++)
            kept += RunsAgainFromStates(windows, i) ? 1 : 0;
        _states.Reserve(windows.Batch, kept);
    }

    /// <summary>Whether a window will run forward again, from states that are not zero.</summary>
    private bool RunsAgainFromStates(Windows windows, int index) => index > 0 && index < windows.Last && HasGradient(windows[index]);

    /// <param name="windows">The windows, the last of which is on the tape.</param>
    /// <param name="all">The loss of all windows.</param>
    /// <param name="judged">The loss of the window that is on the tape.</param>
    /// <param name="tape">The tape.</param>
    /// <param name="gradients">The parameters' gradients.</param>
    private void Backward(Windows windows, LossResult all, LossResult judged, ModelTape<T> tape, Parameters<T> gradients)
    {
        for (int i = windows.Last; i >= 0; i--)
        {
            LayerWindow<T> window = windows[i];
            if (!HasGradient(window))
                continue;
            if (i < windows.Last)
            {
                if (i > 0)
                    _states.Pop(tape);
                model.Forward(window, tape, workers, again: true);
                if (model.Readout.AnswersEveryStep)
                    judged = Judge(window, tape);
            }
            if (judged.Weight < all.Weight) // the gradient of the window's mean is scaled to its share of the whole mean
                TensorPrimitives.Multiply(
                    tape.LogitsGradient.Span, T.CreateTruncating(judged.Weight / all.Weight), tape.LogitsGradient.Span);
            if (_isCut || i == windows.Last)
                model.ClearStateGradients(windows.Batch, tape);
            model.Backward(window, tape, gradients, workers);
        }
    }

    /// <summary>Whether a gradient reaches a window; with truncation, the state after it passes none.</summary>
    private bool HasGradient(LayerWindow<T> window) => !_isCut || model.Readout.ReadsEveryStep || window.Active > window.ContinuingCount;

    private LossResult Judge(LayerWindow<T> window, ModelTape<T> tape)
    {
        tape.LogitsGradient.Resize(tape.Logits.Length);
        return objective.Evaluate(window, tape.Logits.Span, tape.LogitsGradient.Span);
    }

    /// <summary>Some steps of a batch, cut into windows; the last may be shorter.</summary>
    private readonly struct Windows(LayerWindow<T> steps, int length)
    {
        public SequenceBatch<T> Batch => steps.Batch;

        public int Last => (steps.EndStep - steps.FirstStep - 1) / length;

        public LayerWindow<T> this[int index] =>
            LayerWindow<T>.Of(
                Batch, steps.FirstStep + (index * length), index == Last ? steps.EndStep : steps.FirstStep + ((index + 1) * length));
    }
}
