using System.Numerics.Tensors;
using Elman.Kernels;
using Elman.Layers;
using Elman.Models;
using Elman.Sequences;

namespace Elman.Training;

/// <summary>
/// Learns the output layer of a reservoir (H. Jaeger, 2001): the data go through once, the sums of least squares gather what the readout gives, and
/// their solution is the output layer. Nothing else learns. The sums are kept, so that data that come in later join those of before.
/// </summary>
internal sealed class RidgeTraining : IPartialTraining
{
    /// <summary>Sequences a batch. Has no influence on the results.</summary>
    private const int BatchSize = 64;

    private readonly Learned _learned;
    private readonly TrainingOptions _options;
    private readonly Workers _workers;
    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);
    private readonly Parameters<float> _before;
    private RidgeRegression _regression;
    private RowSample _sample = new();
    private long _sequences;

    /// <summary>Prepares to learn the output layer of a model whose reservoir is drawn.</summary>
    public RidgeTraining(Learned learned, TrainingOptions options)
    {
        _learned = learned;
        _options = options;
        _workers = new Workers(options.ResolvedThreads);
        _before = new Parameters<float>(Model.Values.Layout);
        _regression = new RidgeRegression(Model.Output.InputSize, Model.Output.OutputSize, _workers);
    }

    private SequenceModel<float> Model => _learned.Model;

    private bool AreClasses => Model.Spec.Task is ModelTask.Classify or ModelTask.ClassifyMany or ModelTask.Tag;

    /// <summary>Trains. Where the token is cancelled, stops after the batch under way and solves for what was seen until then.</summary>
    /// <param name="data">The training data, checked before.</param>
    /// <param name="validation">Data to judge the result by, or <see langword="null"/>.</param>
    /// <param name="objective">What the model is to give.</param>
    /// <param name="random">Draws the order, which matters only where training is cancelled.</param>
    /// <param name="progress">Hears how it goes.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="TrainingDivergedException">A feature or a weight is not finite.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first batch: nothing was learned.</exception>
    public (TrainingSummary Summary, IReadOnlyList<EpochResult> History) Run(SequenceDataset data, SequenceDataset? validation, Objective<float> objective,
        SeededRandom random, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var report = new ProgressReport(progress, epochs: 1, data.Count);
        int[] order = [.. Enumerable.Range(0, data.Count)];
        random.Shuffle(order.AsSpan());
        int seen = 0;
        foreach (int[] indices in order.Chunk(BatchSize))
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            Add(data, indices, objective, _regression, _sample);
            seen += indices.Length;
            report.Step(seen, new EpochResult(1, double.NaN, null), rate: 0);
        }
        if (!report.Started)
            throw new OperationCanceledException("Training was cancelled before its first batch.", cancellationToken);
        _sequences = data.Count;
        Solve(_regression, _sample);

        var history = new List<EpochResult>();
        if (seen == data.Count)
        {
            using var inference = new Inference(Model, _learned.Preprocessing);
            (double loss, double? accuracy) = inference.Evaluate(data, objective, _workers);
            (double Loss, double? Accuracy)? judged = validation is null ? null : inference.Evaluate(validation, objective, _workers);
            history.Add(new EpochResult(1, loss, accuracy, judged?.Loss, judged?.Accuracy));
            report.Epoch(history[0]);
        }
        return (new TrainingSummary
        {
            Epochs = history.Count,
            BestEpoch = history.Count,
            TrainLoss = history.LastOrDefault()?.Loss ?? double.NaN,
            ValidationLoss = history.LastOrDefault()?.ValidationLoss,
            ValidationAccuracy = history.LastOrDefault()?.ValidationAccuracy,
            Sequences = data.Count,
            Seconds = report.Elapsed.TotalSeconds,
            SequencesPerSecond = report.SequencesPerSecond,
            Threads = _workers.Count,
            Seed = _options.Seed,
            Cancelled = seen < data.Count,
        }, history);
    }

    /// <inheritdoc/>
    /// <remarks>The loss is that of the new weights. The new data are added to a copy of the sums, which takes their place once all is well.</remarks>
    public double Run(SequenceDataset data, Objective<float> objective)
    {
        _before.CopyFrom(Model.Values);
        RidgeRegression regression = _regression.Clone();
        RowSample sample = _sample.Clone();
        try
        {
            foreach (int[] indices in Enumerable.Range(0, data.Count).Chunk(BatchSize))
                Add(data, indices, objective, regression, sample);
            Solve(regression, sample);
        }
        catch (TrainingDivergedException)
        {
            regression.Dispose();
            Model.Values.CopyFrom(_before);
            Model.Pack(forTraining: false);
            throw;
        }
        _regression.Dispose();
        (_regression, _sample, _sequences) = (regression, sample, _sequences + data.Count);
        using var inference = new Inference(Model, _learned.Preprocessing);
        return inference.Evaluate(data, objective, _workers).Loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _regression.Dispose();
        _before.Dispose();
        _tape.Dispose();
        _batch.Dispose();
        _workers.Dispose();
    }

    /// <summary>Adds what the readout gives for some sequences.</summary>
    private void Add(SequenceDataset data, ReadOnlySpan<int> indices, Objective<float> objective, RidgeRegression regression, RowSample sample)
    {
        _batch.Fill(data, indices, _learned.Preprocessing);
        objective.Prepare(_batch, data, indices);
        Model.Forward(_batch, _tape, _workers);
        int width = Model.Output.InputSize;
        NativeBuffer<float> features = Model.Features(_batch, _tape);
        double[] truth = new double[Model.Output.OutputSize];
        for (int place = 0; place < _batch.Count; place++)
        {
            int steps = Model.Spec.ReadsEveryStep ? _batch.Lengths[place] : 1;
            for (int t = 0; t < steps; t++)
            {
                int row = Model.Spec.ReadsEveryStep ? _batch.RowOf(t) + place : place;
                double weight = objective.Truth(_batch, row, truth);
                if (weight == 0)
                    continue;
                ReadOnlySpan<float> x = RowOf(features, row, width);
                if (!TensorPrimitives.IsFiniteAll(x))
                    throw Diverged($"The reservoir's state became infinite or NaN in sequence {indices[_batch.Order[place]] + 1} of '{data.Name}': the numbers ran away. "
                        + $"Try a smaller SpectralRadius (it is {FormattableString.Invariant($"{_options.SpectralRadius}")}), or an activation with bounds, such as tanh");
                regression.Add(x, truth, weight);
                if (AreClasses)
                    sample.Offer(_sequences + indices[_batch.Order[place]], t, x, truth, weight);
            }
        }
    }

    private static unsafe ReadOnlySpan<float> RowOf(NativeBuffer<float> features, int row, int width) => new(features.Start + ((nint)row * width), width);

    /// <summary>Puts the solution into the output layer.</summary>
    private void Solve(RidgeRegression regression, RowSample sample)
    {
        RidgeSolution[] solutions = regression.Solve(_options.Ridge)
            ?? throw Diverged($"The equations of least squares have no solution that rounding leaves intact. Try a greater Ridge (it is {FormattableString.Invariant($"{_options.Ridge}")})");
        double[] scales = Model.Spec.Task switch
        {
            ModelTask.Classify or ModelTask.Tag => ReadoutScale.OfOneClass(solutions[0], sample.Rows),
            ModelTask.ClassifyMany => ReadoutScale.OfManyClasses(solutions, sample.Rows),
            _ => [.. Enumerable.Repeat(1.0, Model.Output.OutputSize)],
        };
        double threshold = Model.Spec.Task == ModelTask.ClassifyMany ? 0.5 : 0; // a score of 0 is a probability of one half
        Span<float> weights = Model.Values.Span(Model.Output.Weights), biases = Model.Values.Span(Model.Output.Bias);
        foreach (RidgeSolution solution in solutions)
        {
            for (int o = 0; o < solution.Outputs.Length; o++)
            {
                int output = solution.Outputs[o];
                biases[output] = (float)(scales[output] * (solution.Biases[o] - threshold));
                for (int i = 0; i < solution.Weights[o].Length; i++)
                    weights[(i * biases.Length) + output] = (float)(scales[output] * solution.Weights[o][i]);
            }
        }
        if (!TensorPrimitives.IsFiniteAll<float>(weights) || !TensorPrimitives.IsFiniteAll<float>(biases))
            throw Diverged("A weight of the output layer became infinite or NaN. Try a greater Ridge, or standardise the data");
        Model.Pack(forTraining: false);
    }

    private static TrainingDivergedException Diverged(string what) => new($"{what}.") { Epoch = 1 };
}
