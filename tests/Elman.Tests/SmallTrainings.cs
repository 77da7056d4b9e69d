using Elman.Tests.Recurrent;

namespace Elman.Tests;

/// <summary>Small trainings that cover the tasks and the options: each is exact, quick, and the same on every machine.</summary>
public static class SmallTrainings
{
    private const int Epochs = 2;

    /// <summary>The names of the tasks, for <see cref="OfTask"/>.</summary>
    public static IReadOnlyList<string> Tasks { get; } =
        ["tag", "several", "regress", "forecast", "text", "auto", "auto forecast"];

    /// <summary>Options of a classifier, each with a name.</summary>
    public static IReadOnlyDictionary<string, TrainingOptions> Options { get; } = new Dictionary<string, TrainingOptions>
    {
        ["layers"] = new() { Cell = "gru", Model = new() { Layers = [7, 5] }, Dropout = 0.25, RecurrentDropout = 0.25 },
        ["both directions"] = new()
        {
            Cell = "lstm",
            Model = new() { Layers = [5, 5], Bidirectional = true, Merge = DirectionMerge.Sum, Residual = true },
        },
        ["concatenated"] = new()
        {
            Cell = "rnn",
            Model = new() { Layers = [5], Bidirectional = true, Readout = Readout.Attention, Zoneout = 0.25 },
        },
        ["mean"] = new() { Cell = "mingru", Model = new() { Readout = Readout.Mean, Layers = [6] } },
        ["maximum"] = new() { Cell = "minlstm", Model = new() { Readout = Readout.Max, Layers = [6] } },
        ["counts"] = new() { Cell = "gru", Model = new() { Readout = Readout.Counts, Layers = [6] } },
        ["reservoir counts"] = new() { Cell = "oscillator", Model = new() { Readout = Readout.CountsFull, Layers = [10] } },
        ["truncated"] = new() { Cell = "lstm", Model = new() { Layers = [6] }, Truncate = 4 },
        ["checkpoints"] = new() { Cell = "gru", Model = new() { Layers = [6] }, GradientCheckpointing = true },
        ["sgd"] = new()
        {
            Optimizer = OptimizerKind.Sgd,
            Momentum = 0.8,
            Clip = 0.5,
            Model = new() { Layers = [6] },
            Schedule = LearningRateSchedule.Constant
        },
        ["nesterov"] = new() { Optimizer = OptimizerKind.Nesterov, Model = new() { Layers = [6] } },
        ["adamw"] = new() { Optimizer = OptimizerKind.AdamW, WeightDecay = 0.1, Model = new() { Layers = [6] } },
        ["loss"] = new() { Loss = Loss.Parse("focal(2)"), ClassWeights = ClassWeights.Balanced, Model = new() { Layers = [6] } },
        ["smoothed"] = new() { LabelSmoothing = 0.1, Model = new() { Layers = [6] }, Init = WeightInitialization.Origin },
        ["validation"] = new() { Validation = 0.25, Patience = 1, Model = new() { Layers = [6] } },
        ["mask"] = new() { Inputs = new() { Missing = MissingValues.Mask }, Model = new() { Layers = [6] } },
        ["indicate"] = new() { Inputs = new() { Missing = MissingValues.Indicate, Differences = 1 }, Model = new() { Layers = [6] } },
        ["stages"] = new()
        {
            Inputs = new() { ScaleSequences = true, Differences = 2, DifferencesAlone = true, Patch = 3 },
            Model = new() { Layers = [6] },
        },
        ["symbols"] = new() { Inputs = new() { Embed = Embeddings.Parse("2:3") }, Model = new() { Layers = [6] }, Cell = "gru" },
        ["threads"] = new() { Cell = "lstm", Model = new() { Layers = [24] }, Batch = 1, Threads = 2 },
    };

    /// <summary>Returns a new classifier with some of the options, and its data.</summary>
    public static (SequenceEstimator Model, SequenceDataset Data) OfOptions(string name)
    {
        TrainingOptions options = Options[name];
        return (new SequenceClassifier(Quick(options)), Data(hasGaps: options.Inputs.Missing != MissingValues.Refuse));
    }

    /// <summary>Returns a new model of a task, and its data.</summary>
    public static (SequenceEstimator Model, SequenceDataset Data) OfTask(string name)
    {
        TrainingOptions options = Quick(new() { Cell = "gru", Model = new() { Layers = [6] } });
        TrainingOptions auto = TrainingOptions.Auto with { Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(1) }, Threads = 2 };
        return name switch
        {
            "tag" => ((SequenceEstimator)new SequenceTagger(options), Data(areSteps: true)),
            "several" => (new SequenceClassifier(options), Data(targets: ["a", "b", "c"], classes: ["a", "b", "c"])),
            "regress" => (new SequenceRegressor(options), Data(targets: ["size", "weight"], classes: [])),
            "forecast" => (new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } }), Data()),
            "text" => (new SequenceClassifier(options with { Inputs = options.Inputs with { Ngrams = 2 } }), Texts()),
            "auto" => (new SequenceClassifier(auto), Data()),
            _ => (new SequenceForecaster(auto with { Forecast = auto.Forecast with { Horizon = 2 } }), Data()),
        };
    }

    /// <summary>Returns the options for a training that is quick.</summary>
    public static TrainingOptions Quick(TrainingOptions options) => CellVariants.Trained(options with
    {
        Epochs = Epochs,
        Batch = options.Batch == 1 ? 1 : 5,
        Seed = 7,
        Threads = Math.Max(1, options.Threads),
    });

    /// <summary>Returns the predictions of a model.</summary>
    public static IEnumerable<float[]> Answers(SequenceEstimator model, SequenceDataset data) => model switch
    {
        SequenceRegressor regressor => regressor.Predict(data).Rows(),
        SequenceForecaster forecaster => forecaster.Predict(data).Rows(),
        SequenceTagger tagger => data.Select(sequence => tagger.PredictProbabilities(sequence).ToArray()),
        SequenceClassifier classifier => data.Select(sequence => classifier.PredictProbabilities(sequence)),
        _ => throw new NotSupportedException(),
    };

    /// <summary>Ragged sequences of two channels, the second of whole numbers from 0 to 3; every number is exact.</summary>
    public static SequenceDataset Data(
        bool hasGaps = false, bool areSteps = false, string[]? targets = null, string[]? classes = null)
    {
        var random = new SeededRandom(11);
        classes ??= ["a", "b", "c"];
        return new SequenceDataset(2, classes, Enumerable.Range(0, 21).Select(i =>
        {
            int steps = 6 + (i % 7);
            var values = new float[2 * steps];
            for (int t = 0; t < steps; t++)
            {
                values[2 * t] = hasGaps && random.NextInt32(5) == 0 ? float.NaN : (random.NextInt32(33) - 16 + (i % 3 * t)) / 8f;
                values[(2 * t) + 1] = random.NextInt32(4);
            }
            var sequence = new Sequence(values, 2);
            return targets is not null
                ? sequence.WithTargets(targets.Select((_, k) => classes.Length > 0 ? (i + k) % 2 : (i % 3) + (k * 0.5f)).ToArray())
                : areSteps ? sequence.WithStepLabels(Enumerable.Range(0, steps).Select(t => (i + t) % 3).ToArray())
                : sequence.WithLabel(i % 3);
        }), "data", targets);
    }

    public static SequenceDataset Texts()
    {
        var random = new SeededRandom(3);
        SequenceDatasetBuilder builder = SequenceDatasetBuilder.ForText(TextTokens.Characters);
        for (int i = 0; i < 20; i++)
        {
            string text = string.Concat(Enumerable.Range(0, 4 + (i % 3)).Select(_ => (char)('a' + random.NextInt32(3) + (i % 2))));
            builder.Add(text, i % 2 == 0 ? "u" : "v");
        }
        return builder.Build();
    }
}
