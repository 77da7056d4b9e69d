using Elman.Onnx.Import.Values;
using DataType = Elman.Onnx.Protocol.TensorProto.Types.DataType;

namespace Elman.Onnx.Import.Operators;

/// <summary>Cast: between types of floats it changes nothing here; to integers only constants, symbols and classes may be cast.</summary>
internal static class CastOperator
{
    public static Value?[] Run(NodeCall call)
    {
        var to = (DataType)call.Integer("to", 0);
        call.Integer("saturate", 1); // of types that are refused
        bool isFloat = to is DataType.Float or DataType.Double or DataType.Float16 or DataType.Bfloat16;
        bool isInteger = to is DataType.Int64 or DataType.Int32 or DataType.Int16 or DataType.Int8 or DataType.Uint8 or DataType.Uint16
            or DataType.Uint32 or DataType.Uint64 or DataType.Bool;
        if (!isFloat && !isInteger)
            throw call.Refuse("casts to a type that is no number.");
        return [call.Input(0) switch
        {
            Constant constant => Cast(call, constant, isFloat, to == DataType.Bool),
            Flow { IsRounded: true } when isFloat => throw call.Refuse(
                "makes numbers of values that were rounded to integers, which can't be imported."),
            Flow flow when isFloat || flow.Head == Head.ArgMax => flow,
            Flow { IsInput: true, Map: null } symbols when to is DataType.Int64 or DataType.Int32 => symbols with { IsRounded = true },
            Flow => throw call.Refuse("rounds values of the sequence to integers, which can't be imported."),
            var other => other, // the lengths of the sequences
        }];
    }

    private static Constant Cast(NodeCall call, Constant constant, bool isFloat, bool isBoolean)
    {
        long[] shape = [.. constant.Shape];
        if (constant.IsInteger != isFloat && !isBoolean)
            return constant;
        if (constant.IsUniform)
        {
            double number = constant.IsInteger
                ? constant.Strided([1], [0], 0, call.Context.Budget).Integers(call.Context.Budget, "A tensor")[0]
                : constant.Strided([1], [0], 0, call.Context.Budget).Floats(call.Context.Budget)[0];
            return isFloat ? Constant.Uniform((float)number, shape) : Constant.Uniform(Integer(number, isBoolean), shape);
        }
        if (isFloat)
            return Constant.Of(constant.Floats(call.Context.Budget), shape);
        call.Context.Budget.Take(constant.Count, sizeof(long), "A tensor");
        return Constant.Of(
            constant.IsInteger
                ? Array.ConvertAll(constant.Integers(call.Context.Budget, "A tensor"), number => Integer(number, isBoolean))
                : Array.ConvertAll(constant.Floats(call.Context.Budget), number => Integer(number, isBoolean)),
            shape);
    }

    private static long Integer(double number, bool isBoolean) => isBoolean ? number != 0 ? 1 : 0 : (long)number;
}
