namespace Elman.Training;

/// <summary>A model that the automatic choice may try.</summary>
/// <param name="Name">Its name on the leaderboard and in <see cref="TrainingOptions.Ensemble"/>.</param>
/// <param name="Configure">Its options, made of the options that were given.</param>
internal sealed record Candidate(string Name, Func<TrainingOptions, TrainingOptions> Configure)
{
    /// <summary>Whether it is worth trying on data: by default on all.</summary>
    public Func<DataShape, bool> Suits { get; init; } = _ => true;
}

/// <summary>The measures of training data by which candidates are chosen and their work is estimated.</summary>
/// <param name="Task">What is learned.</param>
/// <param name="Sequences">How many sequences.</param>
/// <param name="TotalSteps">Steps of all sequences together.</param>
/// <param name="MedianSteps">Steps of the median sequence.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Outputs">Numbers that a model gives.</param>
internal sealed record DataShape(SequenceTask Task, int Sequences, long TotalSteps, int MedianSteps, int Channels, int Outputs)
{
    /// <summary>Whether a model answers at every step.</summary>
    public bool AnswersEveryStep => Task.AnswersEveryStep;

    /// <summary>Measures.</summary>
    public static DataShape Of(SequenceTask task, SequenceDataset data, TrainingOptions options)
    {
        int[] steps = [.. data.Select(sequence => sequence.Steps).Order()];
        return new DataShape(task, data.Count, data.TotalSteps, steps[steps.Length / 2], data.Channels, task.OutputSizeOf(data, options));
    }
}
