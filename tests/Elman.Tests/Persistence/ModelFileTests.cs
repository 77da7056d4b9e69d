using Elman.Files;

namespace Elman.Tests.Persistence;

public sealed class ModelFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true, "tanh")]
    [InlineData(false, "relu")]
    [InlineData(true, "scaled-tanh(1.7159, 0.6666666666666666)")]
    [InlineData(true, "elu(0.30000000000000004)")]
    public void A_classifier_that_was_saved_and_loaded_answers_with_the_same_bits(bool standardize, string activation)
    {
        using SequenceClassifier saved = Waves.Fitted(
            Waves.Quick with
            {
                Inputs = Waves.Quick.Inputs with { Standardize = standardize },
                Cell = new RnnOptions { Activation = Activation.Parse(activation) },
            });
        saved.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        Assert.Equal(saved.PredictProbabilities(Waves.Create(30, seed: 9, ragged: true)),
            loaded.PredictProbabilities(Waves.Create(30, seed: 9, ragged: true)));
        Assert.Equal(saved.Classes, loaded.Classes);
        Assert.Equal((saved.Channels, saved.ParameterCount, activation, standardize),
            (loaded.Channels, loaded.ParameterCount, ((RnnOptions)loaded.Options.Cell).Activation.Name, loaded.Options.Inputs.Standardize));
    }

    [Fact]
    public void Saving_what_was_loaded_gives_the_same_file()
    {
        using SequenceClassifier saved = Waves.Fitted();
        saved.Save(_folder.File("1"));
        using var loaded = SequenceClassifier.Load(_folder.File("1"));
        loaded.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));
    }

    [Fact]
    public void The_summary_round_trips_except_what_differs_from_run_to_run()
    {
        using SequenceClassifier saved = Waves.Fitted(Waves.Quick with { Validation = 0.25, Seed = -7 });
        saved.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        Assert.Equal(saved.Summary! with { Seconds = null, SequencesPerSecond = null, Threads = null }, loaded.Summary);
        Assert.Empty(loaded.History);
    }

    [Fact]
    public void Class_names_of_any_kind_round_trip()
    {
        string[] names = ["", "\"quoted\"", "ünï 漢 😀", "a\nb", "{}", "1.0"];
        var data = new SequenceDataset(1, names, names.Select((_, i) => new Sequence(new float[] { i, 2 * i }, 1, i)));
        using var saved = new SequenceClassifier(Waves.Quick with { Epochs = 1 });
        saved.Fit(data);
        saved.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        Assert.Equal(names, loaded.Classes);
    }

    [Fact]
    public void The_metadata_say_what_the_model_is()
    {
        var data = new SequenceDataset(2, ["no", "yes"], [new(new float[] { 1, 5, 3, 5 }, 2, 0), new(new float[] { 1, 5, 3, 5 }, 2, 1)]);
        using var classifier = new SequenceClassifier(
            new TrainingOptions
            {
                Model = new() { Layers = [3] },
                Epochs = 2,
                Cell = new RnnOptions { Activation = Activation.LeakyRelu(0.25) },
                Seed = 4,
            });
        TrainingSummary summary = classifier.Fit(data);
        classifier.Save(_folder.File("m"));
        IReadOnlyDictionary<string, string> texts = SafetensorsReader.Read(_folder.File("m")).Metadata;

        Assert.Equal(
            ["elman.classes", "elman.crc32c", "elman.kind", "elman.spec", "elman.standardization", "elman.training", "elman.version"],
            texts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("2", texts["elman.version"]);
        Assert.Equal("sequence-classifier", texts["elman.kind"]);
        Assert.Equal("""{"cell":"rnn","inputSize":2,"layers":[3],"outputSize":2,"activation":"leaky-relu(0.25)"}""", texts["elman.spec"]);
        Assert.Equal("""["no","yes"]""", texts["elman.classes"]);
        Assert.Equal("""{"means":[2,5],"deviations":[1,1]}""", texts["elman.standardization"]);
        Assert.Equal(
            FormattableString.Invariant($$"""{"epochs":2,"bestEpoch":2,"trainLoss":{{summary.TrainLoss:R}}""")
                + FormattableString.Invariant($$""","guessLoss":{{Math.Log(2):R}},"sequences":2,"seed":4,"cancelled":false}"""),
            texts["elman.training"]);
        Assert.Matches("^[0-9a-f]{8}$", texts["elman.crc32c"]);
    }

    [Fact]
    public void The_tensors_are_the_weights_by_name()
    {
        using SequenceClassifier classifier = Waves.Fitted(channels: 3);
        classifier.Save(_folder.File("m"));
        Assert.Equal(
            ["output.b F32 [2]", "output.w F32 [8, 2]", "rnn.0.b F32 [8]", "rnn.0.wh F32 [8, 8]", "rnn.0.wx F32 [3, 8]"],
            SafetensorsReader.Read(_folder.File("m")).Tensors.Select(t => $"{t.Name} {t.ElementType} [{string.Join(", ", t.Shape)}]"));
    }

    [Fact]
    public void A_classifier_that_has_learned_nothing_has_nothing_to_save()
    {
        using var classifier = new SequenceClassifier();
        Assert.Throws<InvalidOperationException>(() => classifier.Save(_folder.File("m")));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_loaded_classifier_can_learn_again()
    {
        using SequenceClassifier saved = Waves.Fitted();
        saved.Save(_folder.File("m"));
        using var loaded = SequenceClassifier.Load(_folder.File("m"));
        Assert.Equal(100, loaded.Fit(Waves.Create(4, seed: 1)).Epochs);
    }

    public void Dispose() => _folder.Dispose();
}
