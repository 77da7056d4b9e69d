using System.Text.Json;

namespace Elman.Cli.Tests.Commands;

public sealed class EvaluateReportTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_report_is_one_page_with_verdict_figures_cases_command_and_hash()
    {
        string model = _workspace.Model(), report = _workspace.Path("r.html");
        ToolRun run = Tool.Run("evaluate", model, _workspace.Test, "--report", report);
        Assert.Equal((0, ""), (run.Status, run.Error));
        Assert.Contains($"Report: {report}", run.Output.Replace("\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        string page = File.ReadAllText(report);
        Assert.All([
            "<!DOCTYPE html>", "The model predicts ", "95\u00a0% interval", "Confusion matrix", "Worst cases", "Reliability",
            "SHA-256 of the model file", "elman evaluate",
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(model)))],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal(page, Rewritten(model, report), (a, b) => WithoutTimes(a!) == WithoutTimes(b!));
    }

    [Theory]
    [InlineData("builtin:lag-copy", "of the test steps correctly", "wrong, most often")]
    [InlineData("builtin:adding", "root mean squared error", "Error ")]
    [InlineData("builtin:hourly-load", "over all steps ahead", "Forecast of load")]
    [InlineData("builtin:pseudo-words", "of the test cases correctly", "blockquote")]
    public void Every_task_has_a_report(string data, string verdict, string content)
    {
        string model = _workspace.Path("m.safetensors"), report = _workspace.Path("r.html");
        string[] task = data.EndsWith("load", StringComparison.Ordinal) ? ["--task", "forecast", "--horizon", "4", "--cell", "esn"]
            : ["--cell", "gru", "--layers", "4", "--epochs", "1"];
        ToolRun trained = Tool.Run(["train", data, "--out", model, "--json", "--threads", "1", .. task]);
        Assert.True(trained.Status == 0, trained.Error);
        ToolRun run = Tool.Run("evaluate", model, data, "--report", report, "--json");
        Assert.True(run.Status == 0, run.Error);
        Assert.Single(run.OutputLines);
        string page = File.ReadAllText(report);
        Assert.Contains(verdict, page, StringComparison.Ordinal);
        Assert.Contains(content, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_figures_of_each_class_with_intervals()
    {
        string model = _workspace.Model();
        JsonElement json = JsonDocument.Parse(Tool.Run("evaluate", model, _workspace.Test, "--json").Output).RootElement;
        Assert.Equal(0.95, json.GetProperty("level").GetDouble());
        Assert.Equal(6, json.GetProperty("units").GetInt32());
        double accuracy = json.GetProperty("accuracy").GetDouble();
        double[] limits = [.. json.GetProperty("intervals").GetProperty("accuracy").EnumerateArray().Select(limit => limit.GetDouble())];
        Assert.Equal(ConfidenceInterval.OfProportion(accuracy * 6, 6).Lower, limits[0], 1e-9);
        JsonElement first = json.GetProperty("perClass")[0];
        Assert.Equal(
            ["name", "cases", "predicted", "recall", "precision", "f1", "rocAuc", "averagePrecision", "intervals"],
            first.EnumerateObject().Select(member => member.Name));
        Assert.Equal("down", first.GetProperty("name").GetString());
        Assert.Equal(2, first.GetProperty("intervals").GetProperty("recall").GetArrayLength());
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_refused_before_the_work()
    {
        ToolRun run = Tool.Run("evaluate", _workspace.Model(), _workspace.Test, "--report", _workspace.Path("no/folder/r.html"));
        Assert.NotEqual(0, run.Status);
        Assert.Contains("--report", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private string Rewritten(string model, string report)
    {
        Assert.Equal(0, Tool.Run("evaluate", model, _workspace.Test, "--report", report).Status);
        return File.ReadAllText(report);
    }

    /// <summary>The page without the measured time of a prediction, which differs from run to run.</summary>
    private static string WithoutTimes(string page) =>
        System.Text.RegularExpressions.Regex.Replace(page, @"<dd>[0-9.]+ (µs|ms|s) for ", "<dd>");
}
