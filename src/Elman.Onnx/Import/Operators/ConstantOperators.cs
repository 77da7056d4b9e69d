using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;

namespace Elman.Onnx.Import.Operators;

/// <summary>Operators that make constants: exporters compute zero states and shapes with them.</summary>
internal static class ConstantOperators
{
    /// <summary>The longest list that <c>Range</c> makes: it is for axes and positions.</summary>
    private const long LongestRange = 1 << 16;

    public static Value?[] Constant(NodeCall call)
    {
        string name = Quoted(call.Node.Output.FirstOrDefault());
        if (call.Tensor("value") is { } tensor)
            return [call.Context.Tensors.Read(tensor, name)];
        AttributeProto? given = call.Node.Attribute.Count == 1 ? call.Node.Attribute[0] : null;
        return [given?.Name switch
        {
            "value_float" => Values.Constant.Of([call.Number("value_float", 0)]),
            "value_int" => Values.Constant.Of([call.Integer("value_int", 0)]),
            "value_floats" => Of(call.NumberList("value_floats")),
            "value_ints" => Of(call.IntegerList("value_ints")!),
            _ => throw call.Refuse("has no value, or one that is no number."),
        }];

        static Constant Of<T>(T[] numbers)
            where T : struct => Values.Constant.Of(numbers, numbers.Length);
    }

    public static Value?[] ConstantOfShape(NodeCall call)
    {
        long[] shape = [.. call.Integers(0)];
        Constant value = call.Tensor("value") is { } tensor
            ? call.Context.Tensors.Read(tensor, $"value of {NodeCall.NameOf(call.Node)}")
            : Values.Constant.Of([0f], 1);
        if (value.Count != 1)
            throw call.Refuse($"has a value of {value.Count} numbers; it must have one.");
        return [value.IsInteger
            ? Values.Constant.Uniform(value.Integers(call.Context.Budget, "A value")[0], shape)
            : Values.Constant.Uniform(value.Floats(call.Context.Budget)[0], shape)];
    }

    public static Value?[] Expand(NodeCall call)
    {
        Constant x = call.Constant(0);
        return [ConstantArithmetic.Expanded(call, x, ConstantArithmetic.CommonShape(call, x.Shape, call.Integers(1)))];
    }

    /// <summary>The product of a list: exporters count the rows of a matrix so.</summary>
    public static Value?[] ReduceProd(NodeCall call)
    {
        bool keeps = call.Integer("keepdims", 1) != 0;
        call.Integer("noop_with_empty_axes", 0);
        long[]? axes = call.Opset < 18 ? call.IntegerList("axes") : call.Optional(1) is null ? null : call.Integers(1);
        if (call.Constant(0).Rank != 1 || axes is not (null or [0 or -1]))
            throw call.Refuse("multiplies other than all numbers of a list.");
        long product = call.Integers(0).Aggregate(1L, (all, number) => all * number);
        return [keeps ? Values.Constant.List(product) : Values.Constant.Of([product])];
    }

    public static Value?[] Range(NodeCall call)
    {
        long[] bounds = [.. Enumerable.Range(0, 3).Select(input => call.Integers(input) is [var bound]
            ? bound
            : throw call.Refuse("needs three numbers."))];
        if (bounds[2] == 0)
            throw call.Refuse("has the step 0.");
        double steps = Math.Ceiling(((double)bounds[1] - bounds[0]) / bounds[2]);
        if (steps > LongestRange)
            throw call.Refuse($"makes a list of {steps} numbers; at most {LongestRange} are read.");
        return [Values.Constant.List([.. Enumerable.Range(0, (int)Math.Max(steps, 0)).Select(i => bounds[0] + (i * bounds[2]))])];
    }

    public static Value?[] Equal(NodeCall call)
    {
        (long[] a, long[] b, long[] shape) = ConstantArithmetic.Integers(call, call.Constant(0), call.Constant(1));
        return [Values.Constant.Of([.. a.Zip(b, (x, y) => x == y ? 1L : 0L)], shape)];
    }

    public static Value?[] Where(NodeCall call)
    {
        Constant condition = call.Constant(0), x = call.Constant(1), y = call.Constant(2);
        (long[] a, long[] b, long[] shape) = ConstantArithmetic.Integers(call, x, y);
        long[] where = ConstantArithmetic.Expanded(call, condition, shape).Integers(call.Context.Budget, "A condition");
        return [Values.Constant.Of([.. where.Select((isFirst, i) => isFirst != 0 ? a[i] : b[i])], shape)];
    }
}
