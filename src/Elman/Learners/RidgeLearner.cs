using System.Numerics.Tensors;
using Elman.Fitted;
using Elman.Inference;
using Elman.Kernels;
using Elman.Models;
using Elman.Packing;
using Elman.Sequences;
using Elman.Training;
using Elman.Training.Objectives;
using Elman.Training.Ridge;
using Elman.Training.Tasks;

namespace Elman.Learners;

/// <summary>
/// Trains the output layer of a reservoir (H. Jaeger, 2001): one pass over the data adds the outputs of the readout to the sums of least
/// squares, whose solution is the output layer. No other weight is trained. The sums are stored, so that later data are added to earlier
/// ones.
/// </summary>
internal sealed class RidgeLearner(TrainingOptions options) : ILearner
{
    /// <summary>The number of sequences in a batch. It does not affect the results.</summary>
    private const int BatchSize = 64;

    private readonly Workers _workers = new(options.ResolvedThreads);
    private readonly SequenceBatch<float> _batch = new();
    private readonly ModelTape<float> _tape = new(keepsSteps: false);
    private RidgeRegression? _regression;
    private long _sequences;

    /// <summary>
    /// Leave-one-out predictions for the training cases: all cases, or a sample of them if there are more rows than features.
    /// </summary>
    public IReadOnlyDictionary<AnswerKey, float[]> LeftOut { get; private set; } = new Dictionary<AnswerKey, float[]>();

    /// <inheritdoc/>
    /// <remarks>One pass over the data. If cancelled, it solves for the data so far.</remarks>
    public FittedModel Fit(TrainingSet data, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        FittedModel start = data.Begin(options, cancellationToken);
        using Objective<float> objective = data.Task.CreateObjective(start.MeaningOf(start.Members[0]), data.Data, options);
        var report = new ProgressReport(progress, epochs: 1, data.Data.Count);
        RidgeRegression regression = NewRegression(start.Model);
        int[] order = [.. Enumerable.Range(0, data.Data.Count)];
        data.Random.Shuffle(order.AsSpan()); // matters only if training is cancelled
        int seen = 0;
        foreach (int[] indices in order.Chunk(BatchSize))
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            Add(start, data.Data, indices, objective, regression);
            seen += indices.Length;
            report.Step(seen, new EpochResult(1, double.NaN, null), rate: 0);
        }
        if (!report.Started)
            throw new OperationCanceledException("Training was cancelled before its first batch.", cancellationToken);
        (_regression, _sequences) = (regression, data.Data.Count);
        Solve(start, regression);

        EpochResult[] history = [];
        if (seen == data.Data.Count)
        {
            history = [Judge(start, data, objective) with { Elapsed = report.Elapsed }];
            report.Epoch(history[0]);
        }
        return start with
        {
            Summary = Summarise(history.FirstOrDefault(), data.Data.Count, report, cancelled: seen < data.Data.Count) with
            { GuessLoss = data.Task.GuessLossOf(data.Data, options) },
            History = history,
        };
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The loss is that of the new weights. The new data are added to a copy of the sums, which replaces them after success.
    /// </remarks>
    public double Continue(FittedModel known, SequenceDataset data)
    {
        using Objective<float> objective = known.Task.CreateObjective(known.MeaningOf(known.Members[0]), data, options);
        using var before = new Parameters<float>(known.Model.Values.Layout);
        before.CopyFrom(known.Model.Values);
        RidgeRegression regression = _regression?.Clone() ?? NewRegression(known.Model);
        try
        {
            foreach (int[] indices in Enumerable.Range(0, data.Count).Chunk(BatchSize))
                Add(known, data, indices, objective, regression);
            Solve(known, regression);
        }
        catch (TrainingDivergedException)
        {
            regression.Dispose();
            known.Model.Values.CopyFrom(before);
            known.Model.Pack(forTraining: false);
            throw;
        }
        _regression?.Dispose();
        (_regression, _sequences) = (regression, _sequences + data.Count);
        using var inference = new ModelInference(known.Model, known.Preprocessing);
        return inference.Evaluate(data, objective, _workers).Loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _regression?.Dispose();
        _tape.Dispose();
        _batch.Dispose();
        _workers.Dispose();
    }

    private RidgeRegression NewRegression(SequenceModel<float> model) => new(model.Output.InputSize, model.Output.OutputSize, _workers);

    private EpochResult Judge(FittedModel fitted, TrainingSet data, Objective<float> objective)
    {
        using var inference = new ModelInference(fitted.Model, fitted.Preprocessing);
        (double loss, double? accuracy) = inference.Evaluate(data.Data, objective, _workers);
        (double Loss, double? Accuracy)? validation =
            data.Validation is null ? null : inference.Evaluate(data.Validation, objective, _workers);
        return new EpochResult(1, loss, accuracy, validation?.Loss, validation?.Accuracy);
    }

    private TrainingSummary Summarise(EpochResult? only, int sequences, ProgressReport report, bool cancelled) => new()
    {
        Epochs = only is null ? 0 : 1,
        BestEpoch = only is null ? 0 : 1,
        TrainLoss = only?.Loss ?? double.NaN,
        ValidationLoss = only?.ValidationLoss,
        ValidationAccuracy = only?.ValidationAccuracy,
        Sequences = sequences,
        Seconds = report.Elapsed.TotalSeconds,
        SequencesPerSecond = report.SequencesPerSecond,
        Threads = _workers.Count,
        Seed = options.Seed,
        Cancelled = cancelled,
    };

    /// <summary>Adds the features of some sequences.</summary>
    private void Add(
        FittedModel fitted, SequenceDataset data, ReadOnlySpan<int> indices, Objective<float> objective, RidgeRegression regression)
    {
        SequenceModel<float> model = fitted.Model;
        _batch.Fill(data, indices, fitted.Preprocessing);
        objective.Prepare(_batch, data, indices);
        model.Forward(_batch, _tape, _workers);
        int width = model.Output.InputSize;
        NativeBuffer<float> features = model.Features(_batch, _tape);
        double[] target = new double[model.Output.OutputSize];
        for (int place = 0; place < _batch.Count; place++)
        {
            int steps = model.Spec.ReadsEveryStep ? _batch.Lengths[place] : 1;
            for (int t = 0; t < steps; t++)
            {
                int row = model.Spec.ReadsEveryStep ? _batch.RowOf(t) + place : place;
                double weight = objective.Target(_batch, row, target);
                if (weight == 0)
                    continue;
                ReadOnlySpan<float> x = RowOf(features, row, width);
                if (!TensorPrimitives.IsFiniteAll(x))
                    throw Diverged($"The reservoir's state became infinite or NaN in sequence {indices[_batch.Order[place]] + 1} of "
                        + $"'{data.Name}': training diverged. "
                        + FormattableString.Invariant($"Try a smaller SpectralRadius (it is {options.Cell.Reservoir.SpectralRadius}), ")
                        + "or a bounded activation, such as tanh");
                regression.Add(x, new RidgeCase(_sequences + indices[_batch.Order[place]], t, [.. target], weight));
            }
        }
    }

    private static unsafe ReadOnlySpan<float> RowOf(NativeBuffer<float> features, int row, int width) =>
        new(features.Start + ((nint)row * width), width);

    /// <summary>Writes the solution to the output layer.</summary>
    private void Solve(FittedModel fitted, RidgeRegression regression)
    {
        RidgeSolution[] solutions = regression.Solve(options.Ridge)
            ?? throw Diverged("The least-squares equations are too ill-conditioned to solve. "
                + (options.Ridge is double ridge
                    ? FormattableString.Invariant($"Try a larger Ridge (it is {ridge})")
                    : "Standardise the data, or set Ridge"));
        SequenceModel<float> model = fitted.Model;
        SequenceTask task = fitted.Task;
        double[] scales = task.ScoreScales(solutions, model.Output.OutputSize);
        Span<float> weights = model.Values.Span(model.Output.Weights), biases = model.Values.Span(model.Output.Bias);
        foreach (RidgeSolution solution in solutions)
        {
            for (int o = 0; o < solution.Outputs.Length; o++)
            {
                int output = solution.Outputs[o];
                biases[output] = (float)(scales[output] * (solution.Biases[o] - task.ZeroScore));
                for (int i = 0; i < solution.Weights[o].Length; i++)
                    weights[(i * biases.Length) + output] = (float)(scales[output] * solution.Weights[o][i]);
            }
        }
        if (!TensorPrimitives.IsFiniteAll<float>(weights) || !TensorPrimitives.IsFiniteAll<float>(biases))
            throw Diverged("A weight of the output layer became infinite or NaN. Try a larger Ridge, or standardise the data");
        model.Pack(forTraining: false);
        LeftOut = OutputsWithout(solutions, scales, task.ZeroScore);
    }

    /// <summary>The leave-one-out predictions of the output layer; NaN if unknown.</summary>
    private static Dictionary<AnswerKey, float[]> OutputsWithout(RidgeSolution[] solutions, double[] scales, double zero)
    {
        var outputs = new Dictionary<AnswerKey, float[]>();
        foreach (RidgeSolution solution in solutions)
        {
            foreach ((RidgeCase about, double[] scores) in solution.LeftOut)
            {
                var key = new AnswerKey((int)about.Sequence, about.Step);
                if (!outputs.TryGetValue(key, out float[]? row))
                    Array.Fill(outputs[key] = row = new float[scales.Length], float.NaN);
                for (int o = 0; o < scores.Length; o++)
                    row[solution.Outputs[o]] = (float)(scales[solution.Outputs[o]] * (scores[o] - zero));
            }
        }
        return outputs;
    }

    private static TrainingDivergedException Diverged(string what) => new($"{what}.") { Epoch = 1 };
}
