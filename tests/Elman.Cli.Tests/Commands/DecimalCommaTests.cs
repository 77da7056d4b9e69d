namespace Elman.Cli.Tests.Commands;

/// <summary>Tables whose numbers have a decimal comma.</summary>
public sealed class DecimalCommaTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void A_table_is_read_alike_with_points_and_with_commas()
    {
        string table = _workspace.Write("comma.csv", File.ReadAllText(_workspace.Train).Replace(',', ';').Replace('.', ','));
        string model = _workspace.Model(), answers = Tool.Run("predict", model, _workspace.Train).Output;
        ToolRun run = Tool.Run("predict", model, table, "--decimal", ",");
        Assert.Equal((0, "", answers), (run.Status, run.Error, run.Output));
    }

    [Theory]
    [InlineData(';', ',', true)]
    [InlineData('\t', ',', true)]
    [InlineData(',', '.', true)] // where a comma divides the fields, none is a decimal comma
    [InlineData(';', '.', false)]
    public void A_model_remembers_that_its_data_had_one(char delimiter, char sign, bool isRead)
    {
        string Table(string name, char between, char point) => _workspace.Write(
            name, File.ReadAllText(_workspace.Train).Replace(',', between).Replace('.', point));
        string model = _workspace.Path("comma.safetensors");
        Assert.Equal(0, Tool.Run(Workspace.TrainArgs(Table("a.csv", ';', ','), "--decimal", ",", "--out", model)).Status);
        string answers = Tool.Run("predict", model, _workspace.Train, "--decimal", ".").Output;
        string table = Table("b.csv", delimiter, sign);
        ToolRun run = Tool.Run("predict", model, table);
        if (isRead)
            Assert.Equal((0, "", answers), (run.Status, run.Error, run.Output));
        else
            Assert.Contains("has a point, but numbers have a decimal comma here (--decimal ,)", Tool.Refuses(run),
                StringComparison.Ordinal);
        Assert.Equal(isRead && sign == ',', Tool.Run("predict", model, table, "--decimal", ".").Status != 0);
    }

    [Fact]
    public void A_table_that_looks_so_is_reported_with_how_to_be_read() =>
        Assert.Contains("--decimal ,", Tool.Refuses(Tool.Run("info", _workspace.Write("c.csv", "0,5;0,7;a\n"))),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("--decimal is ';'; it must be . or a comma", "--decimal", ";")]
    [InlineData("can't be both the delimiter", "--decimal", ",", "--delimiter", ",")]
    public void What_makes_no_sense_is_refused(string says, params string[] words) =>
        Assert.Contains(says, Tool.Refuses(Tool.Run(["info", _workspace.Train, .. words])), StringComparison.Ordinal);

    public void Dispose() => _workspace.Dispose();
}
