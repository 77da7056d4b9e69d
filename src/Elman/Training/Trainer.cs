using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Models;
using Elman.Optimizers;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>Goes through the data epoch by epoch: a loop over <see cref="TrainStep{T}"/>.</summary>
internal sealed class Trainer : IDisposable
{
    private readonly TrainingOptions _options;
    private readonly SequenceDataset _data;
    private readonly SequenceDataset? _validation;
    private readonly Preprocessing _preprocessing;
    private readonly Objective<float> _objective;
    private readonly SeededRandom _random;
    private readonly SequenceModel<float> _model;
    private readonly Workers _workers;
    private readonly Optimizer<float> _optimizer;
    private readonly TrainStep<float> _step;
    private readonly BestWeights _best;

    /// <summary>Prepares to train a model whose weights are set.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How, checked before.</param>
    /// <param name="data">The training data, checked before.</param>
    /// <param name="validation">Validation data with the same classes, or <see langword="null"/>.</param>
    /// <param name="preprocessing">What is done with values on their way in.</param>
    /// <param name="objective">What the model is to give.</param>
    /// <param name="random">Draws the order of the data.</param>
    public Trainer(SequenceModel<float> model, TrainingOptions options, SequenceDataset data, SequenceDataset? validation,
        Preprocessing preprocessing, Objective<float> objective, SeededRandom random)
    {
        _model = model;
        _options = options;
        _data = data;
        _validation = validation;
        _preprocessing = preprocessing;
        _objective = objective;
        _random = random;
        _workers = new Workers(options.ResolvedThreads);
        _optimizer = OptimizerFactory.Create<float>(options, model.Values.Layout);
        _step = new TrainStep<float>(model, _optimizer, _workers, options.Clip, objective, options.DropoutRates, new SeededRandom(~(long)options.Seed) /* not the stream that draws weights and order */, preprocessing.Missing.MostStepsOf(data), options.Unrolling);
        _best = new BestWeights(model);
    }

    /// <summary>Trains. Where the token is cancelled, stops after the step under way and keeps what was learned.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step: nothing was learned.</exception>
    public (TrainingSummary Summary, IReadOnlyList<EpochResult> History) Run(IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var history = new List<EpochResult>();
        int[] order = [.. Enumerable.Range(0, _data.Count)];
        int stepsPerEpoch = (int)((_data.Count + (long)_options.Batch - 1) / _options.Batch);
        var report = new ProgressReport(progress, _options.Epochs, _data.Count);
        using var batch = new SequenceBatch<float>();

        bool cancelled = false, patient = true;
        for (int epoch = 1; epoch <= _options.Epochs && patient; epoch++)
        {
            cancelled = cancellationToken.IsCancellationRequested;
            if (cancelled)
                break;
            _random.Shuffle(order.AsSpan());
            double lossSum = 0, weight = 0;
            long correct = 0, judged = 0;
            int seen = 0;
            for (int step = 0; step < stepsPerEpoch && !cancellationToken.IsCancellationRequested; step++)
            {
                ReadOnlySpan<int> indices = order.AsSpan(seen, Math.Min(_options.Batch, _data.Count - seen));
                batch.Fill(_data, indices, _preprocessing);
                _objective.Prepare(batch, _data, indices);
                double rate = Schedule.RateAt(_options.Schedule, _options.ResolvedLearningRate, ((epoch - 1L) * stepsPerEpoch) + step, (long)_options.Epochs * stepsPerEpoch);
                Losses.LossResult result = _step.Run(batch, rate);
                if (!double.IsFinite(result.Loss))
                    throw Diverged($"The loss became {FormattableString.Invariant($"{result.Loss}")} in epoch {epoch}, batch {step + 1} of {stepsPerEpoch}", epoch);
                lossSum += result.Loss * result.Weight;
                weight += result.Weight;
                correct += result.Correct;
                judged += result.Count;
                seen += indices.Length;
                report.Step(seen, new EpochResult(epoch, lossSum / weight, Share(correct, judged)), rate);
            }
            cancelled = seen < _data.Count;
            if (cancelled)
                break;

            if (!WeightsAreFinite())
                throw Diverged($"A weight became infinite or NaN in epoch {epoch}", epoch);
            (double Loss, double? Accuracy)? validation = Validate();
            history.Add(new EpochResult(epoch, lossSum / weight, Share(correct, judged), validation?.Loss, validation?.Accuracy));
            report.Epoch(history[^1]);
            if (validation is (double loss, _) && !_best.Keep(epoch, loss) && _options.Patience > 0)
                patient = epoch - _best.Epoch < _options.Patience;
        }

        if (!report.Started)
            throw new OperationCanceledException("Training was cancelled before its first step.", cancellationToken);
        if (!WeightsAreFinite())
            throw Diverged($"A weight became infinite or NaN in epoch {history.Count + 1}", history.Count + 1);
        _best.Restore();
        _model.Pack(forTraining: false);
        return (Summarise(history, report, cancelled), history);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _best.Dispose();
        _step.Dispose();
        _optimizer.Dispose();
        _workers.Dispose();
    }

    private double? Share(long correct, long judged) => _objective.HasRightAnswers ? (double)correct / judged : null;

    private (double Loss, double? Accuracy)? Validate()
    {
        if (_validation is null)
            return null;
        _model.Pack(forTraining: false);
        using var inference = new Inference(_model, _preprocessing);
        return inference.Evaluate(_validation, _objective, _workers);
    }

    private bool WeightsAreFinite() => TensorPrimitives.IsFiniteAll<float>(_model.Values.Buffer.Span);

    private TrainingDivergedException Diverged(string what, int epoch)
    {
        string clip = double.IsFinite(_options.Clip) ? "" : " or a limit on the gradient (clip 1)";
        return new(FormattableString.Invariant(
            $"{what}: the numbers ran away. Try a smaller learning rate (it is {_options.ResolvedLearningRate}){clip}{(_preprocessing.Standardization is null ? ", or standardise the data" : "")}."))
        {
            Epoch = epoch,
        };
    }

    private TrainingSummary Summarise(List<EpochResult> history, ProgressReport report, bool cancelled)
    {
        EpochResult? best = _best.Epoch > 0 ? history[_best.Epoch - 1] : history.LastOrDefault();
        return new TrainingSummary
        {
            Epochs = history.Count,
            BestEpoch = best?.Epoch ?? 0,
            TrainLoss = history.LastOrDefault()?.Loss ?? double.NaN,
            ValidationLoss = best?.ValidationLoss,
            ValidationAccuracy = best?.ValidationAccuracy,
            Sequences = _data.Count,
            Seconds = report.Elapsed.TotalSeconds,
            SequencesPerSecond = report.SequencesPerSecond,
            Threads = _workers.Count,
            Seed = _options.Seed,
            Cancelled = cancelled,
        };
    }
}
