using Elman.Files;
using Elman.Models;
using Elman.Persistence;
using Elman.Tests.Recurrent;

namespace Elman.Tests.Persistence;

/// <summary>Every model that the library trains and saves can be loaded again; others are refused before training.</summary>
public sealed class ModelLimitsTests : IDisposable
{
    private const int Most = 65_536;

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cells => ["rnn", "esn", "lstm", "auto"];

    [Theory, MemberData(nameof(Cells))]
    public void More_channels_than_a_file_may_have_are_refused_before_training(string cell)
    {
        using var classifier = new SequenceClassifier(Options(cell));
        var problem = Assert.Throws<ArgumentException>(() => classifier.Fit(Data(Most + 1, ["a", "b"])));
        Assert.StartsWith("The data have 65537 channels, which makes 65537 inputs; a model may have at most 65536. Leave channels out.",
            problem.Message, StringComparison.Ordinal);
        Assert.False(classifier.IsFitted);
    }

    [Theory, MemberData(nameof(Cells))]
    public void More_classes_than_a_file_may_have_are_refused_before_training(string cell)
    {
        using var classifier = new SequenceClassifier(Options(cell));
        var problem = Assert.Throws<ArgumentException>(() => classifier.Fit(Data(1, Names(Most + 1))));
        Assert.StartsWith("The data have 65537 classes; a model may have at most 65536.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_done_with_missing_values_counts_among_the_inputs()
    {
        using var classifier = new SequenceClassifier(Options("rnn") with { Inputs = new() { Missing = MissingValues.Indicate } });
        var problem = Assert.Throws<ArgumentException>(() => classifier.Fit(Data((Most / 2) + 1, ["a", "b"])));
        Assert.Contains("channels, which makes", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_channels_are_refused_in_the_first_of_many_parts()
    {
        using var classifier = new SequenceClassifier(Options("rnn"));
        Assert.Throws<ArgumentException>(() => classifier.PartialFit(Data(Most + 1, ["a", "b"])));
    }

    [Theory]
    [InlineData(Most, 2)]
    [InlineData(1, Most)]
    public void The_most_that_is_trained_is_loaded(int channels, int classes)
    {
        SequenceDataset data = Data(channels, Names(classes));
        using var classifier = new SequenceClassifier(Options("rnn"));
        classifier.Fit(data);
        string path = _folder.File("m.safetensors");
        classifier.Save(path);
        using SequenceClassifier loaded = SequenceClassifier.Load(path);
        Assert.Equal(classifier.PredictProbabilities(data).ToArray(), loaded.PredictProbabilities(data).ToArray());
    }

    [Theory]
    [InlineData(0xD800)] // an attribute can't hold the text itself
    [InlineData(0xDC00)]
    public void Half_of_a_surrogate_pair_in_a_name_is_refused_before_training(int half)
    {
        string name = "b" + (char)half;
        using var classifier = new SequenceClassifier(Options("rnn"));
        Assert.Contains("half of a surrogate pair", Assert.Throws<ArgumentException>(() => classifier.Fit(Data(1, ["a", name]))).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\\\u0001\u2028\t😀")]
    public void Any_other_name_is_loaded_again(string name)
    {
        using var classifier = new SequenceClassifier(Options("rnn"));
        classifier.Fit(Data(1, ["a", name]));
        string path = _folder.File("m.safetensors");
        classifier.Save(path);
        using SequenceClassifier loaded = SequenceClassifier.Load(path);
        Assert.Equal(["a", name], loaded.Classes);
    }

    [Fact]
    public void Names_that_fill_the_header_are_refused_before_training()
    {
        // A quote takes four bytes in a JSON text that is nested in another.
        string name = new('"', 6_000_000);
        using var classifier = new SequenceClassifier(Options("rnn"));
        var problem = Assert.Throws<ArgumentException>(() => classifier.Fit(Data(1, ["1" + name, "2" + name, "3" + name, "4" + name])));
        Assert.StartsWith("The names of classes, targets and channels take 960000", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_that_no_reader_takes_is_not_written()
    {
        var content = new Safetensors([], new Dictionary<string, string> { ["a"] = new('x', (int)Safetensors.MaxHeaderLength) });
        string path = _folder.File("m.safetensors");
        Assert.Contains("more than the 100000000 that a .safetensors file may have",
            Assert.Throws<ModelFileException>(() => SafetensorsWriter.Write(path, content)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void No_model_has_fewer_weights_than_its_file_must_have()
    {
        foreach (string name in CellVariants.Layers)
        {
            foreach (int[] layers in (int[][])[[1], [17], [5, 33]])
            {
                ModelSpec spec = CellVariants.Options(name).SpecFor(channels: 7, outputSize: 3) with { Layers = [.. layers] };
                if (spec.FindProblems().Count > 0)
                    continue;
                using var model = new SequenceModel<float>(spec);
                Assert.True(new MemberFile(spec).LeastBytes() <= sizeof(float) * model.Values.Layout.Count,
                    $"{name}, {spec.Layers}: {new MemberFile(spec).LeastBytes()} bytes of {sizeof(float) * model.Values.Layout.Count}");
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private static TrainingOptions Options(string cell)
    {
        var options = new TrainingOptions { Cell = cell, Threads = 1 };
        return options.IsAuto ? options : options.IsReservoir ? options with { Model = options.Model with { Layers = [1] } } : options with
        {
            Model = options.Model with { Layers = [1] },
            Epochs = 1,
        };
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => $"c{i}")];

    private static SequenceDataset Data(int channels, string[] classes) => new(channels, classes,
        Enumerable.Range(0, 4).Select(i => new Sequence(
            Enumerable.Range(0, 2 * channels).Select(v => (float)((v + i) % 7)).ToArray(), channels, i % 2)));
}
