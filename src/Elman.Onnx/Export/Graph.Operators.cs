using Elman.Onnx.Protocol;

namespace Elman.Onnx.Export;

// The operators of ONNX that exports use.
internal sealed partial class Graph
{
    public Value Add(Value a, Value b) => Node("Add", [a, b]);

    public Value Subtract(Value a, Value b) => Node("Sub", [a, b]);

    public Value Multiply(Value a, Value b) => Node("Mul", [a, b]);

    public Value Divide(Value a, Value b) => Node("Div", [a, b]);

    public Value Remainder(Value a, Value b) => Node("Mod", [a, b]);

    public Value Maximum(Value a, Value b) => Node("Max", [a, b]);

    public Value Minimum(Value a, Value b) => Node("Min", [a, b]);

    public Value Negate(Value a) => Node("Neg", [a]);

    public Value Absolute(Value a) => Node("Abs", [a]);

    public Value Exp(Value a) => Node("Exp", [a]);

    public Value Tanh(Value a) => Node("Tanh", [a]);

    public Value Sigmoid(Value a) => Node("Sigmoid", [a]);

    public Value SquareRoot(Value a) => Node("Sqrt", [a]);

    public Value Less(Value a, Value b) => Node("Less", [a, b]);

    public Value Greater(Value a, Value b) => Node("Greater", [a, b]);

    public Value AreEqual(Value a, Value b) => Node("Equal", [a, b]);

    public Value And(Value a, Value b) => Node("And", [a, b]);

    public Value Not(Value a) => Node("Not", [a]);

    public Value IsMissing(Value a) => Node("IsNaN", [a]);

    /// <summary>a where the condition holds, else b.</summary>
    public Value Where(Value condition, Value a, Value b) => Node("Where", [condition, a, b]);

    public Value Product(Value a, Value b) => Node("MatMul", [a, b]);

    public Value Cast(Value a, TensorProto.Types.DataType type) => Node("Cast", [a], OnnxFormat.Attribute("to", (long)type));

    public Value ToFloat(Value a) => Cast(a, TensorProto.Types.DataType.Float);

    public Value ToDouble(Value a) => Cast(a, TensorProto.Types.DataType.Double);

    public Value ToInteger(Value a) => Cast(a, TensorProto.Types.DataType.Int64);

    public Value Shape(Value a) => Node("Shape", [a]);

    /// <summary>The length of a dimension, a list of one number.</summary>
    public Value Length(Value a, long axis) => Gather(Shape(a), List(axis), 0);

    public Value Reshape(Value a, Value shape) => Node("Reshape", [a, shape]);

    /// <summary>Gives a new shape; 0 keeps the dimension, −1 takes the rest.</summary>
    public Value Reshape(Value a, params ReadOnlySpan<long> shape) => Reshape(a, List(shape));

    public Value Expand(Value a, Value shape) => Node("Expand", [a, shape]);

    public Value Unsqueeze(Value a, params ReadOnlySpan<long> axes) => Node("Unsqueeze", [a, List(axes)]);

    public Value Squeeze(Value a, params ReadOnlySpan<long> axes) => Node("Squeeze", [a, List(axes)]);

    public Value Transpose(Value a, params IEnumerable<long> order) => Node("Transpose", [a], OnnxFormat.Attribute("perm", order));

    public Value Join(long axis, params ReadOnlySpan<Value> parts) =>
        parts.Length == 1 ? parts[0] : Node("Concat", parts, OnnxFormat.Attribute("axis", axis));

    public Value Gather(Value a, Value indices, long axis) => Node("Gather", [a, indices], OnnxFormat.Attribute("axis", axis));

    public Value GatherElements(Value a, Value indices, long axis) =>
        Node("GatherElements", [a, indices], OnnxFormat.Attribute("axis", axis));

    public Value Slice(Value a, long axis, long from, long to) => Node("Slice", [a, List(from), List(to), List(axis)]);

    /// <summary>Divides an axis into equal parts.</summary>
    public Value[] Split(Value a, long axis, int parts, long length)
    {
        if (parts == 1)
            return [a];
        long[] lengths = [.. Enumerable.Repeat(length, parts)];
        return Node("Split", parts, [a, List(lengths)], OnnxFormat.Attribute("axis", axis));
    }

    /// <summary>The sum over an axis, which stays with length 1 if it is kept.</summary>
    public Value Sum(Value a, long axis, bool keeps = false) =>
        Node("ReduceSum", [a, List(axis)], OnnxFormat.Attribute("keepdims", keeps ? 1 : 0));

    /// <summary>The mean over an axis, which stays with length 1.</summary>
    public Value Mean(Value a, long axis) => Reduce("ReduceMean", a, axis, keeps: true);

    /// <summary>The maximum over an axis.</summary>
    public Value Maximum(Value a, long axis, bool keeps = false) => Reduce("ReduceMax", a, axis, keeps);

    /// <summary>The minimum over an axis.</summary>
    public Value Minimum(Value a, long axis) => Reduce("ReduceMin", a, axis, keeps: false);

    public Value CumulativeSum(Value a, long axis) => Node("CumSum", [a, Scalar(axis)]);

    public Value Range(Value start, Value end) => Node("Range", [start, end, Scalar(1L)]);

    public Value Softmax(Value a, long axis) => Node("Softmax", [a], OnnxFormat.Attribute("axis", axis));

    /// <summary>Reverses the steps of each sequence within its own length.</summary>
    /// <param name="a">The steps, <c>[T, B, …]</c>.</param>
    /// <param name="lengths">The lengths, <c>[B]</c>.</param>
    public Value ReverseSequence(Value a, Value lengths) => Node(
        "ReverseSequence", [a, lengths], OnnxFormat.Attribute("time_axis", 0), OnnxFormat.Attribute("batch_axis", 1));

    // Before version 18 the axes of these were an attribute.
    private Value Reduce(string operation, Value a, long axis, bool keeps) => Opset < 18
        ? Node(operation, [a], OnnxFormat.Attribute("axes", [axis]), OnnxFormat.Attribute("keepdims", keeps ? 1 : 0))
        : Node(operation, [a, List(axis)], OnnxFormat.Attribute("keepdims", keeps ? 1 : 0));
}
