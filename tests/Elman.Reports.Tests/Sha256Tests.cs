using System.Security.Cryptography;
using System.Text;

namespace Elman.Reports.Tests;

public sealed class Sha256Tests
{
    /// <summary>Examples of NIST, and the empty message.</summary>
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")]
    public void Examples_of_the_standard_have_their_hashes(string message, string hash) =>
        Assert.Equal(hash, Sha256.HexOf(Encoding.ASCII.GetBytes(message)));

    [Fact]
    public void A_million_letters_have_the_hash_of_the_standard() => Assert.Equal(
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
        Sha256.HexOf(Encoding.ASCII.GetBytes(new string('a', 1_000_000))));

    [Fact]
    public void Every_length_around_the_blocks_has_the_hash_of_NET()
    {
        byte[] bytes = [.. Enumerable.Range(0, 70_000).Select(i => (byte)(i * 31))];
        foreach (int length in Enumerable.Range(0, 200).Concat([65_535, 65_536, 65_537, 65_600]))
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length))), Sha256.HexOf(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void A_stream_that_gives_few_bytes_at_a_time_has_the_same_hash()
    {
        byte[] bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
        Assert.Equal(Sha256.HexOf(bytes), Sha256.HexOf(new Slow(bytes)));
    }

    private sealed class Slow(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }
}
