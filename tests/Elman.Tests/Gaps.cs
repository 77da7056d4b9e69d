namespace Elman.Tests;

/// <summary>Data with missing values, for every task.</summary>
internal static class Gaps
{
    public static readonly string[] Tasks = ["classify", "many", "tag", "regress", "forecast"];

    /// <summary>Returns complete data of two channels for a task.</summary>
    public static SequenceDataset Complete(string task, int count, int seed)
    {
        SequenceDataset waves = Waves.Create(count, seed, ragged: true, channels: 2);
        return task switch
        {
            "tag" => With(waves, Waves.Classes, null, s => s.WithStepLabels(
                Enumerable.Range(0, s.Steps).Select(t => t % 5 == 4 ? Sequence.NoLabel : (t + s.Label) % 2).ToArray())),
            "many" => With(waves, Waves.Classes, null, s => s.WithTargets(new float[] { s.Label, s.Steps % 2 })),
            "regress" => With(waves, [], ["label", "steps"], s => s.WithTargets(new float[] { s.Label, s.Steps })),
            "forecast" => With(waves, [], null, s => s),
            _ => waves,
        };
    }

    /// <summary>
    /// Returns the same data with a share of the values removed at random. In some steps both are removed, so that two channels don't hide
    /// each other's gaps.
    /// </summary>
    public static SequenceDataset In(SequenceDataset data, int seed, double share = 0.2)
    {
        var random = new SeededRandom(seed);
        return With(data, data.ClassLabels, data.TargetNames,
            s => Valued(s, [.. s.Values.ToArray().Select(v => random.NextDouble() < share ? float.NaN : v)]));
    }

    /// <summary>Returns the same data without the steps that have a gap, and without sequences that have no other step.</summary>
    public static SequenceDataset Cut(SequenceDataset data) => new(data.Channels, data.ClassLabels, data.Select(s =>
    {
        int[] kept = [.. Enumerable.Range(0, s.Steps)
            .Where(t => s.Values.Slice(t * s.Channels, s.Channels).ToArray().All(v => !float.IsNaN(v)))];
        return (Sequence: s, Kept: kept);
    }).Where(pair => pair.Kept.Length > 0).Select(pair =>
    {
        (Sequence s, int[] kept) = pair;
        Sequence cut = Valued(s, [.. kept.SelectMany(t => s.Values.Slice(t * s.Channels, s.Channels).ToArray())]);
        return s.StepLabels.IsEmpty ? cut : cut.WithStepLabels(kept.Select(t => s.StepLabels.Span[t]).ToArray());
    }), data.Name, data.TargetNames);

    /// <summary>Returns the first steps of a sequence, without labels.</summary>
    public static Sequence Start(Sequence s, int steps) => new(s.Values[..(steps * s.Channels)], s.Channels);

    public static SequenceEstimator Estimator(string task, TrainingOptions options) => task switch
    {
        "tag" => new SequenceTagger(options),
        "regress" => new SequenceRegressor(options),
        "forecast" => new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } }),
        _ => new SequenceClassifier(options),
    };

    public static SequenceEstimator Fitted(string task, TrainingOptions options, SequenceDataset data)
    {
        SequenceEstimator estimator = Estimator(task, options);
        estimator.Fit(data);
        return estimator;
    }

    /// <summary>Returns the prediction of an estimator for a sequence in one row; for labels of steps, that of the last step.</summary>
    public static float[] Answer(SequenceEstimator estimator, Sequence sequence) => estimator switch
    {
        SequenceTagger tagger => TagsOf(tagger, sequence)[^tagger.Classes.Count..],
        SequenceRegressor regressor => regressor.Predict(sequence),
        SequenceForecaster forecaster => forecaster.Predict(sequence),
        SequenceClassifier classifier => classifier.PredictProbabilities(sequence),
        _ => throw new ArgumentException("No such task.", nameof(estimator)),
    };

    /// <summary>Returns the probabilities of every step, <c>[steps, classes]</c>.</summary>
    public static float[] TagsOf(SequenceTagger tagger, Sequence sequence)
    {
        var tensor = tagger.PredictProbabilities(sequence);
        float[] rows = new float[tensor.FlattenedLength];
        tensor.FlattenTo(rows);
        return rows;
    }

    /// <summary>Returns a sequence with other values; labels of steps are kept only if the number of steps is the same.</summary>
    public static Sequence Valued(Sequence s, float[] values)
    {
        Sequence result = new Sequence(values, s.Channels, s.Label).WithTargets(s.Targets);
        return s.StepLabels.Length == result.Steps ? result.WithStepLabels(s.StepLabels) : result;
    }

    private static SequenceDataset With(
        SequenceDataset data, IReadOnlyList<string> classes, IReadOnlyList<string>? targets, Func<Sequence, Sequence> change) =>
        new(data.Channels, classes, data.Select(s => change(classes.Count == 0 ? s.WithLabel(Sequence.NoLabel) : s)), data.Name,
            targets is { Count: 0 } ? null : targets);
}
