using Elman.Onnx.Import.Operators;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import;

/// <summary>
/// Evaluates a graph with names of axes in place of numbers: what every node makes of the sequence, of which only those count that an
/// output needs.
/// </summary>
internal sealed class GraphWalk
{
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value?> _values = new(StringComparer.Ordinal);
    private readonly WalkContext _context;

    /// <summary>Creates a walk.</summary>
    /// <param name="graph">The graph, checked by <see cref="GraphCheck"/>.</param>
    /// <param name="context">What the nodes share.</param>
    /// <param name="lengths">The lengths of the axes of the sequence that the graph leaves open.</param>
    public GraphWalk(GraphProto graph, WalkContext context, OpenLengths lengths)
    {
        _context = context;
        foreach (TensorProto tensor in graph.Initializer)
            _tensors[tensor.Name] = tensor;
        foreach (NodeProto node in graph.Node)
            foreach (string output in node.Output.Where(name => name.Length > 0))
                _producers[output] = node;
        foreach (ValueInfoProto input in graph.Input.Where(input => !_tensors.ContainsKey(input.Name)))
            _values[input.Name] = GraphInput.Of(input, lengths);
    }

    /// <summary>Evaluates the nodes that a name needs, and returns its value.</summary>
    /// <exception cref="GraphException">A node is not known, or can't be imported; or nodes form a cycle.</exception>
    /// <exception cref="OpenLengthException">A length that the graph leaves open must be another.</exception>
    public Value? ValueOf(string name)
    {
        var waiting = new Stack<(string Name, bool IsReady)>([(name, false)]);
        var begun = new HashSet<NodeProto>();
        while (waiting.TryPop(out (string Name, bool IsReady) next))
        {
            if (_values.ContainsKey(next.Name))
                continue;
            if (_tensors.TryGetValue(next.Name, out TensorProto? tensor))
            {
                _values[next.Name] = _context.Tensors.Read(tensor, Quoted(next.Name));
                continue;
            }
            if (_context.Constants.TryGetValue(next.Name, out Constant? constant))
            {
                _values[next.Name] = constant;
                continue;
            }
            if (!_producers.TryGetValue(next.Name, out NodeProto? node))
                throw new GraphException($"The graph uses {Quoted(next.Name)}, but no node, input or tensor has this name.");
            if (next.IsReady)
            {
                Evaluate(node);
                continue;
            }
            if (!begun.Add(node))
                throw new GraphException($"{NodeCall.NameOf(node)} needs its own result: the nodes form a cycle.");
            waiting.Push((next.Name, true));
            foreach (string input in node.Input)
                if (input.Length > 0 && !_values.ContainsKey(input))
                    waiting.Push((input, false));
        }
        return _values[name];
    }

    private void Evaluate(NodeProto node)
    {
        var call = new NodeCall(node, [.. node.Input.Select(input => input.Length > 0 ? _values[input] : null)], _context);
        Value?[] values;
        try
        {
            values = OperatorCatalog.Run(call);
        }
        catch (GraphException e) when (!e.Problem.Contains(NodeCall.NameOf(node), StringComparison.Ordinal))
        {
            throw call.Refuse($"can't be imported. {e.Problem}");
        }
        bool isOfFile = node.Input.All(name => name.Length == 0 || _tensors.ContainsKey(name) || _context.Constants.ContainsKey(name));
        for (int output = 0; output < node.Output.Count; output++)
        {
            string name = node.Output[output];
            if (name.Length == 0)
                continue;
            Value? value = output < values.Length ? values[output] : null;
            _values[name] = value ?? new OtherInput(name);
            if (isOfFile && value is Constant constant)
                _context.Constants[name] = constant;
        }
    }
}
