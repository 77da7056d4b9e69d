using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>The measures of training data that determine the candidates and the estimates of their work.</summary>
/// <param name="Task">The task.</param>
/// <param name="Sequences">The number of sequences.</param>
/// <param name="TotalSteps">The total number of steps of all sequences.</param>
/// <param name="MedianSteps">The median number of steps of a sequence.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="Outputs">The number of outputs of a model.</param>
/// <param name="IsForStreaming">Whether the model must be able to run on a stream.</param>
/// <param name="HasGroups">Whether sequences have groups, which are held out as a whole.</param>
internal sealed record DataShape(
    SequenceTask Task, int Sequences, long TotalSteps, int MedianSteps, int Channels, int Outputs,
    bool IsForStreaming, bool HasGroups = false)
{
    /// <summary>Whether models are compared on the ends of the sequences instead of on whole sequences.</summary>
    public bool IsDividedInTime { get; init; }

    /// <summary>The symbol channels.</summary>
    public SymbolTables Symbols { get; init; } = SymbolTables.None;

    /// <summary>Whether a channel holds text.</summary>
    public bool HasText { get; init; }

    /// <summary>Whether a model has an output at every step.</summary>
    public bool AnswersEveryStep => Task.AnswersEveryStep;

    /// <summary>Measures the data.</summary>
    public static DataShape Of(SequenceTask task, SequenceDataset data, TrainingOptions options, SymbolTables? symbols = null)
    {
        int[] steps = [.. data.Select(sequence => sequence.Steps).Order()];
        return new DataShape(task, data.Count, data.TotalSteps, steps[steps.Length / 2], data.Channels, task.OutputSizeOf(data, options),
            options.Choice.For == ModelUse.Streaming,
            SequenceGroups.Of(data) is not null)
        {
            Symbols = symbols ?? SymbolTables.None,
            HasText = data.Vocabularies.Count > 0,
        };
    }
}
