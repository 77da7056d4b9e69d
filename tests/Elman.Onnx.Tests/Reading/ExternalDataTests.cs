using Elman.Onnx.Protocol;

namespace Elman.Onnx.Tests.Reading;

/// <summary>Tensors in another file beside the model.</summary>
public sealed class ExternalDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("elman-onnx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_tensor_in_another_file_of_the_folder_is_read()
    {
        byte[] whole = Graph(out _);
        string path = Write("weights.bin", offset: 8);
        float[] values = [1, 2, 3, -1];
        Assert.Equal(
            Import.Oracle.Predict(OnnxFile.Load(new MemoryStream(whole)).Model, values, 2),
            Import.Oracle.Predict(OnnxFile.Load(path).Model, values, 2));
    }

    [Theory]
    [InlineData("../weights.bin")]
    [InlineData("/etc/passwd")]
    [InlineData("sub/weights.bin")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("C:weights.bin")]
    public void A_file_outside_the_folder_is_refused_by_name(string location)
    {
        string path = Write("weights.bin", location: location);
        Assert.Contains("only a file in the folder", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_short_or_linked_file_is_refused_by_name()
    {
        string path = Write("weights.bin");
        string file = Path.Combine(_folder, "weights.bin");
        byte[] bytes = File.ReadAllBytes(file);
        File.WriteAllBytes(file, bytes[..^1]);
        Assert.Contains("has only", Refused(path), StringComparison.Ordinal);
        File.Delete(file);
        Assert.Contains("'weights.bin', which is not in the folder", Refused(path), StringComparison.Ordinal);
        File.WriteAllBytes(Path.Combine(_folder, "other.bin"), bytes);
        File.CreateSymbolicLink(file, Path.Combine(_folder, "other.bin"));
        Assert.Contains("link", Refused(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("offset", "-1")]
    [InlineData("offset", "99999999999999999999")]
    [InlineData("offset", "9223372036854775807")]
    [InlineData("length", "3")]
    [InlineData("length", "x")]
    public void A_wrong_place_is_refused(string key, string value)
    {
        string path = Write("weights.bin", entry: (key, value));
        Assert.Contains("Tensor ", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_has_no_other_files()
    {
        string path = Write("weights.bin");
        using FileStream stream = File.OpenRead(path);
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OnnxFile.Load(stream));
        Assert.Contains("load the model by its path", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_folder_is_refused()
    {
        Assert.Contains("no such file", Refused(Path.Combine(_folder, "none.onnx")), StringComparison.Ordinal);
        Refused(_folder);
        Assert.Throws<ArgumentException>(() => OnnxFile.Load(" "));
    }

    private static string Refused(string path)
    {
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OnnxFile.Load(path));
        Assert.Equal(path, refused.FilePath);
        return refused.Message;
    }

    private static byte[] Graph(out ModelProto model)
    {
        var graph = new Import.TestGraph([-1, -1, 2]);
        string[] outputs = graph.Nodes("RNN", [graph.Node("Transpose", ["x"], ("perm", new long[] { 1, 0, 2 })), graph.Random(1, 1, 4, 2),
            graph.Random(1, 1, 4, 4)], 2, ("hidden_size", 4));
        byte[] bytes = graph.Bytes(graph.Node("Softmax", [graph.Node("Squeeze", [outputs[1], graph.Integers(0)])]));
        model = graph.Model;
        return bytes;
    }

    /// <summary>Writes a model whose first tensor is in another file.</summary>
    private string Write(string file, int offset = 0, string? location = null, (string Key, string Value)? entry = null)
    {
        Graph(out ModelProto model);
        TensorProto tensor = model.Graph.Initializer[0];
        File.WriteAllBytes(Path.Combine(_folder, file), [.. new byte[offset], .. tensor.RawData.Span]);
        tensor.ClearRawData();
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location ?? file });
        if (entry is { } wrong)
            tensor.ExternalData.Add(new StringStringEntryProto { Key = wrong.Key, Value = wrong.Value });
        else
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = $"{offset}" });
        string path = Path.Combine(_folder, "model.onnx");
        using FileStream stream = File.Create(path);
        using var output = new Google.Protobuf.CodedOutputStream(stream);
        model.WriteTo(output);
        return path;
    }
}
