using Elman.Files;
using Elman.Fitted;
using Elman.Persistence;

namespace Elman.Tests.Persistence;

/// <summary>The names and biases of PyTorch modules in a model file.</summary>
public sealed class ModelFilePyTorchTests : IDisposable
{
    private const string Names = """{"recurrent":[{"module":"r","layers":1,"bias":false}],"linear":{"module":"o","bias":true}}""";

    private readonly ModelFileEditing _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(Names)]
    [InlineData("""{"recurrent":[{"module":"","layers":2,"bias":true},{"module":"ü","layers":1,"bias":false}],"linear":"""
        + """{"module":"o","bias":false},"embedding":"e","types":{"a":"BF16","b":"F64"}}""")]
    public void Names_are_written_as_they_were_read(string text) => Assert.Equal(text, PyTorchJson.Write(PyTorchJson.Read(text)));

    [Fact]
    public void Names_come_back_from_a_file()
    {
        _file.WithText("elman.pytorch", Names);
        using var loaded = SequenceClassifier.Load(_file.Path);
        PyTorchOrigin origin = loaded.Fitted.PyTorch!;
        Assert.Equal(("r", "o"), (Assert.Single(origin.Recurrent).Name, origin.Linear.Name));
        using var stream = new MemoryStream(loaded.ToBytes());
        Safetensors again = SafetensorsReader.Read(stream, "again");
        Assert.Equal(("9", Names), (again.Metadata["elman.version"], again.Metadata["elman.pytorch"]));
    }

    [Theory]
    [InlineData("{", "elman.pytorch")]
    [InlineData("[]", "elman.pytorch")]
    [InlineData("{}", "no field 'recurrent'")]
    [InlineData("""{"recurrent":[],"linear":{"module":"o","bias":true}}""", "have 0 layers; the model has 1")]
    [InlineData("""{"recurrent":[{"module":"r","layers":2,"bias":false}],"linear":{"module":"o","bias":true}}""", "have 2 layers")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":false}],"linear":{"module":"r","bias":true}}""", "same name")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":1}],"linear":{"module":"o","bias":true}}""", "wrong kind")]
    [InlineData("""{"recurrent":[{"module":null,"layers":1,"bias":true}],"linear":{"module":"o","bias":true}}""", "null")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":false,"x":1}],"linear":{"module":"o","bias":true}}""", "unknown field")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":false}],"linear":{"module":"o","bias":true},"embedding":"e"}""",
        "one name of a PyTorch embedding; the model has 0")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":false}],"linear":{"module":"o","bias":true},"types":{"a":"I8"}}""",
        "the type of 'a' is 'I8'")]
    [InlineData("""{"recurrent":[{"module":"r","layers":1,"bias":true}],"linear":{"module":"o","bias":true}}""",
        "'pytorch.rnn.0.bias_ih' is missing")]
    public void Names_that_do_not_fit_the_model_are_refused(string text, string words)
    {
        _file.WithText("elman.pytorch", text);
        _file.AssertRefused(words);
    }

    [Theory]
    [InlineData("F32", 2, "[2] of type F32; the model needs [3]")]
    [InlineData("F64", 3, "of type F64")]
    [InlineData("F32", 3, "not finite")]
    public void Biases_that_do_not_fit_the_layer_are_refused(string type, int length, string words)
    {
        int size = type == "F64" ? 8 : 4;
        SafetensorsTensor wrong = new("pytorch.rnn.0.bias_ih", type, [length], [.. Enumerable.Repeat((byte)0xFF, length * size)]);
        var texts = _file.Content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary();
        texts["elman.pytorch"] = Names.Replace("false", "true", StringComparison.Ordinal);
        SafetensorsWriter.Write(_file.Path, new Safetensors([.. _file.Content.Tensors, wrong], texts));
        _file.AssertRefused(words);
        texts.Remove("elman.pytorch");
        SafetensorsWriter.Write(_file.Path, new Safetensors([.. _file.Content.Tensors, wrong], texts));
        _file.AssertRefused("'pytorch.rnn.0.bias_ih' is unexpected");
    }
}
