namespace Elman.Tests;

/// <summary>Small data for every task: sequences of random bits with labels or targets that depend on them.</summary>
public static class Melodies
{
    public static TrainingOptions Quick { get; } =
        new() { Cell = "gru", Model = new() { Layers = [12] }, Epochs = 60, Batch = 8, LearningRate = 0.02, Threads = 1 };

    /// <summary>Each step's label is the bit two steps before; the first two steps have no label.</summary>
    public static SequenceDataset Tagged(int count, int seed) => Create(count, seed, ["0", "1"], null, (bits, sequence) =>
        sequence.WithStepLabels(bits.Select((_, t) => t < 2 ? Sequence.NoLabel : bits[t - 2]).ToArray()));

    /// <summary>Two targets: the number of set bits, and the last bit times 100.</summary>
    public static SequenceDataset Counted(int count, int seed) => Create(count, seed, [], ["set", "last"], (bits, sequence) =>
        sequence.WithTargets(new float[] { bits.Sum(), 100 * bits[^1] }));

    /// <summary>Three classes, several of which may apply: the first bit is set, the last bit is set, neither is.</summary>
    public static SequenceDataset ManyLabelled(int count, int seed) =>
        Create(count, seed, ["first", "last", "neither"], null, (bits, sequence) =>
            sequence.WithTargets(new float[] { bits[0], bits[^1], bits[0] + bits[^1] == 0 ? 1 : 0 }));

    /// <summary>Sines of random phase in two channels, with means far from 0.</summary>
    public static SequenceDataset Sines(int count, int seed)
    {
        var random = new SeededRandom(seed);
        return new SequenceDataset(2, [], Enumerable.Range(0, count).Select(_ =>
        {
            double phase = random.NextUniform(0, 6.28);
            return new Sequence(
                Enumerable.Range(0, 60).Select(i => (float)(50 + (10 * Math.Sin(phase + (0.4 * (i / 2)) + (i % 2))))).ToArray(), 2);
        }), "sines");
    }

    private static SequenceDataset Create(int count, int seed, string[] classes, string[]? targets, Func<int[], Sequence, Sequence> label)
    {
        var random = new SeededRandom(seed);
        return new SequenceDataset(1, classes, Enumerable.Range(0, count).Select(_ =>
        {
            int[] bits = [.. Enumerable.Range(0, 4 + random.NextInt32(7)).Select(_ => random.NextInt32(2))];
            return label(bits, new Sequence(bits.Select(bit => (float)bit).ToArray(), 1));
        }), "melodies", targets);
    }
}
