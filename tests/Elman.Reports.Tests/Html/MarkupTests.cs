using Elman.Reports.Html;

namespace Elman.Reports.Tests.Html;

public sealed class MarkupTests
{
    [Theory]
    [InlineData("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")]
    [InlineData("a & b \"c\"", "a &amp; b &quot;c&quot;")]
    [InlineData("\u001b[2J\0\u0085", "\uFFFD[2J\uFFFD\uFFFD")]
    [InlineData("\u202Eevil\u2066", "\uFFFDevil\uFFFD")]
    [InlineData("\uD83D\uDE00 line\nand\ttab", "\uD83D\uDE00 line\nand\ttab")]
    public void Text_is_escaped(string text, string expected)
    {
        Assert.Equal($"<p>{expected}</p>", new Markup().Element("p", text).ToString());
        Assert.Equal($"<a x=\"{expected}\"/>", new Markup().Empty("a", ("x", text)).ToString());
    }

    [Fact]
    public void Half_of_a_surrogate_pair_is_replaced() =>
        Assert.Equal("<p>a\uFFFDb</p>", new Markup().Element("p", "a" + (char)0xD800 + "b").ToString());

    [Fact]
    public void Elements_close_in_order_and_attributes_without_a_value_are_left_out() => Assert.Equal(
        "<a><b n=\"1.5\">x</b></a>", new Markup().Open("a", ("q", null)).Open("b", ("n", 1.5)).Text("x").Close().Close().ToString());
}
