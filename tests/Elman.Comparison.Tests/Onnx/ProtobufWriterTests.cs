using Elman.Comparison.Onnx;

namespace Elman.Comparison.Tests.Onnx;

// The expected bytes are from the examples in the Protocol Buffers documentation of its encoding, or derived by hand from its rules.
public class ProtobufWriterTests
{
    [Theory]
    [InlineData(1, 150, "089601")]
    [InlineData(1, 0, "0800")]
    [InlineData(1, 127, "087F")]
    [InlineData(1, 128, "088001")]
    [InlineData(1, -2, "08FEFFFFFFFFFFFFFFFF01")]
    [InlineData(15, 1, "7801")]
    [InlineData(16, 1, "800101")] // the tag needs a second byte
    [InlineData(20, 2, "A00102")]
    public void Integers_are_varints(int field, long value, string expected) =>
        Assert.Equal(expected, Written(w => w.Integer(field, value)));

    [Fact]
    public void A_text_has_its_length_in_bytes() => Assert.Equal("120774657374696E67", Written(w => w.Text(2, "testing")));

    [Fact]
    public void A_letter_outside_ASCII_has_several_bytes() => Assert.Equal("1202C3A9", Written(w => w.Text(2, "é")));

    [Fact]
    public void A_message_is_written_with_its_length() =>
        Assert.Equal("1A03089601", Written(w => w.Message(3, inner => inner.Integer(1, 150))));

    [Fact]
    public void An_empty_message_has_length_zero() => Assert.Equal("1A00", Written(w => w.Message(3, _ => { })));

    [Fact]
    public void A_long_field_has_a_long_length()
    {
        byte[] bytes = new byte[300];
        Assert.Equal("12AC02" + Convert.ToHexString(bytes), Written(w => w.Bytes(2, bytes)));
    }

    private static string Written(Action<ProtobufWriter> write)
    {
        var writer = new ProtobufWriter();
        write(writer);
        return Convert.ToHexString(writer.ToArray());
    }
}
