using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export;

/// <summary>Removes the nodes and constants of a graph that no output needs.</summary>
internal static class DeadNodes
{
    /// <summary>Removes them.</summary>
    public static void Remove(GraphProto graph)
    {
        var needed = new HashSet<string>(graph.Output.Select(output => output.Name), StringComparer.Ordinal);
        var kept = new List<NodeProto>();
        foreach (NodeProto node in graph.Node.Reverse())
        {
            if (!node.Output.Any(needed.Contains))
                continue;
            kept.Add(node);
            AddInputs(node, needed);
        }
        kept.Reverse();
        graph.Node.Clear();
        graph.Node.AddRange(kept);
        TensorProto[] initializers = [.. graph.Initializer.Where(tensor => needed.Contains(tensor.Name))];
        graph.Initializer.Clear();
        graph.Initializer.AddRange(initializers);
    }

    /// <summary>Adds what a node reads; the graphs inside it read values of the outer graph by name.</summary>
    private static void AddInputs(NodeProto node, HashSet<string> needed)
    {
        needed.UnionWith(node.Input);
        foreach (AttributeProto attribute in node.Attribute)
            foreach (NodeProto inner in attribute.G?.Node ?? [])
                AddInputs(inner, needed);
    }
}
