namespace Elman.Training;

/// <summary>The models that the automatic choice may try where a channel holds text, the most promising first.</summary>
/// <remarks>Chosen on training parts, never by test data: see docs/accuracy.md.</remarks>
internal static class TextCandidates
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Candidate> All { get; } =
    [
        Text("ngrams", (o, data) => o with
        {
            Cell = "sum",
            Layers = [int.Parse(Environment.GetEnvironmentVariable("ES") ?? "48")],
            Ngrams = 4,
            Endings = HasEndings(data),
            Dropout = double.Parse(Environment.GetEnvironmentVariable("ND") ?? "0.4"),
            Epochs = int.Parse(Environment.GetEnvironmentVariable("NE") ?? "3"),
            Batch = int.Parse(Environment.GetEnvironmentVariable("NB") ?? "64"),
            LearningRate = double.Parse(Environment.GetEnvironmentVariable("NL") ?? "0.004"),
        }) with
        { Suits = data => !data.AnswersEveryStep },
        Text("gru", (o, data) => o with
        {
            Cell = "gru",
            Layers = [64],
            Bidirectional = !data.IsForStreaming,
            Readout = data.AnswersEveryStep ? ReadoutKind.Last : ReadoutKind.Max,
            Ngrams = int.Parse(Environment.GetEnvironmentVariable("GN") ?? "3"),
            Endings = HasEndings(data),
            Dropout = double.Parse(Environment.GetEnvironmentVariable("GD") ?? "0.5"),
            Epochs = int.Parse(Environment.GetEnvironmentVariable("GE") ?? "3"),
            Batch = 64,
            LearningRate = double.Parse(Environment.GetEnvironmentVariable("GL") ?? "0.004"),
        }),
    ];

    private static Candidate Text(string name, Func<TrainingOptions, DataShape, TrainingOptions> configure) =>
        new(name, configure) { TakesAllFolds = true, MostOfBudget = 0.6 };

    private static bool HasEndings(DataShape data) => !data.IsForStreaming && !data.AnswersEveryStep;
}
