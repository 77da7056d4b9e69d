using Elman.Models;

namespace Elman.Training;

/// <summary>Which options a task takes.</summary>
internal static class TaskOptions
{
    /// <summary>What of the options does not go with the task, one sentence each.</summary>
    public static IReadOnlyList<string> FindProblems(TrainingOptions options, ModelTask task)
    {
        var problems = new List<string>();
        bool areClasses = task is ModelTask.Classify or ModelTask.ClassifyMany or ModelTask.Tag;
        LossKind[] losses = LossesOf(task);
        if (options.Loss is { } loss && !losses.Contains(loss.Kind))
            problems.Add($"Loss is {loss}, which is not for {NameOf(task)}; it may be {string.Join(", ", Loss.Names.Where(name => losses.Contains(Loss.Parse(name).Kind)))}.");
        problems.AddRange(ReservoirOptions.FindProblems(options, task));
        if (options.LabelSmoothing > 0 && (!areClasses || options.Loss?.Kind == LossKind.Focal))
            problems.Add("LabelSmoothing spreads the truth over classes, for cross-entropy alone; leave it at 0.");
        if (!areClasses && options.ClassWeights is not null && !options.ClassWeights.Equals(ClassWeights.None))
            problems.Add($"ClassWeights weighs classes, but there are none in {NameOf(task)}; leave it at its default.");
        if (options.Horizon > 1 && task != ModelTask.Forecast)
            problems.Add("Horizon is for forecasting; leave it at 1.");
        if (task is ModelTask.Tag or ModelTask.Forecast)
            problems.AddRange(options.SpecFor(channels: 1, outputSize: 1, task).FindProblems().Except(options.SpecFor(channels: 1, outputSize: 1).FindProblems()));
        problems.AddRange(EmbeddingOptions.FindProblems(options, task).Except(EmbeddingOptions.FindProblems(options)));
        return problems;
    }

    /// <summary>The loss that is used.</summary>
    public static Loss LossOf(TrainingOptions options, ModelTask task) => options.Loss ?? OwnLossOf(task);

    /// <summary>The loss of a task, unless another is chosen.</summary>
    public static Loss OwnLossOf(ModelTask task) => task switch
    {
        ModelTask.Classify or ModelTask.Tag => Loss.CrossEntropy,
        ModelTask.ClassifyMany => Loss.Binary,
        _ => Loss.MeanSquared,
    };

    private static LossKind[] LossesOf(ModelTask task) => task switch
    {
        ModelTask.Classify or ModelTask.Tag => [LossKind.CrossEntropy, LossKind.Focal],
        ModelTask.ClassifyMany => [LossKind.Binary, LossKind.Focal],
        _ => [LossKind.MeanSquared, LossKind.MeanAbsolute, LossKind.Huber, LossKind.Quantile],
    };

    private static string NameOf(ModelTask task) => task switch
    {
        ModelTask.Classify => "classification into one class each",
        ModelTask.ClassifyMany => "classification into any number of classes",
        ModelTask.Tag => "tagging",
        ModelTask.Regress => "regression",
        _ => "forecasting",
    };
}
