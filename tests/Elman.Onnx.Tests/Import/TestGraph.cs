using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;
using Google.Protobuf;
using AttributeType = Elman.Onnx.Protocol.AttributeProto.Types.AttributeType;

namespace Elman.Onnx.Tests.Import;

/// <summary>Builds graphs for tests, with random weights.</summary>
internal sealed class TestGraph
{
    private readonly SeededRandom _random;
    private readonly ModelProto _model;
    private int _names;

    /// <summary>Creates a graph with an input <c>x</c> of floats.</summary>
    /// <param name="shape">Its shape; a negative length is open.</param>
    /// <param name="opset">The version of the operators.</param>
    /// <param name="seed">The seed of the weights.</param>
    public TestGraph(long[] shape, int opset = 14, long seed = 1)
    {
        _random = new SeededRandom(seed);
        _model = new ModelProto { IrVersion = 7, ProducerName = "test", Graph = new GraphProto { Name = "graph" } };
        _model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = opset });
        AddInput("x", 1, shape);
    }

    /// <summary>The messages.</summary>
    public ModelProto Model => _model;

    /// <summary>Adds an input.</summary>
    public string AddInput(string name, int type, long[] shape)
    {
        _model.Graph.Input.Add(new ValueInfoProto { Name = name, Type = TypeOf(type, shape) });
        return name;
    }

    /// <summary>Adds a tensor of random numbers.</summary>
    public string Random(double scale, params long[] shape) => Floats(
        [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)(((2 * _random.NextDouble()) - 1) * scale))],
        shape);

    /// <summary>Adds a tensor of floats.</summary>
    public string Floats(float[] numbers, params long[] shape) => Add(1, shape, MemoryMarshal.AsBytes<float>(numbers));

    /// <summary>Adds a list of integers.</summary>
    public string Integers(params long[] numbers) => Add(7, [numbers.Length], MemoryMarshal.AsBytes<long>(numbers));

    /// <summary>Adds an integer without axes.</summary>
    public string Integer(long number) => Add(7, [], MemoryMarshal.AsBytes<long>([number]));

    /// <summary>Adds a node, and returns its first output.</summary>
    public string Node(string type, string[] inputs, params (string Name, object Value)[] attributes) =>
        Nodes(type, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    public string[] Nodes(string type, string[] inputs, int outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = type, Name = $"{type}_{_names++}" };
        node.Input.AddRange(inputs);
        node.Output.AddRange(Enumerable.Range(0, outputs).Select(output => $"{node.Name}:{output}"));
        foreach ((string name, object value) in attributes)
            node.Attribute.Add(Attribute(name, value));
        _model.Graph.Node.Add(node);
        return [.. node.Output];
    }

    /// <summary>Sets the only output, and returns the bytes of the model.</summary>
    public byte[] Bytes(string output, int type = 1)
    {
        _model.Graph.Output.Clear();
        _model.Graph.Output.Add(new ValueInfoProto { Name = output, Type = new() { TensorType = new() { ElemType = type } } });
        return _model.ToByteArray();
    }

    private string Add(int type, long[] shape, ReadOnlySpan<byte> bytes)
    {
        var tensor = new TensorProto { Name = $"tensor_{_names++}", DataType = type, RawData = ByteString.CopyFrom(bytes) };
        tensor.Dims.AddRange(shape);
        _model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private static TypeProto TypeOf(int type, long[] shape)
    {
        var dims = new TensorShapeProto();
        for (int axis = 0; axis < shape.Length; axis++)
            dims.Dim.Add(shape[axis] >= 0
                ? new TensorShapeProto.Types.Dimension { DimValue = shape[axis] }
                : new TensorShapeProto.Types.Dimension { DimParam = $"axis{axis}" });
        return new() { TensorType = new() { ElemType = type, Shape = dims } };
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int number:
                (attribute.I, attribute.Type) = (number, AttributeType.Int);
                break;
            case float number:
                (attribute.F, attribute.Type) = (number, AttributeType.Float);
                break;
            case string text:
                (attribute.S, attribute.Type) = (ByteString.CopyFromUtf8(text), AttributeType.String);
                break;
            case long[] list:
                attribute.Ints.AddRange(list);
                attribute.Type = AttributeType.Ints;
                break;
            case float[] list:
                attribute.Floats.AddRange(list);
                attribute.Type = AttributeType.Floats;
                break;
            case string[] list:
                attribute.Strings.AddRange(list.Select(ByteString.CopyFromUtf8));
                attribute.Type = AttributeType.Strings;
                break;
            case TensorProto tensor:
                (attribute.T, attribute.Type) = (tensor, AttributeType.Tensor);
                break;
            case GraphProto graph:
                (attribute.G, attribute.Type) = (graph, AttributeType.Graph);
                break;
            default:
                throw new ArgumentException("No such attribute.", nameof(value));
        }
        return attribute;
    }
}
