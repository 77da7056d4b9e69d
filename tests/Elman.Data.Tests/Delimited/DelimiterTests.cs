using System.Text;

namespace Elman.Data.Tests.Delimited;

public class DelimiterTests
{
    [Theory]
    [InlineData("1,2,a\n", ',')]
    [InlineData("1;2;a\n", ';')]
    [InlineData("1\t2\ta\n", '\t')]
    [InlineData("1,5;2,5;a\n", ';')]
    [InlineData("1,5\t2,5\ta\n", '\t')]
    [InlineData("1,2,a;b\n", ',')]
    [InlineData("1,2,3;b\n", ',')]
    [InlineData("1,\"x;y;z\"\n", ',')]
    [InlineData("\"a,b\";2\n", ';')]
    [InlineData("1 2 a\n", ' ')]
    [InlineData("  1.0e+00   2.5 3\n  2.0e+00   2.5  4\n", ' ')]
    [InlineData("x y label\n1 2 a\n", ' ')]
    [InlineData("a sentence of words\nand another one\n", ',')]
    [InlineData("load\n1\n2\n", ',')]
    [InlineData("1|2|a\n", '|')]
    [InlineData("1,5|2,5|a\n", '|')]
    [InlineData("id,a|b\n", ',')]
    [InlineData("\n\r\n1;2\n3,4,5\n", ';')]
    [InlineData("\uFEFF1;a\n", ';')]
    [InlineData("1,;2\n", ',')]
    [InlineData(",1;2\n", ',')]
    [InlineData("", ',')]
    public void The_first_line_decides(string text, char expected) =>
        Assert.Equal(expected, Delimiter.Detect(Encoding.UTF8.GetBytes(text)));
}
