namespace Elman.Tests;

/// <summary>Easy texts: the class determines which letters follow each other.</summary>
internal static class Names
{
    /// <summary>Options for a few quick epochs.</summary>
    public static TrainingOptions Quick { get; } = new()
    {
        Cell = "gru",
        Model = new() { Layers = [6] },
        Epochs = 3,
        Batch = 16,
        Threads = 1,
    };

    /// <summary>Returns texts of both classes in turn, of 1 to 9 letters.</summary>
    public static IReadOnlyList<(string Text, string Label)> Texts(int count, int seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int letter = random.NextInt32(8);
            string text = "";
            for (int length = 1 + random.NextInt32(9); text.Length < length;)
            {
                text += (char)('a' + letter);
                letter = (letter + (i % 2 == 0 ? 1 : 3) + random.NextInt32(2)) % 8;
            }
            return (text, i % 2 == 0 ? "near" : "far");
        })];
    }

    /// <summary>Returns these texts as a data set.</summary>
    public static SequenceDataset Create(int count, int seed) => Of(Texts(count, seed));

    /// <summary>Returns texts as a data set.</summary>
    public static SequenceDataset Of(IEnumerable<(string Text, string Label)> texts, TextTokens tokens = TextTokens.Characters) =>
        texts.Aggregate(SequenceDatasetBuilder.ForText(tokens), (builder, one) => builder.Add(one.Text, one.Label)).Build("names");

    /// <summary>Returns a classifier of texts.</summary>
    public static SequenceClassifier Fitted(TrainingOptions? options = null, int count = 60)
    {
        var classifier = new SequenceClassifier(options ?? Quick);
        classifier.Fit(Create(count, seed: 1));
        return classifier;
    }
}
