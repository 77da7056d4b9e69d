using Elman.Onnx.Protocol;
using Google.Protobuf;

namespace Elman.Onnx.Tests.Reading;

/// <summary>Changes graphs so that they stay valid messages: names, operators, attributes and dimensions are exchanged. Seeded.</summary>
/// <param name="random">The random numbers.</param>
/// <param name="models">The models.</param>
/// <param name="numbers">The integers to put in.</param>
internal sealed class GraphMutator(SeededRandom random, IReadOnlyList<ModelProto> models, IReadOnlyList<long> numbers)
{
    /// <summary>Integers that occur as axes, positions and lengths.</summary>
    public static readonly long[] Small = [-2, -1, 0, 1, 2, 3, 4, 7, 101, 103];

    /// <summary>The same, and integers that no graph needs.</summary>
    public static readonly long[] Any = [.. Small, 1_000_000_000, long.MaxValue, long.MinValue, int.MinValue];

    /// <summary>Returns one of the models with one to four changes.</summary>
    public ModelProto Next()
    {
        ModelProto model = Pick(models).Clone();
        for (int change = Below(4); change >= 0; change--)
            Change(model);
        return model;
    }

    private void Change(ModelProto model)
    {
        GraphProto graph = model.Graph;
        NodeProto node = Pick(graph.Node);
        switch (Below(10))
        {
            case 0 when node.Input.Count > 0:
                node.Input[Below(node.Input.Count)] = AnyName(graph);
                break;
            case 1:
                node.OpType = Pick(Pick(models).Graph.Node).OpType;
                break;
            case 2:
                NodeProto other = Pick(Pick(models).Graph.Node);
                node.Attribute.Clear();
                node.Attribute.Add(other.Attribute.Clone());
                break;
            case 3 when node.Attribute.Count > 0:
                Change(Pick(node.Attribute));
                break;
            case 4 when graph.Initializer.Count > 0:
                Change(Pick(graph.Initializer));
                break;
            case 5:
                graph.Output[0].Name = AnyName(graph);
                break;
            case 6:
                var dims = graph.Input[0].Type.TensorType.Shape.Dim;
                dims[Below(dims.Count)] = new() { DimValue = Pick(numbers) };
                break;
            case 7:
                model.OpsetImport[0].Version = 7 + Below(19);
                break;
            case 8:
                NodeProto inserted = Pick(graph.Node).Clone();
                inserted.Output[0] = node.Input.Count > 0 ? $"new{Below(1000)}" : inserted.Output[0];
                if (node.Input.Count > 0)
                    node.Input[Below(node.Input.Count)] = inserted.Output[0];
                graph.Node.Add(inserted);
                break;
            default:
                if (node.Input.Count > 1)
                    (node.Input[0], node.Input[1]) = (node.Input[1], node.Input[0]);
                break;
        }
    }

    private void Change(AttributeProto attribute)
    {
        if (attribute.Ints.Count > 0)
            attribute.Ints[Below(attribute.Ints.Count)] = Pick(numbers);
        else if (attribute.T is { } tensor)
            Change(tensor);
        else if (attribute.HasI)
            attribute.I = Pick(numbers);
        else if (attribute.HasS)
            attribute.S = ByteString.CopyFromUtf8(Below(2) == 0 ? "reverse" : "bidirectional");
        else
            attribute.F = (float)Pick(numbers);
    }

    private void Change(TensorProto tensor)
    {
        if (Below(3) == 0 && tensor.Dims.Count > 0)
            tensor.Dims[Below(tensor.Dims.Count)] = Pick(numbers);
        else if (tensor.DataType == 7 && tensor.RawData.Length >= 8)
            tensor.RawData = ByteString.CopyFrom([.. BitConverter.GetBytes(Pick(numbers)), .. tensor.RawData.Span[8..]]);
        else if (tensor.Dims.Count > 1)
            (tensor.Dims[0], tensor.Dims[1]) = (tensor.Dims[1], tensor.Dims[0]);
    }

    private string AnyName(GraphProto graph) => Below(2) == 0 && graph.Initializer.Count > 0
        ? Pick(graph.Initializer).Name
        : Pick(Pick(graph.Node).Output);

    private T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private int Below(int bound) => (int)(random.NextDouble() * bound);
}
