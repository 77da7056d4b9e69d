using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>The operators that are known, by name.</summary>
internal static class OperatorCatalog
{
    private static readonly Dictionary<string, Func<NodeCall, Value?[]>> _operators = new(StringComparer.Ordinal)
    {
        ["RNN"] = RecurrentOperator.Run,
        ["GRU"] = RecurrentOperator.Run,
        ["LSTM"] = RecurrentOperator.Run,
        ["Identity"] = ShapeOperators.Identity,
        ["Dropout"] = ShapeOperators.Dropout,
        ["Cast"] = CastOperator.Run,
        ["Shape"] = ShapeOperators.Shape,
        ["Transpose"] = ShapeOperators.Transpose,
        ["Squeeze"] = ShapeOperators.Squeeze,
        ["Unsqueeze"] = ShapeOperators.Unsqueeze,
        ["Reshape"] = ShapeOperators.Reshape,
        ["Flatten"] = ShapeOperators.Flatten,
        ["Slice"] = SliceOperators.Slice,
        ["Split"] = SliceOperators.Split,
        ["ReverseSequence"] = SliceOperators.ReverseSequence,
        ["Gather"] = GatherOperator.Run,
        ["Concat"] = ConcatOperator.Run,
        ["Add"] = Elementwise.Run,
        ["Sub"] = Elementwise.Run,
        ["Mul"] = Elementwise.Run,
        ["Div"] = Elementwise.Run,
        ["Mean"] = Elementwise.Mean,
        ["Sum"] = Elementwise.Sum,
        ["MatMul"] = LinearOperators.MatMul,
        ["Gemm"] = LinearOperators.Gemm,
        ["BatchNormalization"] = LinearOperators.BatchNormalization,
        ["ReduceMean"] = PoolingOperators.ReduceMean,
        ["ReduceMax"] = PoolingOperators.ReduceMax,
        ["GlobalAveragePool"] = PoolingOperators.GlobalAveragePool,
        ["GlobalMaxPool"] = PoolingOperators.GlobalMaxPool,
        ["Softmax"] = HeadOperators.Softmax,
        ["LogSoftmax"] = HeadOperators.LogSoftmax,
        ["Sigmoid"] = HeadOperators.Sigmoid,
        ["ArgMax"] = HeadOperators.ArgMax,
        ["Constant"] = ConstantOperators.Constant,
        ["ConstantOfShape"] = ConstantOperators.ConstantOfShape,
        ["Expand"] = ConstantOperators.Expand,
        ["ReduceProd"] = ConstantOperators.ReduceProd,
        ["Range"] = ConstantOperators.Range,
        ["Equal"] = ConstantOperators.Equal,
        ["Where"] = ConstantOperators.Where,
    };

    /// <summary>Evaluates a node.</summary>
    /// <exception cref="Reading.GraphException">It is not known, or is used in a way that can't be imported.</exception>
    public static Value?[] Run(NodeCall call)
    {
        if (call.Node.Domain is not ("" or "ai.onnx") || !_operators.TryGetValue(call.Node.OpType, out Func<NodeCall, Value?[]>? run))
            throw call.Refuse(WhyUnknown(call));
        Value?[] values = run(call);
        call.CheckAttributes();
        return values;
    }

    private static string WhyUnknown(NodeCall call) => call.Node.OpType switch
    {
        var name when name.Contains("Quantize", StringComparison.Ordinal) || name.Contains("Integer", StringComparison.Ordinal)
            || name.StartsWith("QLinear", StringComparison.Ordinal) => "is quantised. Import the model from before its quantisation.",
        "If" or "Loop" or "Scan" => "is control flow, which can't be imported. Export the recurrent layers as RNN, GRU or LSTM nodes, and "
            + "with shapes that do not depend on the data.",
        "Relu" or "Tanh" or "LeakyRelu" or "Elu" or "Clip" => "is an activation outside a recurrent layer. Elman has one linear layer "
            + "after the recurrent ones, so a model with a hidden dense layer can't be imported.",
        _ when call.Node.Domain is not ("" or "ai.onnx") => $"is of the operators {Quoted(call.Node.Domain)}, of which none is known.",
        _ => "is of no operator that can be imported.",
    };
}
