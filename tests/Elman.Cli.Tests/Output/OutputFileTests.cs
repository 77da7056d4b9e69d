using Elman.Cli.Output;

namespace Elman.Cli.Tests.Output;

public sealed class OutputFileTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Looking_leaves_no_trace_and_does_not_touch_what_is_there()
    {
        string path = _workspace.Write("old.png", "old");
        OutputFile.CheckWritable("--plot", path);
        OutputFile.CheckWritable("--plot", _workspace.Path("new.png"));
        Assert.Equal(["old.png"], _workspace.Leftovers());
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Writing_replaces_what_was_there()
    {
        string path = _workspace.Write("old.png", "old content");
        OutputFile.Write(path, "new"u8);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(["old.png"], _workspace.Leftovers());
    }

    [Fact]
    public void Writing_that_fails_is_a_failure_of_the_work_and_leaves_nothing()
    {
        Directory.CreateDirectory(_workspace.Path("taken"));
        CommandException e = Assert.Throws<CommandException>(() => OutputFile.Write(_workspace.Path("taken"), "new"u8));
        Assert.Equal(ExitStatus.Failed, e.Status);
        Assert.Equal(["taken"], _workspace.Leftovers());
        Assert.Empty(Directory.GetFileSystemEntries(_workspace.Path("taken")));
    }

    [Fact]
    public void Code_that_can_not_write_is_reported_as_a_failure_of_the_work()
    {
        CommandException e = Assert.Throws<CommandException>(
            () => OutputFile.Write("m", _ => throw new IOException("No space left on device", 28)));
        Assert.Equal(ExitStatus.Failed, e.Status);
        Assert.Contains("no space is left", e.Message, StringComparison.Ordinal);
    }
}
