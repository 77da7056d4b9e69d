using Elman.Onnx.Import.Operators;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import;

/// <summary>Checks what holds for every graph, before it is walked.</summary>
internal static class GraphCheck
{
    /// <summary>The versions of the operators whose definitions are known.</summary>
    private const int OldestOpset = 7, NewestOpset = 25;

    /// <summary>Checks a model.</summary>
    /// <returns>The version of its operators.</returns>
    /// <exception cref="GraphException">It has no graph, an unknown version, functions, or a name that stands for two values.</exception>
    public static int Check(ModelProto model)
    {
        if (model.Graph is not { } graph || graph.Node.Count == 0)
            throw new GraphException("It is not an ONNX model, or its graph has no nodes.");
        if (model.Functions.Count > 0)
            throw new GraphException($"It defines functions ({Quoted(model.Functions[0].Name)}), which are not read. Inline them, such as "
                + "by onnx.inliner, or export the model in another way.");
        if (graph.SparseInitializer.Count > 0)
            throw new GraphException("It has sparse tensors, which are not read.");
        CheckNames(graph);
        long[] versions = [.. model.OpsetImport.Where(set => set.Domain is "" or "ai.onnx").Select(set => set.Version).Distinct()];
        return versions switch
        {
            [>= OldestOpset and <= NewestOpset and var version] => (int)version,
            [var version] => throw new GraphException($"It uses the operators of opset {version}; {OldestOpset} to {NewestOpset} are "
                + "known. Export it with one of these."),
            [] => throw new GraphException("It does not say which version of ONNX's operators (opset) it uses."),
            _ => throw new GraphException("It names two versions of ONNX's operators (opsets)."),
        };
    }

    private static void CheckNames(GraphProto graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (TensorProto tensor in graph.Initializer)
            if (tensor.Name.Length == 0 || !names.Add(tensor.Name))
                throw new GraphException($"Two tensors have the name {Quoted(tensor.Name)}, or it is empty.");
        var inputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (ValueInfoProto input in graph.Input) // older files list the tensors among the inputs
            if (!inputs.Add(input.Name))
                throw new GraphException($"Two inputs have the name {Quoted(input.Name)}.");
        names.UnionWith(inputs);
        foreach (NodeProto node in graph.Node)
            foreach (string output in node.Output)
                if (output.Length > 0 && !names.Add(output))
                    throw new GraphException($"{NodeCall.NameOf(node)} gives the name {Quoted(output)}, which another value has.");
    }
}
