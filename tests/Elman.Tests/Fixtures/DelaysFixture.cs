using Elman.Models;

namespace Elman.Tests.Fixtures;

/// <summary>A layer of delay lines, a ragged batch, and the results of NumPy (<c>delays.py</c>) in double precision.</summary>
internal sealed class DelaysFixture
{
    private DelaysFixture(Case shape, FixtureResults expected)
    {
        Name = shape.Name;
        Spec = new ModelSpec
        {
            Cell = "delays",
            InputSize = shape.Features,
            Layers = [shape.Nodes],
            Bidirectional = shape.Bidirectional,
            OutputSize = 1,
        };
        var numbers = new SplitMix64(shape.Seed);
        foreach (string layer in shape.Bidirectional ? (string[])["rnn.0", "rnn.0.reverse"] : ["rnn.0"])
        {
            double[] wx = numbers.Even(1, shape.Features * shape.Nodes);
            Weights[$"{layer}.b"] = numbers.Even(0.5, shape.Nodes);
            Weights[$"{layer}.taps"] = numbers.Even(2, 9 * shape.Nodes);
            Weights[$"{layer}.dilations"] = [.. numbers.Below(shape.Greatest, shape.Nodes).Select(below => 1.0 + below)];
            Weights[$"{layer}.wx"] = [.. wx.Zip(numbers.Below(2, wx.Length), (weight, isZero) => isZero == 1 ? 0 : weight)];
        }
        Sequences = [.. shape.Lengths.Select(steps => numbers.Even(4, steps * shape.Features))];
        Outputs = [.. shape.Lengths.Select(steps => expected.Take(steps * Spec.WidthOf(0)))];
    }

    /// <summary>Every fixture, in the order of the script.</summary>
    public static IReadOnlyList<DelaysFixture> All { get; } = Load();

    /// <summary>The index and sizes, such as <c>02-f2-n5-d3-s30-1-2-9</c>.</summary>
    public string Name { get; }

    /// <summary>The model without its readout.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The weights, by name.</summary>
    public Dictionary<string, double[]> Weights { get; } = [];

    /// <summary>Each sequence [steps, features].</summary>
    public IReadOnlyList<double[]> Sequences { get; }

    /// <summary>The outputs of each sequence [steps, W].</summary>
    public IReadOnlyList<double[]> Outputs { get; }

    private static DelaysFixture[] Load()
    {
        var expected = new FixtureResults("delays.bin");
        DelaysFixture[] all = [.. FixtureResults.Cases<Case>("delays.json").Select(shape => new DelaysFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    private sealed record Case(string Name, int Features, int Nodes, bool Bidirectional, int Greatest, int[] Lengths, ulong Seed);
}
