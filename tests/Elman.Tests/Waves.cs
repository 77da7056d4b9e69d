namespace Elman.Tests;

/// <summary>Easy data: sines of random phase, and noise of the same strength.</summary>
public static class Waves
{
    public static readonly string[] Classes = ["noise", "sine"];

    /// <summary>Returns sequences of both classes in turn, of 20 steps, or of 12 to 28 if <paramref name="ragged"/>.</summary>
    public static SequenceDataset Create(int count, int seed, bool ragged = false, int channels = 1)
    {
        var random = new SeededRandom(seed);
        var sequences = new List<Sequence>();
        for (int i = 0; i < count; i++)
        {
            int steps = ragged ? 12 + random.NextInt32(17) : 20;
            double phase = random.NextUniform(0, 2 * Math.PI);
            var values = new float[steps * channels];
            for (int v = 0; v < values.Length; v++)
                values[v] = (float)(5 + (i % 2 == 1 ? Math.Sin((0.5 * (v / channels)) + phase) : 0.7 * random.NextNormal()));
            sequences.Add(new Sequence(values, channels, i % 2));
        }
        return new SequenceDataset(channels, Classes, sequences, "waves");
    }

    /// <summary>Options for a few quick epochs.</summary>
    public static TrainingOptions Quick { get; } = new() { Model = new() { Layers = [8] }, Epochs = 3, Batch = 16, Threads = 1 };

    /// <summary>Returns a small classifier after a few quick epochs.</summary>
    public static SequenceClassifier Fitted(TrainingOptions? options = null, int channels = 1)
    {
        var classifier = new SequenceClassifier(options ?? Quick);
        classifier.Fit(Create(32, seed: 1, channels: channels));
        return classifier;
    }
}
