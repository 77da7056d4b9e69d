using System.Text;
using Elman.Cli.Input;

namespace Elman.Cli.Tests.Input;

public class PeekedStreamTests
{
    [Theory]
    [InlineData("", '\0')]
    [InlineData(" \r\n\t", '\0')]
    [InlineData("@data", '@')]
    [InlineData("\uFEFF# comment", '#')]
    [InlineData("\n\n 1,2", '1')]
    public void The_first_character_is_seen_and_nothing_is_lost(string text, char first)
    {
        using var stream = new PeekedStream(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(first, stream.First);
        using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false);
        Assert.Equal(text, reader.ReadToEnd());
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(100_000)]
    public void A_long_stream_comes_through_whole(int length)
    {
        byte[] bytes = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31))];
        using var stream = new PeekedStream(new MemoryStream(bytes));
        using var copy = new MemoryStream();
        stream.CopyTo(copy, bufferSize: 100);
        Assert.Equal(bytes, copy.ToArray());
    }
}
