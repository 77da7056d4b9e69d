using System.Text.Json;
using Elman.Cli.Input;
using Elman.Data.Tests.Archive;

namespace Elman.Cli.Tests.Commands;

/// <summary>Data sets of an archive, from a server on the loopback address.</summary>
public sealed class DataGetTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly LoopbackServer _server = new(ask => ask.Path == "/archive/Strokes.zip"
        ? HttpAnswer.Of(Zips.Sound(), ask, "\"one\"")
        : new HttpAnswer("404 Not Found", []));

    private string Cache => _workspace.Path("cache");

    [Fact]
    public void Get_downloads_a_set_once()
    {
        ToolRun first = Run("data", "get", "Strokes");
        Assert.Equal("", string.Concat(first.ErrorLines.Skip(1)));
        Assert.Equal(0, first.Status);
        Assert.Contains($"downloading {_server.Address}/Strokes.zip", first.Error, StringComparison.Ordinal);
        Assert.StartsWith($"Wrote {Path.Combine(Cache, "Strokes", "Strokes_TRAIN.ts")} and Strokes_TEST.ts\n", first.Output,
            StringComparison.Ordinal);
        string hash = first.OutputLines[1].Split(' ')[^1];

        ToolRun second = Run("data", "get", "ucr:Strokes", "--sha256", hash);
        Assert.Equal((0, ""), (second.Status, second.Error));
        Assert.StartsWith("Already downloaded:", second.Output, StringComparison.Ordinal);
        Assert.Single(_server.Asked);
    }

    [Fact]
    public void Options_name_another_archive_and_another_folder()
    {
        ToolRun run = Tool.Run("data", "get", "Strokes", "--from", _server.Address + "/", "--cache", Cache);
        Assert.Equal(0, run.Status);
        Assert.True(File.Exists(Path.Combine(Cache, "Strokes", "archive.json")));
    }

    [Fact]
    public void Training_on_a_set_tests_on_its_part_for_testing()
    {
        string model = _workspace.Path("m.safetensors");
        ToolRun run = Run(Workspace.TrainArgs("ucr:Strokes", "--out", model));
        Assert.Equal(0, run.Status);
        Assert.Contains("Training on ucr:Strokes_TRAIN: 4 sequences", run.Output, StringComparison.Ordinal);
        Assert.Contains("Testing on ucr:Strokes_TEST: 2 sequences", run.Output, StringComparison.Ordinal);
        Assert.Contains("ucr:Strokes means its test part here, ucr:Strokes_TEST", run.Error, StringComparison.Ordinal);
        Assert.Single(_server.Asked);

        ToolRun evaluated = Run("evaluate", model, "ucr:Strokes");
        Assert.StartsWith("ucr:Strokes_TEST: 2 sequences", evaluated.Output, StringComparison.Ordinal);
        Assert.StartsWith("ucr:Strokes_TRAIN: 4 sequences", Run("evaluate", model, "ucr:Strokes_TRAIN").Output, StringComparison.Ordinal);
        ToolRun predicted = Run("predict", model, "ucr:Strokes");
        Assert.Equal(3, predicted.OutputLines.Length);
        Assert.Contains("ucr:Strokes_TEST", predicted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_shows_both_parts()
    {
        ToolRun run = Run("info", "ucr:Strokes");
        Assert.Contains("ucr:Strokes_TRAIN: 4 sequences, 2 classes", run.Output, StringComparison.Ordinal);
        Assert.Contains("Test part: ucr:Strokes_TEST, 2 sequences", run.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Run("info", "ucr:Strokes", "--json").Output);
        Assert.Equal(2, json.RootElement.GetProperty("test").GetProperty("cases").GetInt32());
        Assert.Contains("ucr:Strokes_TEST: 2 sequences", Run("info", "ucr:Strokes_TEST").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_is_written_in_another_format()
    {
        ToolRun run = Run("data", "convert", "ucr:Strokes_TEST", _workspace.Path("t.csv"));
        Assert.Equal($"Wrote 2 sequences of ucr:Strokes_TEST to {_workspace.Path("t.csv")}\n", run.Output);
    }

    [Theory]
    [InlineData("There is no data set 'Stroke'", "data", "get", "Stroke")]
    [InlineData("There is no data set 'Stroke'", "info", "ucr:Stroke")]
    public void A_slip_in_the_name_is_reported(string says, params string[] words)
    {
        ToolRun run = Run(words);
        Assert.Equal(ExitStatus.WrongInput, run.Status);
        Assert.Contains(says, run.ErrorLines[^1], StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("is not a valid data set name;", "data", "get", "../x")]
    [InlineData("is not a valid data set name;", "info", "ucr:a/../../b")]
    [InlineData("is not a valid data set name;", "info", "ucr:")]
    [InlineData("--from is 'nowhere'; it must be the URL of a folder", "data", "get", "Strokes", "--from", "nowhere")]
    [InlineData("is not the URL of an archive;", "data", "get", "Strokes", "--from", "file:///tmp/")]
    [InlineData("is not a SHA-256;", "data", "get", "Strokes", "--sha256", "1234")]
    [InlineData("but such data have no validation", "train", "ucr:Strokes", "--cell", "rnn", "--validation", "ucr:Strokes")]
    public void What_makes_no_sense_is_refused(string says, params string[] words) =>
        Assert.Contains(says, Tool.Refuses(Run(words)), StringComparison.Ordinal);

    [Fact]
    public void Another_checksum_is_a_failure_of_the_work()
    {
        ToolRun run = Run("data", "get", "Strokes", "--sha256", new string('0', 64));
        Assert.Equal(ExitStatus.Failed, run.Status);
        Assert.Contains("has the SHA-256", run.ErrorLines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_set_is_not_used()
    {
        Run("data", "get", "Strokes");
        File.AppendAllText(Path.Combine(Cache, "Strokes", "Strokes_TRAIN.ts"), "1,2,3:a\n");
        string refusal = Tool.Refuses(Run("info", "ucr:Strokes"), ExitStatus.Failed);
        Assert.Contains("The cached data of Strokes are damaged: Strokes_TRAIN.ts was changed after the download. Download them again "
            + "with 'elman data get Strokes'.", refusal, StringComparison.Ordinal);
        Assert.Contains("were damaged", Run("data", "get", "Strokes").Error, StringComparison.Ordinal);
        Assert.Equal(0, Run("info", "ucr:Strokes").Status);
    }

    public void Dispose()
    {
        _server.Dispose();
        _workspace.Dispose();
    }

    private ToolRun Run(params string[] words) => Tool.Run(
        new ToolSurroundings
        {
            Variables = new Dictionary<string, string?>
            {
                [ArchiveData.AddressVariable] = _server.Address.AbsoluteUri,
                [ArchiveData.CacheVariable] = Cache,
            },
        },
        words);
}
