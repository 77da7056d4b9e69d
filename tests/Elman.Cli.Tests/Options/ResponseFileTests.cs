namespace Elman.Cli.Tests.Options;

/// <summary>Response files: <c>@FILE</c>.</summary>
public sealed class ResponseFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void The_arguments_in_a_file_are_like_those_on_the_command_line()
    {
        string words = _workspace.Write("train.rsp", "# a small network\n--cell\nrnn\n\n  --layers 4\n--epochs=2\n--batch 4\n");
        string direct = _workspace.Path("direct.safetensors"), read = _workspace.Path("read with blanks.safetensors");
        Assert.Equal(0, Tool.Run(
            "train", _workspace.Train, "--cell", "rnn", "--layers", "4", "--epochs", "2", "--batch", "4", "--out", direct).Status);
        ToolRun run = Tool.Run(
            "train", _workspace.Train, $"@{words}", $"@{_workspace.Write("out.rsp", $"--out {read}\r\n")}");
        Assert.True(run.Status == 0, run.Error);
        Assert.Equal(File.ReadAllBytes(direct), File.ReadAllBytes(read));
    }

    [Fact]
    public void A_file_may_name_others_but_not_itself()
    {
        string inner = _workspace.Write("inner.rsp", _workspace.Train), outer = _workspace.Write("outer.rsp", $"info\n@{inner}\n");
        Assert.Equal(0, Tool.Run($"@{outer}").Status);
        string own = _workspace.Path("own.rsp");
        _workspace.Write("own.rsp", $"@{own}\n");
        Assert.Contains("do they name each other?", Tool.Refuses(Tool.Run("info", $"@{own}")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no.rsp", "there is no such file; check the path")]
    [InlineData("folder", "this is a folder")]
    [InlineData("long.rsp", "too long for a response file")]
    public void A_file_that_can_not_be_used_is_refused_by_its_name(string name, string says)
    {
        Directory.CreateDirectory(_workspace.Path("folder"));
        _workspace.Write("long.rsp", new string('x', (1 << 20) + 1));
        string refusal = Tool.Refuses(Tool.Run("info", $"@{_workspace.Path(name)}"));
        Assert.Contains($"@{_workspace.Path(name)}", refusal, StringComparison.Ordinal);
        Assert.Contains(says, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_data_may_begin_with_an_at_sign_behind_its_folder()
    {
        string data = _workspace.Write("@words.csv", File.ReadAllText(_workspace.Train));
        Assert.Equal(0, Tool.Run("info", data).Status);
    }

    public void Dispose() => _workspace.Dispose();
}
