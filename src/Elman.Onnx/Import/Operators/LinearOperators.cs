using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Operators;

/// <summary>Products with matrices: output layers, and layers before or between recurrent ones.</summary>
internal static class LinearOperators
{
    public static Value?[] MatMul(NodeCall call) => [Times(call, call.Flow(0), MatrixOf(call))];

    public static Value?[] Gemm(NodeCall call)
    {
        Flow x = call.Flow(0);
        Constant matrix = MatrixOf(call);
        if (call.Integer("transA", 0) != 0 || x.Axes.Rank != 2)
            throw call.Refuse("transposes the values of the sequence, or they have other than two axes.");
        if (call.Integer("transB", 0) != 0)
            matrix = matrix.Strided([matrix.Shape[1], matrix.Shape[0]], [1, matrix.Shape[1]], 0, call.Context.Budget);
        float alpha = call.Number("alpha", 1), beta = call.Number("beta", 1);
        Flow product = Times(call, x, matrix);
        if (alpha != 1)
            product = product with { Map = product.Map!.Scaled([.. Enumerable.Repeat((double)alpha, product.Width)], call.Context.Budget) };
        if (call.OptionalConstant(2) is not { } bias)
            return [product];
        double[] terms = Elementwise.VectorOf(call, product, bias);
        return [product with { Map = product.Map!.Shifted([.. terms.Select(term => term * beta)], call.Context.Budget) }];
    }

    /// <summary>Batch normalisation in inference: every value is scaled and shifted.</summary>
    public static Value?[] BatchNormalization(NodeCall call)
    {
        Flow x = call.Flow(0);
        float epsilon = call.Number("epsilon", 1e-5f);
        call.Number("momentum", 0.9f);
        if (call.Opset < 9 && call.Integer("spatial", 1) != 1)
            throw call.Refuse("normalises every position by itself (spatial 0).");
        if (call.Integer("training_mode", 0) != 0 || call.Node.Output.Skip(1).Any(name => name.Length > 0))
            throw call.Refuse("is a batch normalisation in training mode. Export the model in evaluation mode.");
        float[][] numbers = [.. Enumerable.Range(1, 4).Select(input => Vector(call, input))];
        if (x.Axes.Rank < 2 || x.Head != Head.None)
            throw call.Refuse("normalises something other than values of the sequence.");
        FeatureAxis.Settle(call, x, 1, numbers[0].Length);
        double[] factors = [.. numbers[0].Select((scale, i) => scale / Math.Sqrt(numbers[3][i] + epsilon))];
        double[] terms = [.. numbers[1].Select((shift, i) => shift - (numbers[2][i] * factors[i]))];
        if (factors.Concat(terms).Any(number => !double.IsFinite(number)))
            throw call.Refuse("has a variance below 0.");
        MemoryBudget budget = call.Context.Budget;
        LinearMap map = x.Map ?? LinearMap.Identity(x.Width, budget);
        return [x with { Map = map.Scaled(factors, budget).Shifted(terms, budget) }];

        float[] Vector(NodeCall node, int input) => node.Constant(input) is { Rank: 1, IsInteger: false } vector
            && vector.Count == node.Constant(1).Count
            ? vector.Floats(node.Context.Budget)
            : throw node.Refuse("needs four lists of numbers of one length.");
    }

    private static Constant MatrixOf(NodeCall call) => call.Constant(1) is { Rank: 2, IsInteger: false } matrix && matrix.Count > 0
        && matrix.Shape.All(length => length <= int.MaxValue)
        ? matrix
        : throw call.Refuse($"multiplies by a tensor [{string.Join(", ", call.Constant(1).Shape.Take(8))}], which is no matrix of "
            + "floats.");

    /// <summary>Multiplies the values of a step, in the last axis, by a matrix, [values, outputs].</summary>
    private static Flow Times(NodeCall call, Flow x, Constant matrix)
    {
        int last = x.Axes.Rank - 1;
        if (x.Head != Head.None || last < 0)
            throw call.Refuse($"multiplies the result of {x.Head}, after which nothing can be imported.");
        FeatureAxis.Settle(call, x, last, matrix.Shape[0]);
        int outputs = (int)matrix.Shape[1];
        LinearMap map = x.Map ?? LinearMap.Identity(x.Width, call.Context.Budget);
        return x with
        {
            Map = map.Times(matrix.Floats(call.Context.Budget), outputs, call.Context.Budget),
            Axes = x.Axes.With(last, outputs == 1 ? [] : [new Atom(AtomKind.Units, 0, outputs)]),
        };
    }
}
