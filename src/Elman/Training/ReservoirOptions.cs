using Elman.Models;
using Elman.Options;
using Elman.Training.Tasks;

namespace Elman.Training;

/// <summary>
/// Options that have no meaning for a reservoir: those of training by gradients. A value other than the default is an error.
/// </summary>
internal static class ReservoirOptions
{
    /// <summary>The problems that do not depend on the task, one sentence each; none for other cells.</summary>
    public static IEnumerable<string> FindProblems(TrainingOptions options) => options.IsReservoir
        ? TrainingOptions.Definitions.Where(option => option.Roles.HasFlag(OptionRoles.Gradients) && !option.IsDefault(options))
            .Select(option => $"{option.Name} is for training by gradients; {options.Cell} computes its output weights at once, "
                + "so leave it at its default.")
        : [];

    /// <summary>The options that conflict with a task, one sentence each; none if the output layer is not trained by least
    /// squares.</summary>
    public static IEnumerable<string> FindProblems(TrainingOptions options, SequenceTask task)
    {
        if (!options.LearnsOutputByLeastSquares)
            yield break;
        Loss own = task.OwnLoss;
        string learner = options.IsReservoir ? options.Cell.Name : $"a model with Readout at {options.Model.Readout}";
        if (options.Loss is { } loss && !loss.Equals(own))
            yield return $"Loss is {loss}, but {learner} learns by least squares; leave it at its default, {own}.";
        if (task.Kind == ModelTask.ClassifyMany && options.ClassWeights is not null && !options.ClassWeights.Equals(ClassWeights.None))
            yield return $"ClassWeights would change nothing: where classes apply side by side, {learner} learns each on its own. "
                + "Leave it at its default.";
    }
}
