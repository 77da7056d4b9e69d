using System.Diagnostics;
using Elman.Files;

namespace Elman.Tests.Persistence;

public sealed class ModelFileRefusalTests : IDisposable
{
    private readonly ModelFileEditing _file = new();

    public static TheoryData<string> TensorNames => ["rnn.0.wx", "rnn.0.wh", "rnn.0.b", "output.w", "output.b"];

    [Fact]
    public void A_file_without_its_checksum_is_read_as_it_is()
    {
        _file.WithText("elman.crc32c", null);
        using var loaded = SequenceClassifier.Load(_file.Path);
        Assert.Equal(Waves.Classes, loaded.Classes);
    }

    [Fact]
    public void A_newer_version_is_refused_by_its_number()
    {
        _file.WithText("elman.version", "10");
        _file.AssertRefused("newer version", "format 10");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("one")]
    [InlineData("99999999999")]
    public void No_sound_version_is_not_a_model(string? version)
    {
        _file.WithText("elman.version", version);
        _file.AssertRefused("elman.version");
    }

    [Theory]
    [InlineData("elman.kind")]
    [InlineData("elman.spec")]
    [InlineData("elman.classes")]
    public void A_description_that_lacks_a_text_is_refused_by_its_key(string key)
    {
        _file.WithText(key, null);
        _file.AssertRefused(key);
    }

    [Theory]
    [InlineData("cell", "\"no-such-cell\"", "no-such-cell")]
    [InlineData("cell", "null", "cell")]
    [InlineData("cell", "1", "")]
    [InlineData("cell", null, "")]
    [InlineData("activation", "\"no-such-function\"", "no-such-function")]
    [InlineData("activation", "\"tanh(1)\"", "tanh(1)")]
    [InlineData("activation", "null", "")]
    [InlineData("activation", null, "")]
    [InlineData("inputSize", "0", "inputSize is 0")]
    [InlineData("layers", "[-1]", "Layers is -1")]
    [InlineData("layers", "[65537]", "Layers is 65537")]
    [InlineData("layers", "[3.5]", "")]
    [InlineData("layers", "[\"3\"]", "")]
    [InlineData("layers", "3", "")]
    [InlineData("layers", "[]", "Layers has 0 sizes")]
    [InlineData("layers", null, "layers is missing")]
    [InlineData("bidirectional", "true", "")]
    [InlineData("bidirectional", "\"both\"", "bidirectional is \"both\"; it may be concatenate, sum, mean, product")]
    [InlineData("residual", "true", "Residual")]
    [InlineData("residual", "1", "")]
    [InlineData("outputSize", "99999999999", "")]
    [InlineData("outputSize", null, "")]
    [InlineData("outputSize", "3", "2 different classes; the model has 3")]
    public void An_unsound_spec_is_refused(string field, string? json, string reason)
    {
        _file.WithField("elman.spec", field, json);
        _file.AssertRefused(reason);
    }

    [Theory]
    [InlineData("elman.spec", "")]
    [InlineData("elman.spec", "[]")]
    [InlineData("elman.interval", "{\"usualTicks\":0,\"longestTicks\":0}")]
    [InlineData("elman.interval", "{\"usualTicks\":2,\"longestTicks\":1}")]
    [InlineData("elman.interval", "{\"usualTicks\":2}")]
    [InlineData("elman.classes", "{}")]
    [InlineData("elman.classes", "[1,2]")]
    [InlineData("elman.classes", "[\"a\",null]")]
    [InlineData("elman.classes", "[\"a\",\"a\"]")]
    [InlineData("elman.classes", "[\"a\"]")]
    [InlineData("elman.classes", "[\"a\",\"b\",\"c\"]")]
    [InlineData("elman.standardization", "{\"means\":[1],\"deviations\":[1]}")]
    [InlineData("elman.standardization", "{\"means\":[1,2],\"deviations\":[1]}")]
    [InlineData("elman.standardization", "{\"means\":[1,2],\"deviations\":[1,0]}")]
    [InlineData("elman.standardization", "{\"means\":[1,1e999],\"deviations\":[1,1]}")]
    [InlineData("elman.standardization", "{\"means\":[1,2]}")]
    [InlineData("elman.standardization", "null")]
    [InlineData("elman.training", "{}")]
    [InlineData("elman.training", "{\"epochs\":1.5}")]
    [InlineData("elman.training", "7")]
    public void An_unsound_text_is_refused(string key, string text)
    {
        _file.WithText(key, text);
        _file.AssertRefused();
    }

    [Theory]
    [InlineData("elman.spec", "", "elman.spec: it is not valid JSON at byte 1 of line 1.")]
    [InlineData("elman.spec", "{\"cell\":", "elman.spec: it is not valid JSON at byte 9 of line 1.")]
    [InlineData("elman.spec", "{\"cell\":\"rnn\",\"cell\":\"lstm\"}", "elman.spec: an object has the same name twice.")]
    [InlineData("elman.training", "{\"epochs\":1,\"epochs\":2}", "elman.training: an object has the same name twice.")]
    [InlineData("elman.standardization", "{\"means\":[1,2],\"means\":[1,2],\"deviations\":[1,1]}", "the same name twice")]
    [InlineData("elman.columns", "{\"long\":false,\"long\":true}", "elman.columns: an object has the same name twice.")]
    [InlineData("elman.offsets", "{\"channels\":[],\"targets\":{\"a\":1,\"a\":2}}", "elman.offsets: an object has the same name twice.")]
    [InlineData("elman.training", "{\"epochs\":1.5}", "elman.training: a value is of the wrong kind or out of range.")]
    [InlineData("elman.training", "7", "elman.training: a value is of the wrong kind or out of range.")]
    [InlineData("elman.classes", "[1,2]", "elman.classes: a value is of the wrong kind or out of range.")]
    [InlineData("elman.classes", "[\"a\",null]", "elman.classes: a name is null.")]
    public void What_is_wrong_with_a_text_is_said_in_our_words(string key, string text, string says)
    {
        _file.WithText(key, text);
        _file.AssertRefused(says);
    }

    [Fact]
    public void A_kind_that_does_not_do_the_task_of_the_model_is_refused()
    {
        _file.WithText("elman.kind", "sequence-tagger");
        var e = Assert.Throws<ModelFileException>(() => SequenceTagger.Load(_file.Path));
        Assert.Contains(
            "It is a sequence-tagger, but its model has the task of a sequence-classifier.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scales_of_targets_are_refused_where_there_are_none()
    {
        _file.WithText("elman.targetScale", "{\"means\":[0,0],\"deviations\":[1,1]}");
        _file.AssertRefused("It scales 2 targets; the model has 0.");
    }

    [Fact]
    public void Scales_of_another_number_of_targets_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var regressor = new SequenceRegressor(Melodies.Quick with { Epochs = 1 });
        regressor.Fit(Melodies.Counted(8, seed: 1));
        regressor.Save(folder.File("m"));
        Safetensors content = SafetensorsReader.Read(folder.File("m"));
        var texts = content.Metadata.Where(pair => pair.Key != "elman.crc32c").ToDictionary();
        texts["elman.targetScale"] = "{\"means\":[0],\"deviations\":[1]}";
        SafetensorsWriter.Write(folder.File("m"), content with { Metadata = texts });
        Assert.Contains("It scales 1 target; the model has 2.",
            Assert.Throws<ModelFileException>(() => SequenceRegressor.Load(folder.File("m"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(TensorNames))]
    public void A_missing_tensor_is_refused_by_name(string name)
    {
        _file.WithTensors(tensor => tensor.Name == name ? [] : [tensor]);
        _file.AssertRefused($"Tensor '{name}' is missing");
    }

    [Theory]
    [InlineData("output.c")]
    [InlineData("")]
    [InlineData("rnn.1.wx")]
    public void A_tensor_left_over_is_refused_by_name(string name)
    {
        _file.WithTensors(tensor => tensor.Name == "output.b" ? [tensor, tensor with { Name = name }] : [tensor]);
        _file.AssertRefused($"Tensor '{name}' is unexpected");
    }

    [Theory]
    [InlineData("rnn.0.wx", 3, 2)]
    [InlineData("rnn.0.wx", 6)]
    [InlineData("rnn.0.wh", 9, 1)]
    [InlineData("rnn.0.b", 1, 3)]
    [InlineData("output.w", 2, 3)]
    [InlineData("output.b", 1)]
    [InlineData("output.b", 3)]
    [InlineData("output.b", 0)]
    public void A_tensor_of_another_shape_is_refused_by_name(string name, params int[] shape)
    {
        _file.WithTensors(tensor => [tensor.Name == name
            ? tensor with { Shape = [.. shape.Select(length => (long)length)], Bytes = new byte[4 * shape.Aggregate(1, (a, b) => a * b)] }
            : tensor]);
        _file.AssertRefused($"Tensor '{name}' is [{string.Join(", ", shape)}]; the model needs [");
    }

    [Theory]
    [InlineData("F64", 8)]
    [InlineData("I32", 4)]
    [InlineData("F16", 2)]
    public void A_tensor_of_another_type_is_refused_by_name(string type, int size)
    {
        _file.WithTensors(tensor => [tensor.Name == "rnn.0.wh" ? tensor with { ElementType = type, Bytes = new byte[9 * size] } : tensor]);
        _file.AssertRefused($"Tensor 'rnn.0.wh' has type {type}; the model needs F32");
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "∞")]
    [InlineData(float.NegativeInfinity, "-∞")]
    public void A_weight_that_is_not_finite_is_refused_by_name(float value, string text)
    {
        _file.WithTensors(tensor =>
        {
            byte[] bytes = [.. tensor.Bytes];
            if (tensor.Name == "output.w")
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - sizeof(float)), value);
            return [tensor with { Bytes = bytes }];
        });
        _file.AssertRefused($"Tensor 'output.w' has the value {text.Replace("∞", "Infinity", StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData(65_536, 65_536)]
    [InlineData(65_536, 4_000)]
    [InlineData(2, 16_000)]
    [InlineData(65_536, 3)]
    public void A_small_file_that_claims_huge_sizes_takes_no_memory(int inputSize, int hiddenSize)
    {
        using var file = new ModelFileEditing(standardize: false);
        using var process = Process.GetCurrentProcess();
        long before = process.PeakWorkingSet64;
        file.WithText(
            "elman.spec", $$"""{"cell":"rnn","inputSize":{{inputSize}},"layers":[{{hiddenSize}}],"outputSize":2,"activation":"tanh"}""");
        file.AssertRefused();
        process.Refresh();
        Assert.True(process.PeakWorkingSet64 - before < 600_000_000);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("no such file", Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(folder.File("none"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("no such file", Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(folder.File("no/folder"))).Message,
            StringComparison.Ordinal);
        Assert.Contains("directory", Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(folder.File("."))).Message,
            StringComparison.Ordinal);
        Assert.Contains("it has 0 bytes",
            Assert.Throws<ModelFileException>(() => SequenceClassifier.Load(folder.File("empty", []))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void A_path_that_is_none_is_refused(string? path)
    {
        Assert.ThrowsAny<ArgumentException>(() => SequenceClassifier.Load(path!));
        Assert.ThrowsAny<ArgumentException>(() => SimpleRnnClassifier<float>.Load(path!));
    }

    public void Dispose() => _file.Dispose();
}
