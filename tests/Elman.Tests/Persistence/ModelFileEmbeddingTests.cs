using Elman.Files;
using Elman.Tests.Kernels;

namespace Elman.Tests.Persistence;

/// <summary>Embedding tables of symbols in a model file.</summary>
public sealed class ModelFileEmbeddingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("classify", MissingValues.Refuse)]
    [InlineData("tag", MissingValues.Mask)]
    [InlineData("regress", MissingValues.Last)]
    public void Embeddings_round_trip(string task, MissingValues way)
    {
        SequenceDataset data = Codes.Create(task, 16, seed: 1, gaps: way == MissingValues.Refuse ? 0 : 0.1);
        using SequenceEstimator saved = Gaps.Fitted(task, Codes.Quick with { Inputs = Codes.Quick.Inputs with { Missing = way } }, data);
        saved.Save(_folder.File("1"));
        using var loaded = SequenceEstimator.LoadAny(_folder.File("1"));
        Assert.Equal(Embeddings.Parse("1:3"), loaded.Options.Inputs.Embed);
        foreach (Sequence sequence in data)
            SameBits.Assert<float>(Gaps.Answer(saved, sequence), Gaps.Answer(loaded, sequence));
        loaded.Save(_folder.File("2"));
        Assert.Equal(File.ReadAllBytes(_folder.File("1")), File.ReadAllBytes(_folder.File("2")));

        Safetensors content = SafetensorsReader.Read(_folder.File("1"));
        Assert.Equal("4", content.Metadata["elman.version"]);
        Assert.Contains(
            "\"embeddings\":[{\"channel\":1,\"symbols\":7,\"size\":3}]", content.Metadata["elman.spec"], StringComparison.Ordinal);
        Assert.Equal([7, 3], content.Tensors.Single(tensor => tensor.Name == "embedding.1.w").Shape);
    }

    [Theory]
    [InlineData(MissingValues.Refuse, "2")]
    [InlineData(MissingValues.Mask, "3")]
    public void A_file_without_them_does_not_mention_them_and_older_versions_read_it(MissingValues way, string version)
    {
        using SequenceClassifier saved = Waves.Fitted(Waves.Quick with { Inputs = Waves.Quick.Inputs with { Missing = way } });
        saved.Save(_folder.File("m"));
        Safetensors content = SafetensorsReader.Read(_folder.File("m"));
        Assert.Equal(version, content.Metadata["elman.version"]);
        Assert.DoesNotContain("embedding", content.Metadata["elman.spec"] + string.Concat(content.Tensors.Select(tensor => tensor.Name)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{\"channel\":0,\"symbols\":7,\"size\":3}]", "Embed names channel 0; the data have 2.")]
    [InlineData("[{\"channel\":3,\"symbols\":7,\"size\":3}]", "Embed names channel 3; the data have 2.")]
    [InlineData("[{\"channel\":1,\"symbols\":0,\"size\":3}]", "Embed may have 1 to 1048576 symbols of a channel")]
    [InlineData("[{\"channel\":1,\"symbols\":1048577,\"size\":3}]", "Embed may have 1 to 1048576 symbols of a channel")]
    [InlineData("[{\"channel\":1,\"symbols\":7,\"size\":0}]", "in vectors of 1 to 65536 numbers")]
    [InlineData("[{\"channel\":1,\"symbols\":7,\"size\":65536}]", "Embed makes 65537 numbers of a step")]
    [InlineData(
        "[{\"channel\":1,\"symbols\":7,\"size\":3},{\"channel\":1,\"symbols\":7,\"size\":3}]", "Embed names a channel more than once")]
    [InlineData("[{\"channel\":1,\"symbols\":1048576,\"size\":60000}]", "tensors are missing")]
    [InlineData("[{\"channel\":1,\"symbols\":7}]", "size is missing")]
    [InlineData("[{\"channel\":1,\"symbols\":7,\"size\":3}]", "It standardises channel 1, whose values are symbols.")]
    [InlineData("{}", "")]
    [InlineData("[1]", "")]
    [InlineData("[]", null)]
    public void An_unsound_description_is_refused(string json, string? reason)
    {
        using var file = new ModelFileEditing(standardize: reason?.StartsWith("It standardises", StringComparison.Ordinal) == true);
        file.WithField("elman.spec", "embeddings", json);
        if (reason is null)
            SequenceClassifier.Load(file.Path).Dispose();
        else
            file.AssertRefused(reason);
    }

    [Theory]
    [InlineData("{\"means\":[0.5,0],\"deviations\":[1,1]}")]
    [InlineData("{\"means\":[0,0],\"deviations\":[2,1]}")]
    public void A_channel_of_symbols_may_be_neither_shifted_nor_scaled(string standardization)
    {
        using var file = new ModelFileEditing();
        file.WithText("elman.standardization", standardization, "embeddings", "[{\"channel\":1,\"symbols\":7,\"size\":3}]");
        file.AssertRefused("It standardises channel 1, whose values are symbols.");
    }

    public void Dispose() => _folder.Dispose();
}
