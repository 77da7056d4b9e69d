using Elman.Cli.Input;

namespace Elman.Cli.Tests.Commands;

/// <summary>Binary files: the tool reads them like all others.</summary>
public sealed class BinaryFormatTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    private string Converted(string to, params string[] words)
    {
        ToolRun run = Tool.Run(["data", "convert", _workspace.Train, _workspace.Path(to), .. words]);
        Assert.True(run.Status == 0, run.Error);
        return _workspace.Path(to);
    }

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.arrow")]
    [InlineData("t.feather")]
    [InlineData("t.npz")]
    public void Binary_files_are_described_trained_on_and_predicted_without_options(string name)
    {
        string data = Converted(name), model = _workspace.Model(data: data);
        ToolRun info = Tool.Run("info", data);
        Assert.Equal((ExitStatus.Done, ""), (info.Status, info.Error));
        Assert.Contains("12", info.Output, StringComparison.Ordinal);
        ToolRun evaluation = Tool.Run("evaluate", model, data), prediction = Tool.Run("predict", model, data);
        Assert.Equal((ExitStatus.Done, ""), (evaluation.Status, evaluation.Error));
        Assert.Equal((ExitStatus.Done, 13), (prediction.Status, prediction.OutputLines.Length));
    }

    [Fact]
    public void What_the_axes_of_an_array_are_is_reported_and_can_be_said()
    {
        // The format of NumPy by hand: two sequences, [2, 3, 4].
        string head = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }".PadRight(117) + "\n";
        byte[] file = [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.ASCII.GetBytes(head), .. new byte[2 * 3 * 4 * 4]];
        File.WriteAllBytes(_workspace.Path("a.npy"), file);
        ToolRun told = Tool.Run("info", _workspace.Path("a.npy"), "--json");
        Assert.Contains("is read as sequences of 4 steps and 3 channels, [sequences, channels, "
            + "steps]", told.Error, StringComparison.Ordinal);
        Assert.Contains("--axes ntc if it is 3 steps and 4 channels", told.Error, StringComparison.Ordinal);
        ToolRun said = Tool.Run("info", _workspace.Path("a.npy"), "--axes", "ntc", "--json");
        Assert.DoesNotContain("--axes", said.Error, StringComparison.Ordinal);
        Assert.Contains("\"channels\":4", said.Output, StringComparison.Ordinal);
        Assert.Contains("the axes 'xyz' are not valid; give", Tool.Refuses(Tool.Run("info", _workspace.Path("a.npy"), "--axes", "xyz")),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("t.parquet")]
    [InlineData("t.arrow")]
    [InlineData("t.npz")]
    public void Standard_input_shows_in_its_first_bytes_what_it_is(string name)
    {
        string data = Converted(name);
        using var bytes = new PeekedStream(File.OpenRead(data));
        Assert.Equal(Path.GetExtension(name)[1..], bytes.Format);
    }
}
