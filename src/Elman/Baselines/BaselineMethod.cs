using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>A simple method: it learns from some sequences and answers for others.</summary>
internal abstract class BaselineMethod
{
    /// <summary>What the method is called before anything is known of the data.</summary>
    public abstract string Name { get; }

    /// <summary>Whether answers about classes are probabilities, not just decisions.</summary>
    public virtual bool GivesProbabilities => true;

    /// <summary>Learns and answers.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="test">What to answer for; labels are not looked at.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken);

    /// <summary>What <see cref="Answer"/> will cost for all of some parts together, or <see langword="null"/> where that is always
    /// little.</summary>
    public virtual BaselineCost? PredictCost(IReadOnlyList<BaselinePart> parts, int threads, CancellationToken cancellationToken) => null;

    /// <summary>The methods for a task, the simplest first.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">How they are evaluated.</param>
    /// <param name="areTexts">Whether a channel holds text, whose numbers say nothing: then those that compute with values are left
    /// out.</param>
    public static BaselineMethod[] For(BaselineTask task, BaselineOptions options, bool areTexts = false) => task switch
    {
        BaselineTask.Classify when areTexts => [new MajorityClass(), new NgramRegression()],
        BaselineTask.ClassifyMany when areTexts => [new MeanTarget("class shares")],
        BaselineTask.Regress when areTexts => [new MeanTarget("training mean")],
        BaselineTask.Classify => [new MajorityClass(), new NearestNeighbor(options.DtwWindow), new RidgeClassifier()],
        BaselineTask.ClassifyMany => [new MeanTarget("class shares"), new RidgeLabels()],
        BaselineTask.Tag => [new MajorityTag()],
        BaselineTask.Regress => [new MeanTarget("training mean"), new RidgeRegressor()],
        _ => [new LastValue(options.Horizon), new SeasonalNaive(options.Horizon, options.Season)],
    };
}

/// <summary>What a method learns from, and what it answers for.</summary>
internal readonly record struct BaselinePart(SequenceDataset Train, SequenceDataset Test);

/// <summary>What a method answers.</summary>
/// <param name="Name">The method with what it found out, such as a period.</param>
/// <param name="Rows">
/// For each sequence: probabilities of the classes <c>[C]</c>, of each step <c>[steps, C]</c>, targets, or forecasts of each step
/// <c>[steps, horizon, channels]</c>. May be made anew each time it is gone through.
/// </param>
/// <param name="SkippedBecause">Why there are none, where there are none.</param>
internal readonly record struct BaselineAnswers(string Name, IEnumerable<float[]> Rows, string? SkippedBecause = null);
