using Elman.Evaluations;
using Elman.Models;

namespace Elman.Training.Tasks;

/// <summary>Collects predictions case by case, for each task.</summary>
internal static class CaseCollection
{
    /// <summary>Whether all predictions can be kept in memory.</summary>
    /// <param name="data">The data.</param>
    /// <param name="task">The task.</param>
    /// <param name="outputs">The number of outputs of a sequence or step.</param>
    public static bool IsFor(SequenceDataset data, ModelTask task, int outputs) =>
        (task is ModelTask.Tag or ModelTask.Forecast ? data.TotalSteps : data.Count) * outputs <= RocAuc.MostScores;

    /// <summary>Collects the predictions of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="names">The classes or targets.</param>
    /// <param name="data">The data, aligned with the names.</param>
    /// <param name="horizon">The number of steps ahead of a forecast.</param>
    /// <param name="answers">The predictions of each sequence; iterated once.</param>
    public static CaseAnswers Of(
        ModelTask task, IReadOnlyList<string> names, SequenceDataset data, int horizon, IEnumerable<float[]> answers) => task switch
        {
            ModelTask.ClassifyMany => LabelAnswers.Of(names, data, answers),
            ModelTask.Tag => ClassAnswers.OfSteps(names, data, answers),
            ModelTask.Regress => NumberAnswers.OfTargets(names, data, answers),
            ModelTask.Forecast => NumberAnswers.OfForecasts(data, horizon, [.. answers]),
            _ => ClassAnswers.OfSequences(names, data, answers),
        };
}
