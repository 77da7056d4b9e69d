namespace Elman.Samples;

/// <summary>Data for the samples: slow and fast waves with noise.</summary>
public static class SineData
{
    /// <summary>Creates sequences of one channel, of both classes in turn.</summary>
    /// <param name="count">The number of sequences.</param>
    /// <param name="seed">The seed of the random numbers.</param>
    public static SequenceDataset Create(int count, int seed)
    {
        var random = new SeededRandom(seed);
        var data = new SequenceDatasetBuilder("x");
        for (int i = 0; i < count; i++)
        {
            double phase = random.NextUniform(0, 2 * Math.PI), speed = i % 2 == 0 ? 0.3 : 0.5;
            float[] values = [.. Enumerable.Range(0, 24).Select(t => (float)(Math.Sin((speed * t) + phase) + (1.2 * random.NextNormal())))];
            data.Add(values, label: i % 2 == 0 ? "slow" : "fast");
        }
        return data.Build("sines");
    }
}
