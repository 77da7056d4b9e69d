using Elman.Onnx.Protocol;
using Elman.Onnx.Tests.Models;
using Google.Protobuf;

namespace Elman.Onnx.Tests.Import;

public sealed class ElmanGraphTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 110)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_model_that_was_written_and_read_has_the_same_bits(int seed)
    {
        using RandomModel random = RandomModel.Create(seed);
        var options = new OnnxSaveOptions { Opset = seed % 2 == 0 ? 22 : 18, IsStreaming = random.Model.CanStream && seed % 3 == 0 };
        byte[] file = OnnxFile.ToBytes(random.Model, options);
        using SequenceEstimator read = Read(ModelProto.Parser.ParseFrom(file));
        Assert.Equal(random.Model.ToBytes(), read.ToBytes());
        Assert.Equal(file, OnnxFile.ToBytes(read, options));
    }

    public static TheoryData<string> Changes => ["node", "weight", "metadata", "missing", "input", "opset"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_graph_that_was_changed_is_not_taken_for_the_model_of_its_metadata(string what)
    {
        using RandomModel random = RandomModel.Create(1);
        ModelProto file = ModelProto.Parser.ParseFrom(OnnxFile.ToBytes(random.Model));
        switch (what)
        {
            case "node":
                file.Graph.Node.Last(node => node.OpType == "Add").OpType = "Sub";
                break;
            case "weight":
                TensorProto bias = Weights(file, "output.b");
                bias.RawData = ByteString.CopyFrom(new byte[bias.RawData.Length]);
                break;
            case "metadata":
                file.MetadataProps.First(entry => entry.Key == "elman.classes").Value = "[\"other\"]";
                break;
            case "missing":
                file.Graph.Initializer.Remove(Weights(file, "output.w"));
                break;
            case "input":
                file.Graph.Input[0].Name = "y";
                break;
            default:
                file.OpsetImport[0].Version = 7;
                break;
        }
        Assert.Throws<ModelFileException>(() => Read(file));
    }

    private static TensorProto Weights(ModelProto file, string name) =>
        file.Graph.Initializer.First(tensor => tensor.Name.EndsWith(name, StringComparison.Ordinal));

    [Fact]
    public void Options_that_the_metadata_answer_are_refused()
    {
        using RandomModel random = RandomModel.Create(1);
        byte[] file = OnnxFile.ToBytes(random.Model);
        Assert.Throws<ArgumentException>(() => OnnxFile.Load(new MemoryStream(file), new OnnxLoadOptions { Names = ["a", "b"] }));
        Assert.Throws<ArgumentException>(() => OnnxFile.Load(new MemoryStream(file), new OnnxLoadOptions { Task = OnnxTask.Tag }));
    }

    [Fact]
    public void A_part_that_no_reader_knows_is_a_change()
    {
        using RandomModel random = RandomModel.Create(1);
        byte[] unknown = [0xfa, 0x7f, 1, 0]; // field 2047, one byte
        byte[] file = [.. OnnxFile.ToBytes(random.Model), .. unknown];
        Assert.Throws<ModelFileException>(() => OnnxFile.Load(new MemoryStream(file)));
    }

    private static SequenceEstimator Read(ModelProto file) => OnnxFile.Load(new MemoryStream(file.ToByteArray())).Model;
}
