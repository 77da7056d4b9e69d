using Elman.Comparison.CommandLine;

namespace Elman.Comparison.Tests.CommandLine;

public class SwitchesTests
{
    [Fact]
    public void Without_options_all_rows_are_measured_fully() =>
        Assert.Equal(new Settings { Python = "python3" }, Parse());

    [Fact]
    public void Every_switch_reaches_its_setting() => Assert.Equal(
        new Settings
        { Quick = true, List = true, Only = "train/", Rounds = 7, Json = "a.json", Markdown = "b.md", Docs = "c.md", Python = "py" },
        Parse("--quick", "--list", "--only", "train/", "--rounds", "7", "--json", "a.json", "--markdown", "b.md", "--docs",
            "c.md", "--python", "py"));

    [Fact]
    public void Help_is_no_settings() => Assert.Null(Parse("--quick", "--help"));

    [Fact]
    public void Python_comes_from_the_environment_where_no_switch_names_it()
    {
        Assert.Equal("other", Switches.Parse([], _ => "other")!.Python);
        Assert.Equal("named", Switches.Parse(["--python", "named"], _ => "other")!.Python);
        Assert.Equal("python3", Switches.Parse([], _ => "")!.Python);
    }

    [Theory]
    [InlineData("Unknown option '--fast'; --help lists the options.", "--fast")]
    [InlineData("Unknown option 'quick'; --help lists the options.", "quick")]
    [InlineData("--quick is given twice.", "--quick", "--quick")]
    [InlineData("--only needs a value; see --help.", "--only")]
    [InlineData("--only needs a value; see --help.", "--only", "")]
    [InlineData("--json needs a value; see --help.", "--json", "--quick")]
    [InlineData("--rounds is '0'; it must be a whole number from 1 to 100000.", "--rounds", "0")]
    [InlineData("--rounds is '100001'; it must be a whole number from 1 to 100000.", "--rounds", "100001")]
    [InlineData("--rounds is '2.5'; it must be a whole number from 1 to 100000.", "--rounds", "2.5")]
    [InlineData("--rounds is '-1'; it must be a whole number from 1 to 100000.", "--rounds", "-1")]
    [InlineData("--rounds is '99999999999'; it must be a whole number from 1 to 100000.", "--rounds", "99999999999")]
    public void A_wrong_word_is_named(string message, params string[] words) =>
        Assert.Equal(message, Assert.Throws<SwitchException>(() => Parse(words)).Message);

    [Fact]
    public void Help_names_every_switch_there_is()
    {
        string[] known = ["--quick", "--only", "--rounds", "--json", "--markdown", "--docs", "--python", "--list", "--help"];
        Assert.All(known, word => Assert.Contains(word + " ", Switches.Help, StringComparison.Ordinal));
    }

    private static Settings? Parse(params string[] words) => Switches.Parse(words, _ => null);
}
