using Elman.Models;

namespace Elman.Tests.Fixtures;

/// <summary>
/// A reservoir of oscillators with thresholds, a ragged batch, and the counts of NumPy (<c>oscillator_counts.py</c>) in double precision.
/// </summary>
internal sealed class CountsFixture
{
    private CountsFixture(Case shape, FixtureResults expected)
    {
        Name = shape.Name;
        Spec = new ModelSpec
        {
            Cell = new OscillatorOptions { Mix = shape.Mix },
            InputSize = shape.Features,
            Layers = [shape.Nodes],
            Bidirectional = shape.Bidirectional,
            OutputSize = 1,
        };
        var numbers = new SplitMix64(shape.Seed);
        Weights = shape.Tensors.ToDictionary(tensor => tensor.Name, tensor => numbers.Even(tensor.Bound, tensor.Count));
        Sequences = [.. shape.Lengths.Select(steps => numbers.Even(4, steps * shape.Features))];
        int width = Spec.WidthOf(0);
        Outputs = [.. shape.Lengths.Select(steps => expected.Take(steps * width))];
        Features = new()
        {
            [Readout.Counts] = expected.Take(shape.Lengths.Length * 6 * width),
            [Readout.CountsHalves] = expected.Take(shape.Lengths.Length * 16 * width),
            [Readout.CountsFull] = expected.Take(shape.Lengths.Length * 15 * width),
        };
    }

    /// <summary>Every fixture, in the order of the script.</summary>
    public static IReadOnlyList<CountsFixture> All { get; } = Load();

    /// <summary>The index and sizes, such as <c>04-f3-n17-both-ways-s7-2-2-1-12-3</c>.</summary>
    public string Name { get; }

    /// <summary>The model without its readout.</summary>
    public ModelSpec Spec { get; }

    /// <summary>The weights, by name.</summary>
    public IReadOnlyDictionary<string, double[]> Weights { get; }

    /// <summary>Each sequence [steps, features].</summary>
    public IReadOnlyList<double[]> Sequences { get; }

    /// <summary>The outputs of each sequence [steps, W].</summary>
    public IReadOnlyList<double[]> Outputs { get; }

    /// <summary>The features of all sequences, for each kind of readout.</summary>
    public Dictionary<Readout, double[]> Features { get; }

    private static CountsFixture[] Load()
    {
        var expected = new FixtureResults("oscillator_counts.bin");
        CountsFixture[] all = [.. FixtureResults.Cases<Case>("oscillator_counts.json").Select(shape => new CountsFixture(shape, expected))];
        Assert.Equal(0, expected.Left);
        return all;
    }

    private sealed record Case(
        string Name, int Features, int Nodes, bool Bidirectional, bool Mix, int[] Lengths, ulong Seed, CellFixture.Tensor[] Tensors);
}
