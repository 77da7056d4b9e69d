using System.Numerics;
using Elman.Kernels;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Packing;
using Elman.Recurrent;
using Elman.Sequences;
using Elman.Training.Objectives;

namespace Elman.Training;

/// <summary>A training step on a batch: forward, loss, backward, clip, update. All training by gradients uses it.</summary>
/// <remarks>
/// With truncation, a model with an output at every step takes one such step for each window: forward and backward within the window, an
/// update, then the next window from the final state (R. Williams and J. Peng, 1990). That state was computed with the weights before the
/// update. After the first call with the largest batch, a step allocates nothing.
/// </remarks>
internal sealed class TrainStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly Optimizer<T> _optimizer;
    private readonly Workers _workers;
    private readonly double _clip;
    private readonly DropoutRates _rates;
    private readonly SeededRandom _noise;
    private readonly int _stepsOfAnUpdate;
    private readonly GradientPass<T> _pass;
    private readonly ModelTape<T> _tape = new(keepsSteps: true);
    private readonly Parameters<T> _gradients;
    private int _longest;

    /// <summary>Creates a training step for a model.</summary>
    /// <param name="model">The model to train.</param>
    /// <param name="optimizer">The optimizer.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="clip">The maximum norm of the gradient; infinity for no limit.</param>
    /// <param name="objective">The objective; by default the labels of the batch with cross-entropy.</param>
    /// <param name="rates">The dropout rates.</param>
    /// <param name="longest">The number of steps of the longest sequence, if known.</param>
    /// <param name="noise">Random numbers for dropout; by default from seed 0.</param>
    /// <param name="unrolling">The options of back-propagation through time; by default gradients go back to the first step.</param>
    public TrainStep(
        SequenceModel<T> model, Optimizer<T> optimizer, Workers workers, double clip = double.PositiveInfinity,
        Objective<T>? objective = null, DropoutRates rates = default, SeededRandom? noise = null, int longest = 0,
        Bptt unrolling = default)
    {
        _rates = rates;
        _longest = longest;
        _noise = noise ?? new SeededRandom(0);
        _model = model;
        _optimizer = optimizer;
        _workers = workers;
        _clip = clip;
        _gradients = new Parameters<T>(model.Values.Layout);
        _stepsOfAnUpdate = unrolling.Truncate > 0 && model.Readout.AnswersEveryStep ? unrolling.Truncate : int.MaxValue;
        _pass = new GradientPass<T>(model, objective ?? new ClassObjective<T>(new LossFunction(Loss.CrossEntropy)), unrolling, workers);
    }

    /// <summary>Trains on a batch.</summary>
    /// <param name="batch">The batch, prepared for the objective.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The loss before the step, or the mean of the losses before each update. If it is not finite, the weights are those before
    /// that update.</returns>
    public LossResult Run(SequenceBatch<T> batch, double learningRate)
    {
        _model.DrawNoise(batch, _tape, _rates, _noise);
        _longest = Math.Max(_longest, batch.Steps);
        LossResult all = default;
        for (int first = 0, end; first < batch.Steps && double.IsFinite(all.Loss); first = end)
        {
            end = first + Math.Min(_stepsOfAnUpdate, batch.Steps - first);
            all = all.And(Update(LayerWindow<T>.Of(batch, first, end), learningRate));
        }
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pass.Dispose();
        _tape.Dispose();
        _gradients.Dispose();
    }

    /// <summary>Forward, loss and backward over some steps, and one update; no update without known targets.</summary>
    private LossResult Update(LayerWindow<T> steps, double learningRate)
    {
        _model.Pack(forTraining: true, _workers);
        _gradients.Buffer.Clear();
        LossResult result = _pass.Run(steps, _tape, _gradients);
        if (!double.IsFinite(result.Loss) || result.Weight == 0)
            return result;
        if (double.IsFinite(_clip))
            GradientClipping.ByNorm(_gradients, _clip);
        _optimizer.Step(_model.Values, _gradients, learningRate, _workers);
        _model.LimitRecurrence(_longest);
        return result;
    }
}
