namespace Elman.Tests.Messages;

public class MessageTextTests
{
    [Theory]
    [InlineData("plain ünïcode 漢字 👩‍🚀", "plain ünïcode 漢字 👩‍🚀")]
    [InlineData("\u001b[2J", "\\x1b[2J")]
    [InlineData("bell\a", "bell\\x07")]
    [InlineData("two\r\nlines\ttab", "two\\r\\nlines\\ttab")]
    [InlineData("\u009b31m\u007f", "\\x9b31m\\x7f")]
    [InlineData("abc\u202Etxt.exe", "abc<U+202E>txt.exe")]
    [InlineData("\u2066a\u2069\u200f\u061c", "<U+2066>a<U+2069><U+200F><U+061C>")]
    [InlineData("a\u2028b\u2029", "a<U+2028>b<U+2029>")]
    [InlineData("", "")]
    public void What_acts_on_a_terminal_becomes_visible(string text, string visible)
    {
        Assert.Equal(visible, MessageText.Visible(text));
        Assert.Equal($"'{visible}'", MessageText.Quoted(text));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_visible()
    {
        Assert.Equal("a<U+D83D>", MessageText.Visible("a\uD83D"));
        Assert.Equal("<U+DE00>a", MessageText.Visible("\uDE00a"));
    }

    [Theory]
    [InlineData(60, "")]
    [InlineData(61, " (61 characters)")]
    [InlineData(4_000_000, " (4,000,000 characters)")]
    public void Of_a_long_name_a_message_has_the_beginning_and_the_length(int length, string end)
    {
        string shown = end.Length == 0 ? new string('x', 60) : new string('x', 60) + "…";
        Assert.Equal($"'{shown}'{end}", MessageText.Quoted(new string('x', length)));
        Assert.Equal(shown + end, MessageText.Shown(new string('x', length)));
        Assert.InRange(MessageText.QuotedText(new string('x', length)).Length, length > 400 ? 400 : length + 2, 450);
    }

    [Fact]
    public void A_name_is_not_cut_within_a_character() =>
        Assert.Equal($"'{new string('x', 59)}…' (70 characters)", MessageText.Quoted(new string('x', 59) + "👩" + new string('x', 9)));
}
