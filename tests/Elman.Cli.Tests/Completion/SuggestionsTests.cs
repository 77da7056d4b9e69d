namespace Elman.Cli.Tests.Completion;

/// <summary>The directive <c>[suggest]</c>.</summary>
public sealed class SuggestionsTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("elman tr", "train")]
    [InlineData("elman ", "backtest,completion,crossval,data,evaluate,export,import,info,predict,runs,train")]
    [InlineData("elman data g", "generate,get")]
    [InlineData("elman train --ce", "--cell")]
    [InlineData("elman train --cell g", "gru")]
    [InlineData("elman train --cell mi", "mingru,minlstm")]
    [InlineData("elman train --task ", "classify,forecast,regress,tag")]
    [InlineData("elman train x.csv --optimizer a", "adam,adamw")]
    [InlineData("elman train --readout m", "max,mean")]
    [InlineData("elman train --loss cr", "cross-entropy")]
    [InlineData("elman train --activation relu", "relu")]
    [InlineData("elman train --missing ", "indicate,last,linear,mask,mean,refuse")]
    [InlineData("elman train --standardize ", "false,true")]
    [InlineData("elman train --class-weights ", "balanced,none")]
    [InlineData("elman train --features ", "log-mel,mfcc,raw")]
    [InlineData("elman predict m x --format ", "csv,jsonl")]
    [InlineData("elman predict m x --layout ", "auto,long,wide")]
    [InlineData("elman completion ", "bash,fish,pwsh,zsh")]
    [InlineData("elman train --seed ", "")]
    [InlineData("elman train --seed=", "")]
    public void A_command_line_is_completed(string line, string expected)
    {
        ToolRun run = Tool.Run($"[suggest:{line.Length}]", line);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries),
            run.OutputLines.Where(word => !word.StartsWith('-') || line.EndsWith("--ce", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_value_behind_an_equals_sign_is_completed_with_its_option() =>
        Assert.Equal(["--cell=mingru", "--cell=minlstm"], Tool.Run("[suggest]", "elman train --cell=min").OutputLines);

    [Fact]
    public void Options_are_suggested_after_a_dash_and_only_up_to_the_position()
    {
        string[] options = Tool.Run("[suggest:16]", "elman evaluate --json").OutputLines;
        Assert.Contains("--json", options);
        Assert.Contains("--label-column", options);
        Assert.All(options, option => Assert.StartsWith("-", option, StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_suggested_where_a_file_is_expected()
    {
        Directory.CreateDirectory(_workspace.Path("train.d"));
        string beginning = _workspace.Path("tr");
        string[] expected = [_workspace.Path("train.csv"), _workspace.Path("train.d/")];
        foreach (string line in (string[])[$"elman train {beginning}", $"elman info {beginning}", $"elman train x --out {beginning}",
            $"elman train x --test {beginning}", $"elman evaluate m {beginning}"])
            Assert.Equal(expected, Tool.Run($"[suggest:{line.Length}]", line).OutputLines);
        Assert.Empty(Tool.Run("[suggest]", $"elman train x --seed {beginning}").OutputLines);
        Assert.Empty(Tool.Run("[suggest]", "elman train /no/such/folder/").OutputLines);
    }

    public void Dispose() => _workspace.Dispose();
}
