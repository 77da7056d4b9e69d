namespace Elman.Tests;

/// <summary>Sequences of weak noise with a few marks, +1 or −1; the class is that of the last mark.</summary>
internal static class Marks
{
    public static SequenceDataset Create(int perClass, int seed)
    {
        var random = new SeededRandom(seed);
        IEnumerable<Sequence> sequences = Enumerable.Range(0, 2 * perClass).Select(i =>
        {
            float[] values = new float[15 + random.NextInt32(15)];
            foreach (ref float value in values.AsSpan())
                value = (float)random.NextUniform(-0.05, 0.05);
            int last = values.Length - 1 - random.NextInt32(10);
            values[random.NextInt32(last)] = random.NextInt32(2) == 0 ? -1 : 1;
            values[last] = i % 2 == 0 ? -1 : 1;
            return new Sequence(values, 1, i % 2);
        });
        return new SequenceDataset(1, ["minus", "plus"], [.. sequences]);
    }
}
