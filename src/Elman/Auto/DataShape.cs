using Elman.Sequences;
using Elman.Training.Tasks;

namespace Elman.Auto;

/// <summary>The measures of training data by which candidates are chosen and their work is estimated.</summary>
/// <param name="Task">The task.</param>
/// <param name="Sequences">The number of sequences.</param>
/// <param name="TotalSteps">Steps of all sequences together.</param>
/// <param name="MedianSteps">Steps of the median sequence.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Outputs">Numbers that a model gives.</param>
/// <param name="IsForStreaming">Whether the model is to run on a stream.</param>
/// <param name="HasGroups">Whether sequences have groups, which are only left out together.</param>
internal sealed record DataShape(
    SequenceTask Task, int Sequences, long TotalSteps, int MedianSteps, int Channels, int Outputs,
    bool IsForStreaming, bool HasGroups = false)
{
    /// <summary>Whether models are compared by the ends of the sequences, rather than by whole sequences.</summary>
    public bool IsDividedInTime { get; init; }

    /// <summary>The symbol channels.</summary>
    public SymbolTables Symbols { get; init; } = SymbolTables.None;

    /// <summary>Whether a channel holds text.</summary>
    public bool HasText { get; init; }

    /// <summary>Whether a model answers at every step.</summary>
    public bool AnswersEveryStep => Task.AnswersEveryStep;

    /// <summary>Measures.</summary>
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
