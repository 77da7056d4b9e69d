using System.Buffers.Binary;
using System.Text;

using Elman.Files;

namespace Elman.Tests.Files;

public class SafetensorsReaderTests
{
    private const string W = """ "w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]} """;

    /// <summary>A header, the number of bytes of data after it, and the text that the message must contain.</summary>
    public static TheoryData<string, int, string> Unsound => new()
    {
        { "", 0, "not valid JSON" },
        { "   ", 0, "not valid JSON" },
        { "{", 0, "not valid JSON" },
        { "{} x", 0, "not valid JSON" },
        { "[]", 0, "its header is not an object" },
        { "null", 0, "its header is not an object" },
        { "\"w\"", 0, "its header is not an object" },
        { $"{{{W},}}", 8, "not valid JSON" },
        { $"{{{W}/* comment */}}", 8, "not valid JSON" },
        { """{"w":[]}""", 0, "tensor 'w' is not described by an object" },
        { """{"w":{}}""", 0, "tensor 'w' has no dtype, no shape or not two data_offsets" },
        { """{"w":{"dtype":"F32","shape":[2]}}""", 8, "tensor 'w' has no dtype, no shape or not two data_offsets" },
        { """{"w":{"dtype":"F32","data_offsets":[0,8]}}""", 8, "tensor 'w' has no dtype, no shape or not two data_offsets" },
        { """{"w":{"shape":[2],"data_offsets":[0,8]}}""", 8, "tensor 'w' has no dtype" },
        { """{"w":{"dtype":null,"shape":[2],"data_offsets":[0,8]}}""", 8, "'w'" },
        { """{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}""", 8, "the dtype of tensor 'w' is not a string" },
        { """{"w":{"dtype":"F33","shape":[2],"data_offsets":[0,8]}}""", 8, "'w' has the unknown element type 'F33'" },
        { """{"w":{"dtype":"f32","shape":[2],"data_offsets":[0,8]}}""", 8, "'w' has the unknown element type 'f32'" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", 8, "'w' has the unknown field 'more'" },
        { """{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}""", 8, "the sizes of tensor 'w' are not a list" },
        { """{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "the size -2 of tensor 'w' is not a whole number" },
        { """{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "the size 2.5 of tensor 'w' is not a whole number" },
        { """{"w":{"dtype":"F32","shape":["2"],"data_offsets":[0,8]}}""", 8, "the size 2 of tensor 'w' is not a whole number" },
        { """{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8,
            "the size 99999999999999999999 of tensor 'w' is not a whole number" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0]}}""", 8, "tensor 'w' has no dtype, no shape or not two data_offsets" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", 8, "tensor 'w' has no dtype, no shape or not two data_offsets" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "'w' of shape [2]" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,7]}}""", 7, "'w' of shape [2]" },
        { """{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "takes 12 bytes" },
        { """{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}""", 8, "takes 16 bytes" },
        { """{"w":{"dtype":"F32","shape":[],"data_offsets":[0,8]}}""", 8, "takes 4 bytes" },
        { """{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0,
            "'w' has the shape [4294967296, 4294967296], which overflows" },
        { """{"w":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}}""", 0, "overflows" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[9223372036854775800,9223372036854775807]}}""", 8, "'w'" },
        { """{"w":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'w' begins at byte 4" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}""", 8,
            "'b' begins at byte 5 of the data, expected 4" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[5],"data_offsets":[3,8]}}""", 8,
            "'b' begins at byte 3 of the data, expected 4" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}""", 4,
            "begins at byte 0 of the data, expected 4" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[0],"data_offsets":[2,2]}}""",
            4, "'b' begins at byte 2" },
        { $"{{{W}}}", 7, "'w' ends at byte 8 of the data, but the file has only 7 bytes" },
        { $"{{{W}}}", 0, "has only 0 bytes" },
        { $"{{{W}}}", 9, "After the last tensor, the file has 1 byte more" },
        { "{}", 5, "After the last tensor, the file has 5 bytes more" },
        { $"{{{W},{W}}}", 8, "'w'" },
        { "{" + W + ""","\u0077":{"dtype":"F32","shape":[0],"data_offsets":[8,8]}}""", 8, "'w'" },
        { """{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "tensor 'w' has the field 'dtype' twice" },
        { """{"w":{"dtype":"F32","shape":[1],"shape":[2],"data_offsets":[0,8]}}""", 8, "tensor 'w' has the field 'shape' twice" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "its metadata has the name 'a' twice" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "its header has the name '__metadata__' twice" },
        { $$$"""{"w":{"dtype":"F32","shape":[{{{string.Join(",", Enumerable.Repeat(1, 17))}}}],"data_offsets":[0,4]}}""", 4,
            "tensor 'w' has more than 16 dimensions" },
        { """{"__metadata__":{"a":1}}""", 0, "the text 'a' of its metadata is not a string" },
        { """{"__metadata__":{"a":null}}""", 0, "the text 'a' of its metadata is not a string" },
        { """{"__metadata__":[]}""", 0, "its metadata is not an object" },
        { """{"__metadata__":{"a":"\ud800"}}""", 0, "not valid UTF-8" },
        { """{"\udc00":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "not valid UTF-8" },
        { $"{{\"w\":{new string('[', 10_000)}", 0, "tensor 'w' is not described" },
        { $"{{\"w\":{{\"dtype\":{new string('[', 10_000)}", 0, "the dtype of tensor 'w' is not a string" },
    };

    [Theory]
    [MemberData(nameof(Unsound))]
    public void An_unsound_file_is_refused_with_the_reason(string header, int data, string reason) =>
        AssertRefused(Build(Encoding.UTF8.GetBytes(header), data), reason);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Fewer_than_eight_bytes_are_refused(int length) => AssertRefused(new byte[length], length == 1 ? "it has 1 byte" : "it has "
        + $"{length} bytes");

    [Theory]
    [InlineData(100_000_001UL, "more than 100000000")]
    [InlineData(ulong.MaxValue, "18446744073709551615 bytes, more than")]
    [InlineData(1UL << 63, "more than 100000000")]
    [InlineData(100_000_000UL, "would end past the 24 bytes")]
    [InlineData(17UL, "would end past the 24 bytes")]
    public void A_header_longer_than_the_limit_or_the_file_is_refused(ulong length, string reason)
    {
        var file = new byte[24];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        AssertRefused(file, reason);
    }

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC3)]
    [InlineData(0x80)]
    public void Bytes_that_are_no_UTF8_are_refused(byte bad)
    {
        byte[] header = Encoding.UTF8.GetBytes("""{"__metadata__":{"a":"?"}}""");
        header[Array.IndexOf(header, (byte)'?')] = bad;
        AssertRefused(Build(header, 0), "not valid UTF-8");
    }

    [Theory]
    [InlineData("{  }", 0)]
    [InlineData("""{"__metadata__":{}}""", 0)]
    [InlineData(" \t\r\n{}", 0)]
    [InlineData("""{"b":{"data_offsets":[1,2],"shape":[1],"dtype":"I8"},"a":{"dtype":"BOOL","shape":[],"data_offsets":[0,1]}}""", 2)]
    [InlineData("""{"a":{"dtype":"U8","shape":[0,9223372036854775807],"data_offsets":[0,0]}}""", 0)]
    public void Sound_files_of_other_writers_are_read(string header, int data) =>
        Assert.NotNull(SafetensorsExample.Read(Build(Encoding.UTF8.GetBytes(header), data)));

    [Fact]
    public void A_tensor_that_no_array_can_hold_is_refused()
    {
        const long Bytes = 3_000_000_000;
        byte[] header = Encoding.UTF8.GetBytes($$$"""{"w":{"dtype":"U8","shape":[{{{Bytes}}}],"data_offsets":[0,{{{Bytes}}}]}}""");
        using var stream = new SparseStream(Build(header, 0), Bytes);
        var e = Assert.Throws<ModelFileException>(() => SafetensorsReader.Read(stream, "m.safetensors"));
        Assert.Contains("'w'", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Build(byte[] header, int data)
    {
        var file = new byte[8 + header.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, 8);
        return file;
    }

    private static void AssertRefused(byte[] file, string reason)
    {
        var e = Assert.Throws<ModelFileException>(() => SafetensorsExample.Read(file));
        Assert.StartsWith("m.safetensors: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        Assert.Equal("m.safetensors", e.FilePath);
    }

    /// <summary>Bytes followed by a given number of zeros, which are not stored.</summary>
    private sealed class SparseStream(byte[] start, long zeros) : MemoryStream(start)
    {
        public override long Length => base.Length + zeros;
    }
}
