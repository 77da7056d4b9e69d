using System.Numerics;
using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;
using Google.Protobuf;

namespace Elman.Onnx.Export;

/// <summary>A graph that is being written: its nodes, constants, inputs and outputs.</summary>
/// <remarks>
/// Operators are methods that add a node and return its output. A graph inside another one (the body of a <c>Scan</c>) reads the values of
/// the outer graph by their names; constants belong to the outermost graph.
/// </remarks>
internal sealed partial class Graph
{
    private readonly GraphProto _proto;
    private readonly Graph _root;
    private readonly Dictionary<(TensorProto.Types.DataType, string, ByteString), Value> _constants = [];

    /// <summary>Creates the outermost graph.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="opset">The version of the operators.</param>
    public Graph(string name, int opset)
    {
        _root = this;
        (Names, Opset) = (new GraphNames(), opset);
        _proto = new GraphProto { Name = name };
    }

    private Graph(Graph outer)
    {
        _root = outer._root;
        (Names, Opset) = (outer.Names, outer.Opset);
        _proto = new GraphProto { Name = Names.Next("body") };
    }

    /// <summary>The names of values.</summary>
    public GraphNames Names { get; }

    /// <summary>The version of the operators.</summary>
    public int Opset { get; }

    /// <summary>Whether a node of the domain <c>ai.onnx.ml</c> was added.</summary>
    public bool UsesMachineLearning { get; private set; }

    /// <summary>The graph in the form of the file.</summary>
    public GraphProto Proto => _proto;

    /// <summary>Returns a graph inside this one.</summary>
    public Graph Inner() => new(this);

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="inputs">Its inputs; trailing ones that are not given are left out.</param>
    /// <param name="attributes">Its attributes.</param>
    /// <returns>The output.</returns>
    public Value Node(string operation, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Node(operation, 1, inputs, attributes)[0];

    /// <summary>Adds a node with several outputs.</summary>
    /// <inheritdoc cref="Node(string, ReadOnlySpan{Value}, ReadOnlySpan{AttributeProto})"/>
    public Value[] Node(string operation, int outputs, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Name = Names.Next(operation) };
        while (!inputs.IsEmpty && !inputs[^1].IsGiven)
            inputs = inputs[..^1];
        foreach (Value input in inputs)
            node.Input.Add(input.Name);
        for (int i = 0; i < outputs; i++)
            node.Output.Add(FormattableString.Invariant($"{node.Name}:{i}"));
        foreach (AttributeProto attribute in attributes)
            node.Attribute.Add(attribute);
        _proto.Node.Add(node);
        return [.. node.Output.Select(name => new Value(name))];
    }

    /// <summary>Adds a node of the domain <c>ai.onnx.ml</c>.</summary>
    public Value MachineLearningNode(string operation, ReadOnlySpan<Value> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        Value output = Node(operation, inputs, attributes);
        _proto.Node[^1].Domain = OnnxFormat.MachineLearningDomain;
        _root.UsesMachineLearning = true;
        return output;
    }

    /// <summary>Adds an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions: numbers, or names of dimensions that may vary.</param>
    public Value Input(string name, TensorProto.Types.DataType type, params ReadOnlySpan<object> shape)
    {
        _proto.Input.Add(OnnxFormat.Describe(name, type, shape));
        return new Value(name);
    }

    /// <summary>Adds an output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The value.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions: numbers, or names of dimensions that may vary.</param>
    public void Output(string name, Value value, TensorProto.Types.DataType type, params ReadOnlySpan<object> shape)
    {
        _proto.Node.Add(new NodeProto { OpType = "Identity", Name = name + "/Identity", Input = { value.Name }, Output = { name } });
        _proto.Output.Add(OnnxFormat.Describe(name, type, shape));
    }

    /// <summary>Adds a named tensor of weights.</summary>
    public Value Weights(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        _root._proto.Initializer.Add(OnnxFormat.Tensor(name, TensorProto.Types.DataType.Float, values, shape));
        return new Value(name);
    }

    /// <summary>Returns a constant; equal ones are stored once.</summary>
    public Value Constant<T>(ReadOnlySpan<T> values, params ReadOnlySpan<long> shape)
        where T : unmanaged, INumber<T>
    {
        TensorProto.Types.DataType type = OnnxFormat.TypeOf<T>();
        (TensorProto.Types.DataType, string, ByteString) key =
            (type, string.Join(',', shape.ToArray()), ByteString.CopyFrom(MemoryMarshal.AsBytes(values)));
        if (_root._constants.TryGetValue(key, out Value known))
            return known;
        var value = new Value(FormattableString.Invariant($"constant_{_root._constants.Count}"));
        _root._proto.Initializer.Add(OnnxFormat.Tensor(value.Name, type, values, shape));
        _root._constants.Add(key, value);
        return value;
    }

    /// <summary>Returns a constant number.</summary>
    public Value Scalar<T>(T value)
        where T : unmanaged, INumber<T> => Constant<T>([value]);

    /// <summary>Returns a constant list of integers.</summary>
    public Value List(params ReadOnlySpan<long> values) => Constant(values, values.Length);
}
