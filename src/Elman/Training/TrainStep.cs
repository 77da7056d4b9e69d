using System.Numerics;
using Elman.Kernels;
using Elman.Layers;
using Elman.Losses;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>One training step: forward, loss, backward, clip, update. Everything that trains calls this.</summary>
/// <remarks>After the first call with the largest batch, a step allocates nothing.</remarks>
internal sealed class TrainStep<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SequenceModel<T> _model;
    private readonly Optimizer<T> _optimizer;
    private readonly Workers _workers;
    private readonly double _clip;
    private readonly Objective<T> _objective;
    private readonly DropoutRates _rates;
    private readonly SeededRandom _noise;
    private readonly ModelTape<T> _tape = new(keepsSteps: true);
    private readonly Parameters<T> _gradients;
    private int _longest;

    /// <summary>Prepares to train a model.</summary>
    /// <param name="model">The model whose weights the steps change.</param>
    /// <param name="optimizer">How they change them.</param>
    /// <param name="workers">Who works.</param>
    /// <param name="clip">The greatest norm of the gradient that passes; infinity for no limit.</param>
    /// <param name="objective">What the model is to give; by default the labels of the batch, judged by cross-entropy.</param>
    /// <param name="rates">How much is dropped at random.</param>
    /// <param name="longest">Steps of the longest sequence, as far as it is known before.</param>
    /// <param name="noise">Draws what is dropped; by default from seed 0.</param>
    public TrainStep(
        SequenceModel<T> model, Optimizer<T> optimizer, Workers workers, double clip = double.PositiveInfinity,
        Objective<T>? objective = null, DropoutRates rates = default, SeededRandom? noise = null, int longest = 0)
    {
        _objective = objective ?? new ClassObjective<T>(new LossFunction(Loss.CrossEntropy));
        _rates = rates;
        _longest = longest;
        _noise = noise ?? new SeededRandom(0);
        _model = model;
        _optimizer = optimizer;
        _workers = workers;
        _clip = clip;
        _gradients = new Parameters<T>(model.Values.Layout);
    }

    /// <summary>Trains on a batch.</summary>
    /// <param name="batch">The batch, prepared for the objective.</param>
    /// <param name="learningRate">The learning rate of this step.</param>
    /// <returns>The loss before the step. Where it is not finite the weights are left as they were.</returns>
    public LossResult Run(SequenceBatch<T> batch, double learningRate)
    {
        _model.Pack(forTraining: true, _workers);
        _model.DrawNoise(batch, _tape, _rates, _noise);
        _model.Forward(batch, _tape, _workers);
        _tape.LogitsGradient.Resize(_tape.Logits.Length);
        LossResult result = _objective.Evaluate(batch, _tape.Logits.Span, _tape.LogitsGradient.Span);
        if (!double.IsFinite(result.Loss))
            return result;

        _gradients.Buffer.Clear();
        _model.Backward(batch, _tape, _gradients, _workers);
        if (double.IsFinite(_clip))
            GradientClipping.ByNorm(_gradients, _clip);
        _optimizer.Step(_model.Values, _gradients, learningRate, _workers);
        _longest = Math.Max(_longest, batch.Steps);
        _model.LimitRecurrence(_longest);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tape.Dispose();
        _gradients.Dispose();
    }
}
