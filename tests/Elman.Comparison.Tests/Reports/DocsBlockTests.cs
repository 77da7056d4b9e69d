using Elman.Comparison.Reports;

namespace Elman.Comparison.Tests.Reports;

public class DocsBlockTests
{
    [Fact]
    public void Only_what_stands_between_the_markers_changes() => Assert.Equal(
        "before\n<!-- results -->\n\nnew\n\n<!-- /results -->\nafter\n",
        DocsBlock.Replace("before\n<!-- results -->\nold\nold\n<!-- /results -->\nafter\n", "new"));

    [Fact]
    public void Replacing_twice_is_replacing_once()
    {
        string once = DocsBlock.Replace("<!-- results --><!-- /results -->", "new");
        Assert.Equal(once, DocsBlock.Replace(once, "new"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<!-- results -->")]
    [InlineData("<!-- /results -->")]
    [InlineData("<!-- /results --> <!-- results -->")]
    [InlineData("<!-- results --> <!-- results --> <!-- /results -->")]
    [InlineData("<!-- results --> <!-- /results --> <!-- /results -->")]
    [InlineData("<!-- results --> <!-- /results --> <!-- results -->")]
    public void A_document_without_exactly_one_pair_is_refused(string document) =>
        Assert.Throws<FormatException>(() => DocsBlock.Replace(document, "new"));
}
