using System.Text;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;
using AttributeType = Elman.Onnx.Protocol.AttributeProto.Types.AttributeType;

namespace Elman.Onnx.Import.Operators;

/// <summary>A node with the values of its inputs. Attributes that its operator does not ask for are reported.</summary>
internal sealed class NodeCall
{
    private readonly Dictionary<string, AttributeProto> _attributes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<Value?> _inputs;

    /// <summary>Creates a call.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">The values of its inputs; <see langword="null"/> for one that is left out.</param>
    /// <param name="context">What all nodes share.</param>
    /// <exception cref="GraphException">An attribute occurs twice, or refers to a function's parameter.</exception>
    public NodeCall(NodeProto node, IReadOnlyList<Value?> inputs, WalkContext context)
    {
        (Node, _inputs, Context) = (node, inputs, context);
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.RefAttrName.Length > 0)
                throw Refuse($"takes its attribute {Quoted(attribute.Name)} from a function, but functions are not read.");
            if (!_attributes.TryAdd(attribute.Name, attribute))
                throw Refuse($"has the attribute {Quoted(attribute.Name)} twice.");
        }
    }

    /// <summary>The node.</summary>
    public NodeProto Node { get; }

    /// <summary>What all nodes share.</summary>
    public WalkContext Context { get; }

    /// <summary>The number of inputs.</summary>
    public int InputCount => _inputs.Count;

    /// <summary>The version of the operators.</summary>
    public int Opset => Context.Opset;

    /// <summary>The name of a node in messages: its own name, or that of its first output.</summary>
    public static string NameOf(NodeProto node) => node.Name.Length > 0
        ? $"Node {Quoted(node.Name)} ({Shown(node.OpType)})"
        : $"The node of {Quoted(node.Output.FirstOrDefault())} ({Shown(node.OpType)})";

    /// <summary>The exception for a node that can't be imported; the sentence begins with its name.</summary>
    public GraphException Refuse(string what) => new($"{NameOf(Node)} {what}");

    /// <summary>The value of an input, or <see langword="null"/> if it is left out.</summary>
    public Value? Optional(int input) => input < _inputs.Count ? _inputs[input] : null;

    /// <summary>The value of an input.</summary>
    /// <exception cref="GraphException">It is left out.</exception>
    public Value Input(int input) => Optional(input) ?? throw Refuse($"has no input {input + 1}.");

    /// <summary>The value of an input that is computed from the graph's input.</summary>
    /// <exception cref="GraphException">It is something else.</exception>
    public Flow Flow(int input) => Input(input) switch
    {
        Flow flow => flow,
        OtherInput other => throw Refuse($"uses the input {Quoted(other.Name)} of the graph, which an imported model does not have."),
        _ => throw Refuse($"has a constant as input {input + 1}, where values of the sequence are expected."),
    };

    /// <summary>The value of an input that is a constant.</summary>
    /// <exception cref="GraphException">It is something else.</exception>
    public Constant Constant(int input) => Optional(input) is null ? throw Refuse($"has no input {input + 1}.") : OptionalConstant(input)!;

    /// <summary>The value of an input that is a constant or left out.</summary>
    /// <exception cref="GraphException">It is computed.</exception>
    public Constant? OptionalConstant(int input) => Optional(input) switch
    {
        null => null,
        Constant constant => constant,
        OtherInput other => throw Refuse($"uses the input {Quoted(other.Name)} of the graph, which must be a constant to be imported."),
        _ => throw Refuse($"computes its input {input + 1} ({Quoted(Node.Input[input])}) from the sequence; it must be a constant to be "
            + "imported."),
    };

    /// <summary>A constant input of integers: a list of axes, positions or lengths.</summary>
    public long[] Integers(int input) => Constant(input).Integers(Context.Budget, $"{NameOf(Node)}: input {input + 1}");

    /// <summary>An attribute that is an integer.</summary>
    public long Integer(string name, long otherwise) => Find(name, AttributeType.Int)?.I ?? otherwise;

    /// <summary>An attribute that is a number.</summary>
    public float Number(string name, float otherwise) => Find(name, AttributeType.Float) is not { } found
        ? otherwise
        : float.IsFinite(found.F) ? found.F : throw Refuse($"has an attribute {Quoted(name)} that is not finite.");

    /// <summary>An attribute that is a text.</summary>
    public string Text(string name, string otherwise) => Find(name, AttributeType.String)?.S.ToString(Encoding.UTF8) ?? otherwise;

    /// <summary>An attribute that is a list of integers; <see langword="null"/> if it is missing.</summary>
    public long[]? IntegerList(string name) => Find(name, AttributeType.Ints) is { } found ? [.. found.Ints] : null;

    /// <summary>An attribute that is a list of numbers; empty if it is missing.</summary>
    public float[] NumberList(string name) => Find(name, AttributeType.Floats) is not { } found
        ? []
        : found.Floats.All(float.IsFinite) ? [.. found.Floats] : throw Refuse($"has an attribute {Quoted(name)} that is not finite.");

    /// <summary>An attribute that is a list of texts; <see langword="null"/> if it is missing.</summary>
    public string[]? TextList(string name) => Find(name, AttributeType.Strings) is { } found
        ? [.. found.Strings.Select(text => text.ToString(Encoding.UTF8))]
        : null;

    /// <summary>An attribute that is a tensor; <see langword="null"/> if it is missing.</summary>
    public TensorProto? Tensor(string name) => Find(name, AttributeType.Tensor)?.T;

    /// <summary>An axis from an attribute or input, which may count from the end.</summary>
    /// <exception cref="GraphException">There is no such axis.</exception>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Refuse($"names axis {axis} of a tensor that has {Amount.Of(rank, "dimension")}.");

    /// <summary>Reports attributes that no one has asked for.</summary>
    /// <exception cref="GraphException">There is one.</exception>
    public void CheckAttributes()
    {
        if (_attributes.Keys.FirstOrDefault(name => !_read.Contains(name)) is { } unknown)
            throw Refuse($"has the attribute {Quoted(unknown)}, which is not known for its operator in opset {Opset}.");
    }

    private AttributeProto? Find(string name, AttributeType type)
    {
        _read.Add(name);
        if (!_attributes.TryGetValue(name, out AttributeProto? found))
            return null;
        bool has = type switch
        {
            AttributeType.Int => found.HasI,
            AttributeType.Float => found.HasF,
            AttributeType.String => found.HasS,
            AttributeType.Tensor => found.T is not null,
            _ => true, // an empty list leaves no trace
        };
        return has && (found.Type == type || found.Type == AttributeType.Undefined)
            ? found
            : throw Refuse($"has an attribute {Quoted(name)} of another kind than {type}.");
    }
}
