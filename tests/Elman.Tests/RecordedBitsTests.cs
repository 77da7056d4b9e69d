using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Elman.Persistence;
using Elman.Tests.Recurrent;

namespace Elman.Tests;

/// <summary>
/// Hashes of trained weights and predictions, recorded in <c>Fixtures/recorded_bits.txt</c>: refactoring must not change a bit. If a change
/// is intended, use the line that the failure prints.
/// </summary>
public sealed class RecordedBitsTests : IDisposable
{
    private const int Epochs = 2;

    private static readonly Lazy<Dictionary<string, string>> _recorded = new(Recorded);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string> Cells => [.. CellVariants.Names];

    public static TheoryData<string> Chosen => [.. _chosen.Keys];

    public static TheoryData<string> Tasks => ["tag", "several", "regress", "forecast", "text", "auto", "auto forecast"];

    private static readonly Dictionary<string, TrainingOptions> _chosen = new()
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

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_cell_learns_the_recorded_bits(string name)
    {
        TrainingOptions options = CellVariants.Options(name);
        AssertRecorded($"cell {name}", new SequenceClassifier(Quick(options with { Model = options.Model with { Layers = [6] } })), Data());
    }

    [Theory]
    [MemberData(nameof(Chosen))]
    public void What_is_chosen_besides_learns_the_recorded_bits(string name)
    {
        TrainingOptions options = _chosen[name];
        AssertRecorded(
            $"options {name}", new SequenceClassifier(Quick(options)), Data(hasGaps: options.Inputs.Missing != MissingValues.Refuse));
    }

    [Theory]
    [MemberData(nameof(Tasks))]
    public void A_task_learns_the_recorded_bits(string name)
    {
        TrainingOptions options = Quick(new() { Cell = "gru", Model = new() { Layers = [6] } });
        TrainingOptions auto = TrainingOptions.Auto with { Cell = new AutoOptions { Budget = TimeSpan.FromSeconds(1) }, Threads = 2 };
        (SequenceEstimator model, SequenceDataset data) = name switch
        {
            "tag" => ((SequenceEstimator)new SequenceTagger(options), Data(areSteps: true)),
            "several" => (new SequenceClassifier(options), Data(targets: ["a", "b", "c"], classes: ["a", "b", "c"])),
            "regress" => (new SequenceRegressor(options), Data(targets: ["size", "weight"], classes: [])),
            "forecast" => (new SequenceForecaster(options with { Forecast = options.Forecast with { Horizon = 2 } }), Data()),
            "text" => (new SequenceClassifier(options with { Inputs = options.Inputs with { Ngrams = 2 } }), Texts()),
            "auto" => (new SequenceClassifier(auto), Data()),
            _ => (new SequenceForecaster(auto with { Forecast = auto.Forecast with { Horizon = 2 } }), Data()),
        };
        AssertRecorded($"task {name}", model, data);
    }

    [Fact]
    public void Nothing_else_is_recorded() => Assert.Equal(
        [.. CellVariants.Names.Select(name => $"cell {name}").Concat(_chosen.Keys.Select(name => $"options {name}"))
            .Concat(Tasks.Select(row => $"task {row.Data}")).Order(StringComparer.Ordinal)],
        _recorded.Value.Keys.Order(StringComparer.Ordinal));

    private static TrainingOptions Quick(TrainingOptions options) => CellVariants.Trained(options with
    {
        Epochs = Epochs,
        Batch = options.Batch == 1 ? 1 : 5,
        Seed = 7,
        Threads = Math.Max(1, options.Threads),
    });

    private void AssertRecorded(string name, SequenceEstimator model, SequenceDataset data)
    {
        // Initial weights use logarithms and cosines of the system's library.
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64, "recorded on Linux x64");
        using (model)
        {
            model.Fit(data, cancellationToken: TestContext.Current.CancellationToken);
            string path = _folder.File("model");
            model.Save(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (SafetensorsTensor tensor in SafetensorsReader.Read(path).Tensors.OrderBy(one => one.Name, StringComparer.Ordinal))
                hash.AppendData(tensor.Bytes);
            foreach (float[] answer in model switch
            {
                SequenceRegressor regressor => regressor.Predict(data).Rows(),
                SequenceForecaster forecaster => forecaster.Predict(data).Rows(),
                SequenceTagger tagger => data.Select(sequence => tagger.PredictProbabilities(sequence).ToArray()),
                SequenceClassifier classifier => data.Select(sequence => classifier.PredictProbabilities(sequence)),
                _ => throw new NotSupportedException(),
            })
                hash.AppendData(MemoryMarshal.AsBytes(answer.AsSpan()));
            string found = Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
            Assert.True(_recorded.Value.GetValueOrDefault(name) == found, $"recorded is another hash than: {found} {name}");
        }
    }

    /// <summary>Ragged sequences of two channels, the second of whole numbers from 0 to 3; every number is exact.</summary>
    private static SequenceDataset Data(
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

    private static SequenceDataset Texts()
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

    private static Dictionary<string, string> Recorded()
    {
        using var reader = new StreamReader(typeof(RecordedBitsTests).Assembly.GetManifestResourceStream("recorded_bits.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[17..], line => line[..16], StringComparer.Ordinal);
    }
}
