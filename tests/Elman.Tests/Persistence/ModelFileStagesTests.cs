using Elman.Files;
using Elman.Persistence;

namespace Elman.Tests.Persistence;

/// <summary>The input stages are part of the model, and so of its file.</summary>
public sealed class ModelFileStagesTests : IDisposable
{
    private static readonly TrainingOptions _options = Waves.Quick with
    {
        Inputs = Waves.Quick.Inputs with { ScaleSequences = true, Differences = 1, Patch = 4 },
    };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_description_lists_the_stages_in_their_order()
    {
        using var file = new ModelFileEditing(_options);
        Assert.Equal("5", file.Content.Metadata["elman.version"]);
        Assert.Equal(
            """{"cell":"rnn","inputSize":16,"layers":[3],"stages":[{"stage":"scaleSequences"},{"stage":"differences","order":"""
                + """1},{"stage":"patch","steps":4}],"outputSize":2,"activation":"tanh"}""",
            file.Content.Metadata["elman.spec"]);
        Assert.Equal(16, MetadataJson.ReadStandardization(file.Content.Metadata["elman.standardization"]).Means.Count);
        Assert.DoesNotContain("elman.means", file.Content.Metadata.Keys);
    }

    [Fact]
    public void Differences_alone_report_it()
    {
        using var file = new ModelFileEditing(Waves.Quick with
        {
            Inputs = Waves.Quick.Inputs with { Differences = 2, DifferencesAlone = true },
        });
        const string Stages = """[{"stage":"differences","order":2,"alone":true}]""";
        Assert.Contains(Stages, file.Content.Metadata["elman.spec"], StringComparison.Ordinal);
        file.WithField("elman.spec", "stages", """[{"stage":"differences","order":2,"alone":1}]""");
        file.AssertRefused("the stage 'differences' has 'alone' 1; it must be true or false");
    }

    [Fact]
    public void The_means_that_fill_missing_values_stand_beside_the_standardisation()
    {
        using var file = new ModelFileEditing(_options with { Inputs = _options.Inputs with { Missing = MissingValues.Last } });
        Assert.Equal(2, MetadataJson.ReadNumbers(file.Content.Metadata["elman.means"]).Count);
        file.WithText("elman.means", null);
        file.AssertRefused("The means of the 2 channels are missing");
    }

    [Theory]
    [InlineData("""[]""", "the list of stages is empty")]
    [InlineData(
        """[{"stage":"wavelets"}]""", "the stage 'wavelets' is unknown; this version supports scaleSequences, differences, ngrams, "
            + "patch")]
    [InlineData("""[{}]""", "the stage '' is unknown")]
    [InlineData("""[{"stage":null}]""", "the stage '' is unknown")]
    [InlineData(
        """[{"stage":"patch","steps":4},{"stage":"patch","steps":4}]""", "the stage 'patch' comes after 'patch'; each stage can occur "
            + "once")]
    [InlineData("""[{"stage":"patch","steps":4},{"stage":"differences","order":1}]""", "the stage 'differences' comes after 'patch'")]
    [InlineData("""[{"stage":"patch","steps":1}]""", "the stage 'patch' must have 'steps' of at least 2")]
    [InlineData("""[{"stage":"patch","steps":-8}]""", "the stage 'patch' must have 'steps' of at least 2")]
    [InlineData("""[{"stage":"patch"}]""", "the stage 'patch' must have 'steps'")]
    [InlineData("""[{"stage":"patch","steps":4.5}]""", "")]
    [InlineData("""[{"stage":"patch","steps":1e99}]""", "")]
    [InlineData("""[{"stage":"patch","steps":"4"}]""", "")]
    [InlineData("""[{"stage":"patch","steps":2147483647}]""", "The inputs are 16, which its stages make of no number of channels")]
    [InlineData("""[{"stage":"patch","steps":5}]""", "The inputs are 16, which its stages make of no number of channels")]
    [InlineData("""[{"stage":"differences","order":0}]""", "the stage 'differences' must have 'order' 1 or 2")]
    [InlineData("""[{"stage":"differences","order":3}]""", "the stage 'differences' must have 'order' 1 or 2")]
    [InlineData("""[{"stage":"differences"}]""", "the stage 'differences' must have 'order' 1 or 2")]
    [InlineData("""[{"stage":"differences","order":2}]""", "The inputs are 16, which its stages make of no number of channels")]
    [InlineData("""{"stage":"patch"}""", "")]
    [InlineData("""["patch"]""", "")]
    [InlineData("""7""", "")]
    [InlineData("""null""", "")]
    public void An_unsound_list_is_refused(string stages, string reason)
    {
        using var file = new ModelFileEditing(_options);
        file.WithField("elman.spec", "stages", stages);
        file.AssertRefused(reason);
    }

    [Theory]
    [InlineData("task", "\"tag\"", "ScaleSequences needs a whole sequence")]
    [InlineData("inputSize", "24", "It standardises 16 inputs; the model has 24")]
    [InlineData("inputSize", "18", "The inputs are 18, which its stages make of no number of channels")]
    [InlineData("embeddings", """[{"channel":1,"symbols":2,"size":3}]""", "Patch is 4, but the values of Embed are symbols")]
    [InlineData("missing", "\"last\"", "The means of the 2 channels")]
    [InlineData("missing", "\"indicate\"", "")]
    public void What_does_not_go_with_the_stages_is_refused(string field, string json, string reason)
    {
        using var file = new ModelFileEditing(_options);
        file.WithField("elman.spec", field, json);
        file.AssertRefused(reason);
    }

    [Fact]
    public void A_model_without_stages_says_nothing_of_them_and_older_versions_read_it()
    {
        using SequenceClassifier saved = Waves.Fitted();
        saved.Save(_folder.File("m"));
        IReadOnlyDictionary<string, string> texts = SafetensorsReader.Read(_folder.File("m")).Metadata;
        Assert.Equal("2", texts["elman.version"]);
        Assert.DoesNotContain("stages", texts["elman.spec"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_simple_network_takes_no_stages()
    {
        using var file = new ModelFileEditing(_options);
        file.WithText("elman.kind", "simple-rnn-classifier");
        Assert.Contains("computed by preprocessing stages;",
            Assert.Throws<ModelFileException>(() => SimpleRnnClassifier<float>.Load(file.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
