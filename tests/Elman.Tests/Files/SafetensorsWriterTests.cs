using System.Buffers.Binary;
using System.Text;
using Elman.Files;

namespace Elman.Tests.Files;

public class SafetensorsWriterTests
{
    private static readonly Dictionary<string, string> _noTexts = [];

    [Fact]
    public void The_file_is_what_another_writer_makes_of_the_same_content_byte_for_byte() =>
        Assert.Equal(SafetensorsExample.File, SafetensorsExample.Write(SafetensorsExample.Content));

    [Fact]
    public void The_other_writers_file_reads_as_that_content() =>
        SafetensorsExample.AssertSame(SafetensorsExample.Content, SafetensorsExample.Read(SafetensorsExample.File));

    [Fact]
    public void A_file_may_hold_nothing()
    {
        byte[] file = SafetensorsExample.Write(new Safetensors([], _noTexts));
        Assert.Equal("{}      ", Encoding.UTF8.GetString(file.AsSpan(8)));
        Assert.Empty(SafetensorsExample.Read(file).Tensors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("ab")]
    [InlineData("abc")]
    [InlineData("abcd")]
    [InlineData("abcde")]
    [InlineData("abcdef")]
    [InlineData("abcdefg")]
    public void The_data_begin_at_a_multiple_of_8(string name)
    {
        byte[] file = SafetensorsExample.Write(new Safetensors([SafetensorsExample.Tensor(name, "F32", [1], 1f)], _noTexts));
        Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(file) % 8);
        Assert.Equal(file.Length, 8 + BinaryPrimitives.ReadInt64LittleEndian(file) + 4);
    }

    [Theory]
    [InlineData("")]
    [InlineData("quote \" backslash \\ slash /")]
    [InlineData("tab\t newline\n nul\0 escape\u001b")]
    [InlineData("<script>&amp;'+`")]
    [InlineData("漢字 ünïcode \u2028 \ufeff")]
    [InlineData("beyond the basic plane 😀")]
    public void Every_name_and_text_round_trips(string text)
    {
        var content = new Safetensors([SafetensorsExample.Tensor(text, "F32", [1], 1f)], new Dictionary<string, string> { [text] = text });
        SafetensorsExample.AssertSame(content, SafetensorsExample.Read(SafetensorsExample.Write(content)));
    }

    [Theory]
    [InlineData]
    [InlineData(1L)]
    [InlineData(0L)]
    [InlineData(3L, 0L, 2L)]
    [InlineData(2L, 1L, 3L, 1L, 2L)]
    public void Every_shape_round_trips(params long[] shape)
    {
        var content = new Safetensors(
            [SafetensorsExample.Tensor("x", "F32", shape, new float[shape.Aggregate(1L, (a, b) => a * b)]),
                SafetensorsExample.Tensor("y", "F32", [1], 2f)],
            _noTexts);
        SafetensorsExample.AssertSame(content, SafetensorsExample.Read(SafetensorsExample.Write(content)));
    }
}
