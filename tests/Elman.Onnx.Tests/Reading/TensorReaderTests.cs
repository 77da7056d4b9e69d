using System.Runtime.InteropServices;
using Elman.Onnx.Import.Values;
using Elman.Onnx.Protocol;
using Elman.Onnx.Reading;
using Google.Protobuf;

namespace Elman.Onnx.Tests.Reading;

/// <summary>Every type of numbers, as raw bytes and as typed fields.</summary>
public class TensorReaderTests
{
    private static readonly MemoryBudget _budget = new(1 << 20, 1);

    [Fact]
    public void Floating_point_numbers_become_floats()
    {
        Assert.Equal([1.5f, -2], Floats(Raw<float>(1, 1.5f, -2)));
        Assert.Equal([1.5f, -2], Floats(Raw<double>(11, 1.5, -2)));
        Assert.Equal([1.5f, -2], Floats(Raw(10, (Half)1.5, (Half)(-2))));
        Assert.Equal([1.5f, -2], Floats(Raw<ushort>(16, 0x3FC0, 0xC000))); // bfloat16: the upper half of a float
        Assert.Equal([1.5f, -2], Floats(new TensorProto { DataType = 1, Dims = { 2 }, FloatData = { 1.5f, -2 } }));
        Assert.Equal([1.5f, -2], Floats(new TensorProto { DataType = 11, Dims = { 2 }, DoubleData = { 1.5, -2 } }));
        Assert.Equal([1.5f, -2], Floats(new TensorProto { DataType = 10, Dims = { 2 }, Int32Data = { 0x3E00, 0xC000 } }));
        Assert.Equal([1.5f, -2], Floats(new TensorProto { DataType = 16, Dims = { 2 }, Int32Data = { 0x3FC0, 0xC000 } }));
    }

    [Fact]
    public void Integers_become_64_bit_integers()
    {
        Assert.Equal([3, -4], Integers(Raw<long>(7, 3, -4)));
        Assert.Equal([3, -4], Integers(Raw<int>(6, 3, -4)));
        Assert.Equal([3, -4], Integers(Raw<short>(5, 3, -4)));
        Assert.Equal([3, -4], Integers(Raw<sbyte>(3, 3, -4)));
        Assert.Equal([3, 255], Integers(Raw<byte>(2, 3, 255)));
        Assert.Equal([1, 0], Integers(Raw<byte>(9, 1, 0)));
        Assert.Equal([3, -4], Integers(new TensorProto { DataType = 7, Dims = { 2 }, Int64Data = { 3, -4 } }));
        Assert.Equal([3, -4], Integers(new TensorProto { DataType = 6, Dims = { 2 }, Int32Data = { 3, -4 } }));
        Assert.Equal([3, 4], Integers(new TensorProto { DataType = 13, Dims = { 2 }, Uint64Data = { 3, 4 } }));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_refused(float number)
    {
        Refused(Raw<float>(1, 1, number));
        Refused(Raw<double>(11, 1, number));
        Refused(Raw(10, (Half)1, (Half)number));
        Refused(new TensorProto { DataType = 1, Dims = { 2 }, FloatData = { 1, number } });
    }

    [Fact]
    public void Numbers_that_do_not_fit_are_refused()
    {
        Refused(Raw<double>(11, 1, 1e300)); // no 32-bit float
        Refused(Raw<ulong>(13, 1, ulong.MaxValue));
        Refused(new TensorProto { DataType = 8, Dims = { 1 }, StringData = { ByteString.CopyFromUtf8("a") } });
        Refused(new TensorProto { DataType = 14, Dims = { 1 }, FloatData = { 1, 2 } }); // complex
        Refused(new TensorProto { DataType = 1, Dims = { 3 }, FloatData = { 1, 2 } });
        Refused(new TensorProto { DataType = 1, Dims = { 2 }, RawData = ByteString.CopyFrom(new byte[7]) });
    }

    [Fact]
    public void A_tensor_without_elements_and_one_without_axes_are_read()
    {
        Assert.Empty(Floats(new TensorProto { DataType = 1, Dims = { 0 } }));
        Assert.Equal([5], Floats(new TensorProto { DataType = 1, FloatData = { 5 } }));
    }

    private static TensorProto Raw<T>(int type, params T[] numbers)
        where T : unmanaged => new()
        {
            DataType = type,
            Dims = { numbers.Length },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<T>(numbers)),
        };

    private static Constant Read(TensorProto tensor) => new TensorReader(new ExternalData(null), _budget).Read(tensor, "'t'");

    private static float[] Floats(TensorProto tensor) => Read(tensor).Floats(_budget);

    private static long[] Integers(TensorProto tensor) => Read(tensor).Integers(_budget, "They");

    private static void Refused(TensorProto tensor) =>
        Assert.Contains("'t'", Assert.Throws<GraphException>(() => Read(tensor)).Problem, StringComparison.Ordinal);
}
