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

/// <summary>Forward, loss and backward, with no more than a window of steps on the tape.</summary>
/// <remarks>
/// <para>
/// All windows go forward; where one will run again, the state before it is kept. On the way back, the last window first, each runs
/// forward once more, from that state and with the same noise, and then backward. The last is still on the tape, and a window of all
/// steps is the last: then nothing runs twice.
/// </para>
/// <para>
/// With checkpoints the gradient by the state goes on from window to window and is that of the whole pass, up to the rounding of sums
/// that are cut at other rows (T. Chen and others, 2016). Truncated it ends where a window begins, and windows that no gradient
/// reaches are left out.
/// </para>
/// </remarks>
internal sealed class GradientPass<T>(SequenceModel<T> model, Objective<T> objective, Bptt unrolling, Workers workers) : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly KeptStates<T> _states = new(model);
    private readonly bool _isCut = unrolling.Truncate > 0;

    /// <summary>Adds the gradient of the loss of some steps, which begin where the last call ended or with the batch.</summary>
    /// <param name="steps">The steps: all, unless every step has an answer.</param>
    /// <param name="tape">Takes a window at a time; the noise is on it.</param>
    /// <param name="gradients">The parameters' gradients, added to;
    /// left alone where the loss is not finite or there is nothing to evaluate.</param>
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

    /// <summary>Takes memory for the states before those windows that need them.</summary>
    private void Reserve(Windows windows)
    {
        int kept = 0;
        for (int i = 0; i < windows.Last; i++)
            kept += RunsAgainFromStates(windows, i) ? 1 : 0;
        _states.Reserve(windows.Batch, kept);
    }

    /// <summary>Whether a window will run forward once more, from states that are not zero.</summary>
    private bool RunsAgainFromStates(Windows windows, int index) => index > 0 && index < windows.Last && HasGradient(windows[index]);

    /// <param name="windows">The windows, of which the last has just gone forward.</param>
    /// <param name="all">The loss of all.</param>
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
            if (judged.Weight < all.Weight) // it is the gradient of the window's mean, which has a share in the whole
                TensorPrimitives.Multiply(
                    tape.LogitsGradient.Span, T.CreateTruncating(judged.Weight / all.Weight), tape.LogitsGradient.Span);
            if (_isCut || i == windows.Last)
                model.ClearStateGradients(windows.Batch, tape);
            model.Backward(window, tape, gradients, workers);
        }
    }

    /// <summary>Whether a gradient reaches a window other than by the state after it.</summary>
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
