using System.Text.Json;
using Elman.Cli.Reports;

namespace Elman.Cli.Tests.Reports;

public sealed class RecipesTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void Every_built_in_data_set_has_a_command() =>
        Assert.All(Elman.Data.BuiltInData.Generators, generator => Assert.StartsWith(
            $"train builtin:{generator.Name}", Recipes.CommandFor(generator.Name), StringComparison.Ordinal));

    /// <summary>Takes half a minute, so it runs only in <c>.ci/run</c>, or with <c>--explicit only</c>.</summary>
    [Theory(Explicit = true)]
    [Trait("Category", "Slow")]
    [InlineData("cylinder-bell-funnel")]
    [InlineData("temporal-order")]
    [InlineData("temporal-order-3")]
    [InlineData("parity")]
    [InlineData("lag-copy")]
    public void The_command_learns_it(string name)
    {
        ToolRun run = Tool.Run([.. Recipes.CommandFor(name).Split(' '), "--json", "--out", _workspace.Path("m.safetensors")]);
        Assert.Equal("", run.Error);
        Assert.Equal(0, run.Status);
        Assert.InRange(JsonDocument.Parse(run.Output).RootElement.GetProperty("testAccuracy").GetDouble(), 0.98, 1);
    }
}
