using System.Globalization;
using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

/// <summary>Values that 32-bit floats can't distinguish, in all commands of the tool.</summary>
public sealed class OffsetTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_model_of_large_numbers_with_small_differences_distinguishes_them_alone_among_others_and_on_a_stream()
    {
        string rows = string.Concat(Enumerable.Range(0, 40).Select(i => string.Concat(Enumerable.Range(0, 4).Select(t =>
            string.Create(CultureInfo.InvariantCulture, $"{i},{t},{5800000 + (i % 10 * 0.1m) + (t * 0.01m)},{1700000000 + (i % 10)}\n")))));
        string data = _workspace.Write("data.csv", "id,t,north,seconds\n" + rows);
        string model = _workspace.Path("model.safetensors");
        string[] task = ["--task", "regress", "--label-column", "seconds"];
        Assert.Equal(0, Tool.Run(["train", data, .. task, "--cell", "gru", "--epochs", "200", "--layers", "8", "--out", model]).Status);

        ToolRun all = Tool.Run("predict", model, data);
        Assert.Equal("", all.Error);
        double[] answers = [.. all.OutputLines.Skip(1).Select(line => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];
        for (int i = 0; i < answers.Length; i++)
            Assert.InRange(answers[i], 1700000000 + (i % 10) - 1.5, 1700000000 + (i % 10) + 1.5);

        string one = _workspace.Write("one.csv", "id,t,north\n7,0,5800000.70\n7,1,5800000.71\n7,2,5800000.72\n7,3,5800000.73\n");
        Assert.Equal(all.OutputLines[8], Tool.Run("predict", model, one).OutputLines[1]);
        ToolRun stream = Tool.Run(
            new ToolSurroundings { Input = "5800000.70\n5800000.71\n5800000.72\n5800000.73\n" }, "predict", model, "--stream");
        Assert.Equal(all.OutputLines[8].Split(',')[1], stream.OutputLines[^1].Split(',')[^1]);

        string json = Tool.Run("predict", model, one, "--format", "jsonl").Output;
        Assert.Contains($"\"seconds\":{all.OutputLines[8].Split(',')[1]}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Info_shows_the_numbers_of_the_file_and_what_is_subtracted()
    {
        string data = _workspace.Write("data.csv", "id,x,label\na,5800000.0,u\na,5800000.25,u\nb,5800000.5,v\n");
        string people = Tool.Run("info", data).Output;
        Assert.Contains("Values are stored with an offset subtracted, because", people, StringComparison.Ordinal);
        Assert.Contains("x 5800000", people, StringComparison.Ordinal);
        Assert.Contains("5800000.25 ", people, StringComparison.Ordinal);
        JsonElement json = JsonDocument.Parse(Tool.Run("info", data, "--json").Output).RootElement;
        Assert.Equal(5800000, json.GetProperty("offsets").GetProperty("channels")[0].GetDouble());
        Assert.Equal(5800000.5m, json.GetProperty("channelStatistics")[0].GetProperty("max").GetDecimal());
        Assert.False(JsonDocument.Parse(Tool.Run("info", _workspace.Train, "--json").Output).RootElement
            .TryGetProperty("offsets", out _));
    }

    [Fact]
    public void Forecasts_and_their_quantiles_are_in_the_units_of_the_file()
    {
        string data = _workspace.Write("data.csv", "time,load\n" + string.Concat(Enumerable.Range(0, 200).Select(t => string.Create(
            CultureInfo.InvariantCulture,
            $"2024-01-{1 + (t / 24):00} {t % 24:00}:00,{1700000000 + Math.Round(9 * Math.Sin(t / 4.0), 2)}\n"))));
        string model = _workspace.Path("model.safetensors");
        Assert.Equal(0, Tool.Run("train", data, "--task", "forecast", "--horizon", "2", "--ensemble", "lags:1", "--out", model).Status);
        string[] lines = Tool.Run("predict", model, data).OutputLines;
        Assert.StartsWith("index,ahead,time,load,load q", lines[0], StringComparison.Ordinal);
        foreach (string line in lines.Skip(1))
            Assert.All(line.Split(',').Skip(3), cell => Assert.InRange(
                double.Parse(cell, CultureInfo.InvariantCulture), 1700000000 - 15, 1700000000 + 15));
    }
}
