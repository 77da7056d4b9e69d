using Elman.Files;

namespace Elman.Tests.Persistence;

/// <summary>The description of text in a model file is accepted only if it is exactly right.</summary>
public sealed class ModelFileTextRefusalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("m");

    [Theory]
    [InlineData("\"symbols\":[\"a\",", "\"symbols\":[\"b\",", "'b' is in the vocabulary twice")]
    [InlineData("\"symbols\":[\"a\",", "\"symbols\":[\"aa\",", "'aa' can't be in a vocabulary of characters")]
    [InlineData("\"symbols\":[\"a\",", "\"symbols\":[null,", "a symbol is null")]
    [InlineData("\"symbols\":[\"a\",", "\"symbols\":[\"\\uD83D\",", "")]
    [InlineData("\"symbols\":[\"a\",", "\"symbols\":[", "A vocabulary of 7 symbols has 8 counts")]
    [InlineData("\"counts\":[", "\"counts\":[-1,", "A vocabulary of 8 symbols has 9 counts")]
    [InlineData("\"counts\":[", "\"counts\":[1.5,", "")]
    [InlineData("\"tokens\":\"characters\"", "\"tokens\":\"syllables\"", "it may be characters, words, whole")]
    [InlineData("\"tokens\":\"characters\",", "", "tokens is missing")]
    [InlineData("\"channel\":1", "\"channel\":0", "a vocabulary is for channel 0")]
    [InlineData("\"channel\":1", "\"channel\":2", "It has a vocabulary for channel 2; the model has 1 channel")]
    [InlineData("\"channel\":1", "\"channel\":2000000000", "a vocabulary is for channel 2000000000")]
    public void An_unsound_vocabulary_is_refused(string part, string by, string says)
    {
        Safetensors content = Saved();
        AssertRefused(
            content, "elman.vocabularies", content.Metadata["elman.vocabularies"].Replace(part, by, StringComparison.Ordinal), says);
    }

    [Fact]
    public void A_vocabulary_of_another_size_than_the_table_is_refused()
    {
        Safetensors content = Saved();
        AssertRefused(content, "elman.vocabularies",
            "[{\"channel\":1,\"tokens\":\"characters\",\"symbols\":[\"a\"],\"counts\":[1]}]", "has 1 symbols; the model's embedding table");
        AssertRefused(content, "elman.vocabularies", "[]", "the list of vocabularies is empty");
        AssertRefused(content, "elman.vocabularies", "{}", "");
    }

    [Theory]
    [InlineData("\"longest\":2", "\"longest\":5", "must have 'longest' from 2 to 4")]
    [InlineData("\"longest\":2", "\"longest\":1", "must have 'longest' from 2 to 4")]
    [InlineData("\"longest\":2", "\"longest\":3", "The inputs are 3")]
    [InlineData("\"endings\":true,", "", "Tensor 'rnn.0.wx' is [48, 18]; the model needs [49, 18]")]
    [InlineData("\"keys\":[", "\"keys\":[4294967295,", "the keys of n-grams are not ascending.")]
    [InlineData("\"keys\":[", "\"keys\":[-1,", "")]
    [InlineData("\"keys\":[", "\"keys\":[0,", "Tensor 'embedding.1.ngrams' is")]
    [InlineData("\"keys\":", "\"kays\":", "the stage 'ngrams' has no keys")]
    public void Unsound_ngrams_are_refused(string part, string by, string says)
    {
        Safetensors content = Saved();
        AssertRefused(content, "elman.spec", content.Metadata["elman.spec"].Replace(part, by, StringComparison.Ordinal), says);
    }

    [Fact]
    public void A_file_of_text_says_version_8()
    {
        Safetensors content = Saved();
        Assert.Equal("8", content.Metadata["elman.version"]);
        Assert.StartsWith("[{\"channel\":1,\"tokens\":\"characters\",\"symbols\":[\"a\",\"b\",", content.Metadata["elman.vocabularies"],
            StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private Safetensors Saved()
    {
        using SequenceClassifier classifier = Names.Fitted(Names.Quick with
        {
            Inputs = Names.Quick.Inputs with { Ngrams = 2, Endings = true },
        });
        classifier.Save(Path);
        return SafetensorsReader.Read(Path);
    }

    private void AssertRefused(Safetensors content, string key, string text, string says)
    {
        Assert.NotEqual(content.Metadata[key], text);
        var texts = content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary();
        texts[key] = text;
        SafetensorsWriter.Write(Path, content with { Metadata = texts });
        string message = Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(Path)).Message;
        Assert.True(message.Contains(says, StringComparison.Ordinal), message);
    }
}
