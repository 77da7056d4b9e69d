using Google.Protobuf;

namespace Elman.Onnx.Tests.Reading;

/// <summary>Files that are made to cost much: deep nesting, empty messages, lists that grow, constants that double.</summary>
public class HostileFileTests
{
    /// <summary>Memory that any file may take, and how many times its length.</summary>
    private const long FreeBytes = 40 << 20, BytesPerByte = 10;

    [Theory]
    [InlineData("")]
    [InlineData("not a model at all")]
    [InlineData("\0\0\0\0")]
    [InlineData("PK\u0003\u0004")]
    public void A_file_of_something_else_is_refused(string content) => Refused(System.Text.Encoding.Latin1.GetBytes(content));

    [Fact]
    public void A_model_of_each_single_byte_is_refused()
    {
        for (int b = 0; b < 256; b++)
            Refused([(byte)b]);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        byte[] inner = [];
        for (int level = 0; level < 10_000 && inner.Length < 60_000; level++)
            inner = Field(1, Field(5, Field(6, inner))); // a graph in an attribute of a node
        Assert.Contains("nested", Refused(Field(7, inner)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]  // nodes
    [InlineData(5)]  // tensors
    [InlineData(11)] // inputs
    [InlineData(15)] // sparse tensors
    public void Millions_of_empty_messages_are_refused_before_they_are_made(int field)
    {
        byte[] empty = new byte[4_000_000];
        for (int i = 0; i < empty.Length; i += 2)
            empty[i] = (byte)((field << 3) | 2);
        Refused(Field(7, empty));
    }

    [Fact]
    public void Millions_of_integers_of_one_byte_are_refused()
    {
        byte[] ones = new byte[4_000_000];
        Array.Fill(ones, (byte)1);
        Refused(Field(7, Field(5, Field(7, ones))));
        Refused(Field(7, Field(5, Field(1, ones))));
        Refused(Field(7, Field(1, Field(5, Field(8, ones)))));
    }

    [Fact]
    public void Constants_that_double_are_refused()
    {
        var graph = new Import.TestGraph([-1, -1, 2]);
        string value = graph.Random(1, 100, 100), integers = graph.Integers([.. Enumerable.Range(0, 1000)]);
        for (int i = 0; i < 60; i++)
        {
            value = graph.Node("Concat", [value, value], ("axis", 0));
            integers = graph.Node("Concat", [integers, integers], ("axis", 0));
        }
        Assert.Contains("memory", Refused(graph.Bytes(graph.Node("MatMul", ["x", value]))).Message, StringComparison.Ordinal);
        Assert.Contains("memory", Refused(graph.Bytes(graph.Node("Reshape", ["x", integers]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_that_double_are_refused()
    {
        var graph = new Import.TestGraph([-1, -1, 2]);
        string state = graph.Nodes("RNN", ["x", graph.Random(1, 1, 4, 2), graph.Random(1, 1, 4, 4)], 2, ("hidden_size", 4))[1];
        for (int i = 0; i < 60; i++)
            state = graph.Node("Concat", [state, state], ("axis", 0));
        Assert.Contains("pieces", Refused(graph.Bytes(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_share_large_weights_are_refused_when_the_model_would_be_much_larger_than_the_file()
    {
        var graph = new Import.TestGraph([-1, -1, 500]);
        string w = graph.Random(1, 1, 500, 500), r = graph.Random(0.1, 1, 500, 500), x = "x";
        for (int layer = 0; layer < 40; layer++)
            x = graph.Node("Squeeze", [graph.Nodes("RNN", [x, w, r], 2, ("hidden_size", 500))[0], graph.Integers(1)]);
        string last = graph.Node("Gather", [x, graph.Integer(-1)]);
        Assert.Contains("The model", Refused(graph.Bytes(graph.Node("Softmax", [last]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chain_of_many_nodes_is_walked_without_recursion()
    {
        var graph = new Import.TestGraph([-1, -1, 2]);
        string x = "x";
        for (int i = 0; i < 20_000; i++)
            x = graph.Node("Identity", [x]);
        string state = graph.Nodes("RNN", [x, graph.Random(1, 1, 4, 2), graph.Random(1, 1, 4, 4)], 2, ("hidden_size", 4))[1];
        string output = graph.Node("Softmax", [graph.Node("Squeeze", [state, graph.Integers(0)])]);
        using SequenceEstimator model = OnnxFile.Load(new MemoryStream(graph.Bytes(output))).Model;
        Assert.IsType<SequenceClassifier>(model);
    }

    [Fact]
    public void A_real_file_takes_a_bounded_amount_of_memory()
    {
        var graph = new Import.TestGraph([-1, -1, 400]);
        string[] outputs = graph.Nodes("LSTM", ["x", graph.Random(1, 1, 2000, 400), graph.Random(0.1, 1, 2000, 500)], 2,
            ("hidden_size", 500));
        byte[] file = graph.Bytes(graph.Node("Softmax", [graph.Node("Squeeze", [outputs[1], graph.Integers(0)])]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        OnnxFile.Load(new MemoryStream(file)).Model.Dispose();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * file.Length);
    }

    private static ModelFileException Refused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelFileException refused = Assert.Throws<ModelFileException>(() => OnnxFile.Load(new MemoryStream(file)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, FreeBytes + (BytesPerByte * file.Length));
        return refused;
    }

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            output.WriteTag((uint)((number << 3) | 2));
            output.WriteBytes(ByteString.CopyFrom(content));
        }
        return stream.ToArray();
    }
}
