using System.Buffers.Binary;

namespace Elman.Comparison.Onnx;

/// <summary>Builds an ONNX model. Field numbers are those of the messages of onnx.proto, which are named in comments.</summary>
internal sealed class OnnxGraph
{
    private const int IrVersion = 8, Opset = 17; // of 2022; every current runtime supports them
    private const int Float32 = 1; // TensorProto.DataType.FLOAT
    private const int IntegerAttribute = 2; // AttributeProto.AttributeType.INT

    private readonly List<Action<ProtobufWriter>> _nodes = [], _weights = [], _inputs = [], _outputs = [];

    /// <summary>Adds an input of the model.</summary>
    public void Input(string name, params long[] shape) => _inputs.Add(w => Value(w, name, shape));

    /// <summary>Adds an output of the model.</summary>
    public void Output(string name, params long[] shape) => _outputs.Add(w => Value(w, name, shape));

    /// <summary>Adds a constant tensor.</summary>
    public void Weight(string name, float[] values, params long[] shape) => _weights.Add(w => // TensorProto
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        foreach (long length in shape)
            w.Integer(1, length);
        w.Integer(2, Float32);
        w.Text(8, name);
        w.Bytes(9, bytes);
    });

    /// <summary>Adds a node.</summary>
    /// <param name="operation">The name of the operator.</param>
    /// <param name="inputs">The input tensors; an empty name means that an optional one is omitted.</param>
    /// <param name="outputs">The output tensors.</param>
    /// <param name="attributes">The attributes.</param>
    public void Node(
        string operation, string[] inputs, string[] outputs, params (string Name, long Value)[] attributes) => _nodes.Add(w => // NodeProto
        {
            foreach (string input in inputs)
                w.Text(1, input);
            foreach (string output in outputs)
                w.Text(2, output);
            w.Text(4, operation);
            foreach ((string name, long value) in attributes)
            {
                w.Message(5, attribute => // AttributeProto
                {
                    attribute.Text(1, name);
                    attribute.Integer(3, value);
                    attribute.Integer(20, IntegerAttribute);
                });
            }
        });

    /// <summary>Returns the model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes()
    {
        var model = new ProtobufWriter(); // ModelProto
        model.Integer(1, IrVersion);
        model.Text(2, "Elman.Comparison");
        model.Message(7, graph => // GraphProto
        {
            _nodes.ForEach(node => graph.Message(1, node));
            graph.Text(2, "classifier");
            _weights.ForEach(weight => graph.Message(5, weight));
            _inputs.ForEach(input => graph.Message(11, input));
            _outputs.ForEach(output => graph.Message(12, output));
        });
        model.Message(8, operators => operators.Integer(2, Opset)); // OperatorSetIdProto
        return model.ToArray();
    }

    private static void Value(ProtobufWriter w, string name, long[] shape) // ValueInfoProto
    {
        w.Text(1, name);
        w.Message(2, type => type.Message(1, tensor => // TypeProto, TypeProto.Tensor
        {
            tensor.Integer(1, Float32);
            tensor.Message(2, dimensions => // TensorShapeProto
            {
                foreach (long length in shape)
                    dimensions.Message(1, dimension => dimension.Integer(1, length));
            });
        }));
    }
}
