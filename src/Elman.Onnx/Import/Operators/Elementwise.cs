using Elman.Onnx.Import.Values;
using Elman.Onnx.Reading;

namespace Elman.Onnx.Import.Operators;

/// <summary>Add, Sub, Mul and Div: of constants, of values with constants for each, and of two directions.</summary>
internal static class Elementwise
{
    public static Value?[] Run(NodeCall call)
    {
        Value a = call.Input(0), b = call.Input(1);
        return (a, b, call.Node.OpType) switch
        {
            (Constant x, Constant y, _) => [ConstantArithmetic.Run(call, x, y)],
            (Flow x, Flow y, "Add") => [Merging.Of(call, x, y, DirectionMerge.Sum)],
            (Flow x, Flow y, "Mul") => [Merging.Of(call, x, y, DirectionMerge.Product)],
            (Flow x, Constant y, _) => [WithConstant(call, x, y)],
            (Constant x, Flow y, "Add" or "Mul") => [WithConstant(call, y, x)],
            (Constant x, Flow y, "Sub") => [WithConstant(call, Negated(call, y), x, "Add")],
            _ => throw call.Refuse("combines values in a way that can't be imported."),
        };
    }

    /// <summary>Mean of two: directions that are averaged.</summary>
    public static Value?[] Mean(NodeCall call) => call.InputCount == 2
        ? [Merging.Of(call, call.Flow(0), call.Flow(1), DirectionMerge.Mean)]
        : throw call.Refuse($"averages {Amount.Of(call.InputCount, "tensor")}; only the two directions of a layer can be averaged.");

    /// <summary>Sum of two: directions that are added.</summary>
    public static Value?[] Sum(NodeCall call) => call.InputCount == 2
        ? Run(call, "Add")
        : throw call.Refuse($"adds {Amount.Of(call.InputCount, "tensor")}; only two can be added.");

    /// <summary>Returns the number of a constant for each value of a step.</summary>
    public static double[] VectorOf(NodeCall call, Flow flow, Constant constant)
    {
        if (flow.IsInput && constant.Count == 1)
            FeatureAxis.Guess(flow);
        if (constant.Rank > flow.Axes.Rank)
            throw call.Refuse($"combines [{string.Join(", ", flow.Axes.Shape)}] with a constant of more axes.");
        float[] numbers = constant.Floats(call.Context.Budget);
        if (numbers.Length == 1)
            return Filled(call, flow.Width, numbers[0]);
        int[] axes = [.. Enumerable.Range(0, constant.Rank).Where(axis => constant.Shape[axis] != 1)];
        if (axes is not [var only])
            throw call.Refuse($"combines [{string.Join(", ", flow.Axes.Shape)}] with a constant [{string.Join(", ", constant.Shape)}], "
                + "whose numbers are not one for each value of a step.");
        FeatureAxis.Settle(call, flow, flow.Axes.Rank - constant.Rank + only, numbers.Length);
        return [.. numbers.Select(number => (double)number)];
    }

    private static Value?[] Run(NodeCall call, string operation) => (call.Input(0), call.Input(1)) switch
    {
        (Flow x, Flow y) => [Merging.Of(call, x, y, DirectionMerge.Sum)],
        (Flow x, Constant y) => [WithConstant(call, x, y, operation)],
        (Constant x, Flow y) => [WithConstant(call, y, x, operation)],
        _ => throw call.Refuse("combines values in a way that can't be imported."),
    };

    private static Flow WithConstant(NodeCall call, Flow x, Constant constant, string? operation = null)
    {
        double[] numbers = VectorOf(call, x, constant);
        operation ??= call.Node.OpType;
        if (operation == "Div" && numbers.Contains(0))
            throw call.Refuse("divides by 0.");
        MemoryBudget budget = call.Context.Budget;
        return Mapped(call, x, map => operation switch
        {
            "Add" => map.Shifted(numbers, budget),
            "Sub" => map.Shifted([.. numbers.Select(number => -number)], budget),
            "Mul" => map.Scaled(numbers, budget),
            _ => map.Scaled([.. numbers.Select(number => 1 / number)], budget),
        });
    }

    private static Flow Negated(NodeCall call, Flow x) =>
        Mapped(call, x, map => map.Scaled(Filled(call, map.Outputs, -1), call.Context.Budget));

    private static Flow Mapped(NodeCall call, Flow x, Func<LinearMap, LinearMap> change)
    {
        if (x.Head != Head.None)
            throw call.Refuse($"changes the result of {x.Head}, after which nothing can be imported.");
        FeatureAxis.Guess(x);
        return x with { Map = change(x.Map ?? LinearMap.Identity(x.Width, call.Context.Budget)) };
    }

    private static double[] Filled(NodeCall call, int count, double number)
    {
        call.Context.Budget.Take(count, sizeof(double), "The values of a step");
        double[] all = new double[count];
        Array.Fill(all, number);
        return all;
    }
}
