namespace Elman.Cli.Tests.Commands;

/// <summary><c>elman predict --stream</c>.</summary>
public sealed class PredictStreamTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Every_line_is_answered_as_the_sequence_so_far()
    {
        string model = _workspace.Model();
        ToolRun run = Stream(model, "1\n2\n3\n\n-1\n-2\n");
        Assert.True(run.Status == 0, run.Error);
        string[] lines = run.OutputLines;
        Assert.Equal("index,step,predicted,p_down,p_up", lines[0]);
        Assert.Equal(["0,0", "0,1", "0,2", "1,0", "1,1"], lines[1..].Select(line => string.Join(',', line.Split(',')[..2])));

        string whole = _workspace.Write("whole.csv", "x1,x2,x3\n1,2,3\n-1,-2,\n");
        string[] predicted = Tool.Run("predict", model, whole, "--label-column", "none").OutputLines;
        Assert.Equal(predicted[1].Split(',')[1..], lines[3].Split(',')[2..]);
        Assert.Equal(predicted[2].Split(',')[1..], lines[5].Split(',')[2..]);
    }

    [Fact]
    public void Json_lines_and_blanks_at_the_end_do_no_harm()
    {
        ToolRun run = Tool.Run(
            new ToolSurroundings { Input = " 1.5 \r\n\n\n" }, "predict", _workspace.Model(), "-", "--stream", "--format", "jsonl");
        Assert.StartsWith("{\"index\":0,\"step\":0,\"predicted\":\"", Assert.Single(run.OutputLines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x\n", "Line 1 of standard input: 'x' is not a finite number")]
    [InlineData("inf\n", "Line 1 of standard input: 'inf' is not a finite number")]
    [InlineData("nan\n", "Line 1 of standard input has no value 1 ('nan'); the model was trained without --missing")]
    [InlineData("1,2\n", "Line 1 of standard input has 2 values; a step of this model has 1")]
    public void A_line_that_is_no_step_is_refused_by_its_number(string input, string says) =>
        Assert.Contains(says, Tool.Refuses(Stream(_workspace.Model(), input)), StringComparison.Ordinal);

    [Fact]
    public void Predictions_before_a_bad_line_are_kept()
    {
        ToolRun run = Stream(_workspace.Model(), "1\n2\noops\n");
        Assert.Equal((ExitStatus.WrongInput, 3), (run.Status, run.OutputLines.Length));
        Assert.Contains("Line 3", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_the_model_can_not_compute_with_are_refused_by_their_line()
    {
        string model = _workspace.Path("identity.safetensors");
        Tool.Run(Workspace.TrainArgs([_workspace.Train, "--activation", "identity", "--standardize", "false", "--out", model]));
        string lines = "1\n" + string.Concat(Enumerable.Repeat("3e38\n", 20));
        Assert.Matches("Line ([0-9]+) of standard input: up to this line, which is step \\1 of its sequence, the values are so large",
            Stream(model, lines).Error);
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void Predictions_that_are_infinite_in_the_units_of_the_targets_are_refused(string format)
    {
        string data = _workspace.Write("numbers.csv", "x,size\n1,1e38\n2,2e38\n3,3e38\n0.5,5e37\n1.5,1.5e38\n2.5,2.5e38\n");
        string model = _workspace.Path("numbers.safetensors");
        ToolRun trained = Tool.Run(Workspace.TrainArgs(data, "--task", "regress", "--label-column", "size", "--activation", "identity",
            "--epochs", "60", "--out", model));
        Assert.True(trained.Status == 0, trained.Error);
        ToolRun stream = Tool.Run(new ToolSurroundings { Input = "1\n\n1e6\n1\n" }, "predict", model, "--stream", "--format", format);
        Assert.Equal((ExitStatus.WrongInput, format == "csv" ? 2 : 1), (stream.Status, stream.OutputLines.Length));
        Assert.Contains("Line 3 of standard input: up to this line, which is step 1 of", stream.Error, StringComparison.Ordinal);
        string large = _workspace.Write("large.csv", "x\n1\n1e6\n");
        Assert.Contains("The prediction for sequence 2 of 'large.csv' is too large for a 32-bit number",
            Tool.Refuses(Tool.Run("predict", model, large, "--label-column", "none", "--format", format)).Replace(large, "large.csv",
                StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_reads_only_standard_input()
    {
        string model = _workspace.Model();
        Assert.Contains("leave out", Tool.Refuses(Tool.Run("predict", model, _workspace.Test, "--stream")), StringComparison.Ordinal);
        Assert.Contains(
            "--input-format", Tool.Refuses(Tool.Run("predict", model, "--stream", "--input-format", "csv")), StringComparison.Ordinal);
        Assert.Contains("leave out --window",
            Tool.Refuses(Tool.Run("predict", model, "--stream", "--window", "5")), StringComparison.Ordinal);
        Assert.Contains("needs DATA", Tool.Refuses(Tool.Run("predict", model)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_bidirectional_model_explains_why_it_cannot()
    {
        Tool.Run(Workspace.TrainArgs([_workspace.Train, "--bidirectional", "--out", _workspace.Path("b.safetensors")]));
        Assert.Contains("reads every sequence from its end too", Tool.Refuses(Stream(_workspace.Path("b.safetensors"), "1\n")),
            StringComparison.Ordinal);
    }

    public void Dispose() => _workspace.Dispose();

    private static ToolRun Stream(string model, string input) =>
        Tool.Run(new ToolSurroundings { Input = input }, "predict", model, "--stream");
}
