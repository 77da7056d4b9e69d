using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Arithmetic of constants, with broadcasting.</summary>
internal static class ConstantArithmetic
{
    /// <summary>Evaluates Add, Sub, Mul or Div.</summary>
    public static Constant Run(NodeCall call, Constant a, Constant b)
    {
        if (a.IsInteger != b.IsInteger)
            throw call.Refuse("combines integers with floats.");
        string operation = call.Node.OpType;
        if (a.IsInteger)
        {
            (long[] x, long[] y, long[] shape) = Integers(call, a, b);
            if (operation == "Div" && y.Contains(0))
                throw call.Refuse("divides integers by 0.");
            return Constant.Of([.. x.Zip(y, (p, q) => operation switch
            {
                "Add" => p + q,
                "Sub" => p - q,
                "Mul" => p * q,
                _ => q == -1 ? -p : p / q, // the quotient of the least integer by −1 overflows
            })], shape);
        }
        long[] common = CommonShape(call, a.Shape, b.Shape);
        float[] left = Expanded(call, a, common).Floats(call.Context.Budget), right = Expanded(call, b, common).Floats(call.Context.Budget);
        call.Context.Budget.Take(left.Length, sizeof(float), "A tensor");
        float[] result = new float[left.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = operation switch
            {
                "Add" => left[i] + right[i],
                "Sub" => left[i] - right[i],
                "Mul" => left[i] * right[i],
                _ => left[i] / right[i],
            };
        return result.All(float.IsFinite) ? Constant.Of(result, common) : throw call.Refuse("computes a constant that is not finite.");
    }

    /// <summary>Returns two tensors of integers with their common shape.</summary>
    public static (long[] A, long[] B, long[] Shape) Integers(NodeCall call, Constant a, Constant b)
    {
        long[] shape = CommonShape(call, a.Shape, b.Shape);
        call.Context.Budget.Take(Constant.CountOf(shape), sizeof(long), "A tensor");
        string what = $"{NodeCall.NameOf(call.Node)}: constants";
        return (Expanded(call, a, shape).Integers(call.Context.Budget, what), Expanded(call, b, shape).Integers(call.Context.Budget, what),
            shape);
    }

    /// <summary>Returns the shape to which two can be expanded.</summary>
    public static long[] CommonShape(NodeCall call, IReadOnlyList<long> a, IReadOnlyList<long> b)
    {
        long[] shape = new long[Math.Max(a.Count, b.Count)];
        for (int axis = 1; axis <= shape.Length; axis++)
        {
            long x = axis <= a.Count ? a[^axis] : 1, y = axis <= b.Count ? b[^axis] : 1;
            if (x != y && x != 1 && y != 1)
                throw call.Refuse($"combines constants of {x} and {y} elements in one axis.");
            shape[^axis] = x == 1 ? y : x;
        }
        return shape;
    }

    /// <summary>Returns a tensor expanded to a shape.</summary>
    public static Constant Expanded(NodeCall call, Constant x, long[] shape)
    {
        if (x.Shape.SequenceEqual(shape))
            return x;
        long[] old = ShapeOperators.Strides(x.Shape), strides = new long[shape.Length];
        for (int axis = 1; axis <= x.Rank; axis++)
            strides[^axis] = x.Shape[^axis] == 1 ? 0 : old[^axis];
        // Zero states are expanded to the number of sequences: one number remains one.
        return x.IsZero && x.Count > 0
            ? x.IsInteger ? Constant.Uniform(0L, shape) : Constant.Uniform(0f, shape)
            : x.Strided(shape, strides, 0, call.Context.Budget);
    }
}
