using System.Numerics;
using System.Runtime.InteropServices;
using Elman.Onnx.Protocol;
using Google.Protobuf;

namespace Elman.Onnx.Export;

/// <summary>Parts of an ONNX file: tensors, descriptions of values, attributes.</summary>
internal static class OnnxFormat
{
    /// <summary>The domain of the operators for classical machine learning.</summary>
    public const string MachineLearningDomain = "ai.onnx.ml";

    /// <summary>The name of this exporter in files.</summary>
    public const string Producer = "Elman";

    /// <summary>The version of the operators for classical machine learning.</summary>
    public const int MachineLearningVersion = 3;

    /// <summary>The first version of the format that has a version of the operators.</summary>
    public static int IrVersionOf(int opset) => opset switch { < 19 => 8, < 21 => 9, _ => 10 };

    /// <summary>Returns the type of a tensor of numbers.</summary>
    public static TensorProto.Types.DataType TypeOf<T>() => typeof(T) == typeof(float) ? TensorProto.Types.DataType.Float
        : typeof(T) == typeof(double) ? TensorProto.Types.DataType.Double
        : typeof(T) == typeof(long) ? TensorProto.Types.DataType.Int64
        : typeof(T) == typeof(ulong) ? TensorProto.Types.DataType.Uint64
        : throw new NotSupportedException(typeof(T).Name);

    /// <summary>Returns a tensor; ONNX stores numbers in little-endian order, as the platforms of .NET do.</summary>
    public static TensorProto Tensor<T>(string name, TensorProto.Types.DataType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged, INumber<T>
    {
        var tensor = new TensorProto
        { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)) };
        foreach (long length in shape)
            tensor.Dims.Add(length);
        return tensor;
    }

    /// <summary>Returns the description of an input or output.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its dimensions: numbers, or names of dimensions that may vary.</param>
    public static ValueInfoProto Describe(string name, TensorProto.Types.DataType type, ReadOnlySpan<object> shape)
    {
        var dimensions = new TensorShapeProto();
        foreach (object length in shape)
            dimensions.Dim.Add(length is string variable
                ? new TensorShapeProto.Types.Dimension { DimParam = variable }
                : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(length, null) });
        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = dimensions } },
        };
    }

    /// <summary>Returns an attribute that is an integer.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Int, I = value };

    /// <summary>Returns an attribute that is a number.</summary>
    public static AttributeProto Number(string name, double value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Float, F = (float)value };

    /// <summary>Returns an attribute that is a word.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>Returns an attribute that is a graph.</summary>
    public static AttributeProto Attribute(string name, GraphProto value) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = value };

    /// <summary>Returns an attribute that is a list of integers.</summary>
    public static AttributeProto Attribute(string name, params IEnumerable<long> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Ints, Ints = { values } };

    /// <summary>Returns an attribute that is a list of numbers.</summary>
    public static AttributeProto Attribute(string name, params IEnumerable<float> values) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Floats, Floats = { values } };

    /// <summary>Returns an attribute that is a list of words.</summary>
    public static AttributeProto Attribute(string name, params IEnumerable<string> values) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Strings,
        Strings = { values.Select(ByteString.CopyFromUtf8) },
    };
}
