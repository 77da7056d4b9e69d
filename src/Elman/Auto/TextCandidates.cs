using Elman.Training;

namespace Elman.Auto;

/// <summary>The models that the automatic choice may try if a channel holds text, the most promising first.</summary>
/// <remarks>
/// They were chosen on training parts, never on test data: see docs/accuracy.md. Each is trained once for every fold, for any number of
/// sequences: only few texts distinguish a rare class from others, and each of them should be in the training data of some member.
/// </remarks>
internal static class TextCandidates
{
    /// <summary>The number of units of the sum: the size of a vector, so that its initial weights are the identity.</summary>
    private const int UnitsOfSum = EmbeddingOptions.SizeOfText;

    /// <summary>All candidates for text.</summary>
    public static IReadOnlyList<Candidate> All { get; } =
    [
        Text("ngrams", (o, _) => o with
        {
            Cell = "sum",
            Model = o.Model with { Layers = [UnitsOfSum] },
            Inputs = o.Inputs with { Ngrams = 4 },
            Dropout = 0.4,
            Epochs = 3,
        }) with
        { Suits = data => !data.AnswersEveryStep },
        Text("gru", (o, data) => o with
        {
            Cell = "gru",
            Model = o.Model with
            {
                Layers = [64],
                Bidirectional = !data.IsForStreaming,
                Readout = data.AnswersEveryStep ? Readout.Last : Readout.Max,
            },
            Inputs = o.Inputs with { Ngrams = 3 },
            Dropout = 0.5,
            Epochs = 5,
        }),
    ];

    private static Candidate Text(string name, Func<TrainingOptions, DataShape, TrainingOptions> configure) => new(name, (o, data) =>
        configure(o with
        {
            Batch = 64,
            LearningRate = 0.004,
            Epochs = 5,
            Inputs = o.Inputs with { Endings = !data.IsForStreaming && !data.AnswersEveryStep },
        }, data))
    { TakesAllFolds = true, MostOfBudget = 0.6 };
}
