namespace Elman.Packages.Tests;

/// <summary>The tool, installed from its package.</summary>
[Collection(nameof(Feed))]
[Trait("Category", "Slow")]
public sealed class ToolTests(Feed feed)
{
    [Fact(Explicit = true)]
    public void The_tool_is_installed_and_trains_plots_and_predicts()
    {
        string folder = feed.NewFolder("tool"), elman = Path.Combine(folder, "tools", "elman");
        string install = PackageList.ReadmeCommand("dotnet tool install");
        Assert.Contains(" --global ", install, StringComparison.Ordinal);
        _ = feed.Dotnet(folder, install.Replace("--global", "--tool-path tools", StringComparison.Ordinal).Split(' ')[1..]);
        Assert.StartsWith($"elman {Feed.Version}\n", Shell.Run(folder, elman, "--version"), StringComparison.Ordinal);

        _ = Shell.Run(folder, elman, "data", "generate", "synthetic-control", "--cases", "30", "--seed", "1", "--out", "tiny.ts");
        _ = Shell.Run(folder, elman, "data", "convert", "tiny.ts", "tiny.parquet");
        _ = Shell.Run(
            folder, elman, "train", "tiny.parquet", "--cell", "rnn", "--epochs", "5", "--layers", "8", "--out", "tiny.safetensors",
            "--plot", "tiny.png");
        Assert.Equal("PNG"u8, File.ReadAllBytes(Path.Combine(folder, "tiny.png")).AsSpan(1, 3));
        string answers = Shell.Run(folder, elman, "predict", "tiny.safetensors", "tiny.parquet");
        Assert.Equal(31, answers.TrimEnd('\n').Split('\n').Length);
    }
}
