namespace Elman.Samples;

/// <summary>Data for the samples: waves that are slow or fast, in noise.</summary>
public static class SineData
{
    /// <summary>Sequences of both classes in turn, of one channel.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Fixes them.</param>
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
