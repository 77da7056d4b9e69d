using Elman.Cli.Reports;

namespace Elman.Cli.Tests.Reports;

public sealed class ShellWordTests
{
    [Theory]
    [InlineData("runs/m-1.safetensors", "runs/m-1.safetensors")]
    [InlineData("builtin:synthetic-control", "builtin:synthetic-control")]
    [InlineData("", "''")]
    [InlineData("my model", "'my model'")]
    [InlineData("it's", "'it'\\''s'")]
    [InlineData("'", "''\\'''")]
    [InlineData("~/m", "'~/m'")]
    [InlineData("$HOME;`ls`&\"\\*", "'$HOME;`ls`&\"\\*'")]
    [InlineData("a\nb", "$'a\\012b'")]
    [InlineData("it's\u001b[2J ä\\", "$'it\\047s\\033[2J\\040\\303\\244\\134'")]
    [InlineData("größe", "'größe'")]
    public void A_word_is_quoted_where_the_shell_would_change_it(string word, string expected) =>
        Assert.Equal(expected, ShellWord.Quote(word));
}
