namespace Elman.Cli.Tests.Commands;

public sealed class DataConvertTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private ToolRun Convert(string from, string to, params string[] words) =>
        Tool.Run(["data", "convert", from, _workspace.Path(to), .. words]);

    [Fact]
    public void Data_go_through_all_formats_and_come_out_as_they_were()
    {
        string from = _workspace.Train;
        foreach (string to in (string[])["a.arff", "b.jsonl.gz", "c.ts", "d.csv", "e.tsv.gz", "f.parquet", "g.arrow", "h.feather", "i.npz"])
        {
            ToolRun run = Convert(from, to);
            Assert.Equal("", run.Error);
            Assert.Equal($"Wrote 12 sequences of {from} to {_workspace.Path(to)}\n", run.Output);
            from = _workspace.Path(to);
        }
        SequenceDataset expected = Read.File(_workspace.Train), last = Read.File(from);
        Assert.Equal(expected.ClassLabels, last.ClassLabels);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Values.ToArray(), last[i].Values.ToArray());
            Assert.Equal(expected[i].Label, last[i].Label);
        }
    }

    [Fact]
    public void Losses_of_a_conversion_are_reported()
    {
        string from = _workspace.Write("l.csv", "id,time,ax,label\np,0,1,u\np,1,2,u\n");
        ToolRun run = Convert(from, "l.ts");
        Assert.Equal(ExitStatus.Done, run.Status);
        Assert.Equal(3, run.ErrorLines.Length);
        Assert.All(run.ErrorLines, line => Assert.StartsWith($"elman: warning: {_workspace.Path("l.ts")}: The ", line,
            StringComparison.Ordinal));
        Assert.Contains("The names of the channels, ax,", run.ErrorLines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_every_task_are_read()
    {
        string from = _workspace.Write("s.csv", "id,x,label\np,1,u\np,2,v\n");
        Assert.Equal(ExitStatus.Done, Convert(from, "s.jsonl", "--task", "tag").Status);
        Assert.Contains("\"label\":[\"u\",\"v\"]", File.ReadAllText(_workspace.Path("s.jsonl")), StringComparison.Ordinal);
        Assert.Contains("has labels of steps", Tool.Refuses(Convert(from, "s.ts", "--task", "tag")), StringComparison.Ordinal);
        Assert.Equal(ExitStatus.Done, Tool.Run("data", "convert", "builtin:adding", _workspace.Path("adding.jsonl.gz")).Status);
    }

    [Theory]
    [InlineData("x.dat", "can't be written; its name must end with .ts, .csv")]
    [InlineData("x.txt", "can't be written")]
    [InlineData("no/x.ts", "there is no folder")]
    [InlineData("train.csv", "is also an input file;")]
    public void Wrong_words_are_refused_and_nothing_is_written(string to, string says)
    {
        Assert.Contains(says, Tool.Refuses(Convert(_workspace.Train, to)), StringComparison.Ordinal);
        Assert.Empty(_workspace.Leftovers());
    }

    [Fact]
    public void Json_lines_are_known_on_standard_input()
    {
        string model = _workspace.Model();
        ToolRun run = Tool.Run(new ToolSurroundings { Input = "{\"x\":[1,2,3,4,5]}\n" }, "predict", model, "-");
        Assert.Equal("", run.Error);
        Assert.Equal(2, run.OutputLines.Length);
    }
}
