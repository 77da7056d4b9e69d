using Elman.Onnx.Import.Values;

namespace Elman.Onnx.Import.Operators;

/// <summary>Operators that take a part of a tensor along an axis: of the sequence, its last step or one direction.</summary>
internal static class SliceOperators
{
    public static Value?[] Slice(NodeCall call)
    {
        Value x = call.Input(0);
        bool asInputs = call.Opset >= 10;
        long[] starts = (asInputs ? call.Integers(1) : call.IntegerList("starts")) ?? throw call.Refuse("has no starts.");
        long[] ends = (asInputs ? call.Integers(2) : call.IntegerList("ends")) ?? throw call.Refuse("has no ends.");
        long[] axes = (!asInputs ? call.IntegerList("axes") : call.Optional(3) is null ? null : call.Integers(3))
            ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = asInputs && call.Optional(4) is not null ? call.Integers(4) : [.. Enumerable.Repeat(1L, starts.Length)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length)
            throw call.Refuse("has lists of starts, ends, axes and steps that differ in length.");
        for (int i = 0; i < starts.Length; i++)
        {
            long[] shape = ShapeOperators.ShapeOf(call, x);
            int axis = call.Axis(axes[i], shape.Length);
            if (steps[i] is 0 or long.MinValue)
                throw call.Refuse($"has the step {steps[i]}.");
            x = Part(call, x, axis, Range(starts[i], ends[i], steps[i], shape[axis]));
        }
        return [x];
    }

    public static Value?[] Split(NodeCall call)
    {
        Value x = call.Input(0);
        long[] shape = ShapeOperators.ShapeOf(call, x);
        int axis = call.Axis(call.Integer("axis", 0), shape.Length), parts = call.Node.Output.Count;
        long[]? sizes = call.Opset < 13 ? call.IntegerList("split") : call.Optional(1) is null ? null : call.Integers(1);
        if (call.Integer("num_outputs", parts) != parts)
            throw call.Refuse("has another num_outputs than outputs.");
        long usual = (shape[axis] + parts - 1) / Math.Max(parts, 1);
        sizes ??= [.. Enumerable.Range(0, parts).Select(part => Math.Clamp(shape[axis] - (part * usual), 0, usual))];
        if (sizes.Length != parts || sizes.Any(size => size < 0 || size > shape[axis]) || sizes.Sum() != shape[axis])
            throw call.Refuse($"divides axis {axis} of length {shape[axis]} into parts that do not add up to it.");
        var values = new Value?[parts];
        long start = 0;
        for (int part = 0; part < parts; start += sizes[part++])
            values[part] = Part(call, x, axis, (start, sizes[part], 1));
        return values;
    }

    /// <summary>Reverses the steps of every sequence.</summary>
    public static Value?[] ReverseSequence(NodeCall call)
    {
        Flow x = call.Flow(0);
        int timeAxis = call.Axis(call.Integer("time_axis", 0), x.Axes.Rank);
        long steps = x.Axes.Shape[timeAxis];
        call.Axis(call.Integer("batch_axis", 1), x.Axes.Rank);
        if (call.Input(1) is OtherInput)
            call.Context.HasLengths = true;
        else if (call.Integers(1).Any(length => length != steps))
            throw call.Refuse("reverses only a part of the steps.");
        return [Selection.Reversed(call, x, timeAxis)];
    }

    /// <summary>Takes a part of an axis.</summary>
    public static Value Part(NodeCall call, Value x, int axis, (long Start, long Count, long Step) range)
    {
        if (x is Flow flow)
            return Selection.Part(call, flow, axis, range);
        var constant = (Constant)x;
        long[] shape = [.. constant.Shape], strides = ShapeOperators.Strides(shape);
        long offset = range.Count == 0 ? 0 : range.Start * strides[axis];
        shape[axis] = range.Count;
        strides[axis] *= range.Count == 0 ? 0 : range.Step;
        return constant.Strided(shape, strides, offset, call.Context.Budget);
    }

    /// <summary>The positions that a slice takes: those of a list in Python.</summary>
    private static (long Start, long Count, long Step) Range(long start, long end, long step, long length)
    {
        start = start < 0 ? start + length : start;
        end = end < 0 && end >= -length ? end + length : end;
        if (step > 0)
        {
            (start, end) = (Math.Clamp(start, 0, length), Math.Clamp(end, 0, length));
            return (start, end > start ? ((end - start - 1) / step) + 1 : 0, step);
        }
        (start, end) = (Math.Clamp(start, -1, length - 1), Math.Clamp(end, -1, length - 1));
        return (start, start > end ? ((start - end - 1) / -step) + 1 : 0, step);
    }
}
