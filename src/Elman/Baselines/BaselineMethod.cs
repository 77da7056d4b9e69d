using Elman.Kernels;

namespace Elman.Baselines;

/// <summary>A simple baseline: it is fitted to training data and predicts test data.</summary>
internal abstract class BaselineMethod
{
    /// <summary>The name of the method before it is fitted.</summary>
    public abstract string Name { get; }

    /// <summary>Whether predictions of classes are probabilities, not just decisions.</summary>
    public virtual bool GivesProbabilities => true;

    /// <summary>Fits and predicts.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="test">The test data; labels are ignored.</param>
    /// <param name="workers">The threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public abstract BaselineAnswers Answer(
        SequenceDataset train, SequenceDataset test, Workers workers, CancellationToken cancellationToken);

    /// <summary>The cost of <see cref="Answer"/> for all given parts together, or <see langword="null"/> if it is always small.</summary>
    public virtual BaselineCost? PredictCost(IReadOnlyList<BaselinePart> parts, int threads, CancellationToken cancellationToken) => null;

    /// <summary>The methods for a task, the simplest first.</summary>
    /// <param name="task">The task.</param>
    /// <param name="options">The options of the evaluation.</param>
    /// <param name="areTexts">Whether a channel holds text; then methods that compute with values are omitted.</param>
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

/// <summary>Training data and test data.</summary>
/// <param name="Train">The training data.</param>
/// <param name="Test">The test data.</param>
/// <param name="Places">In cross-validation, for each test sequence its index in all data.</param>
internal readonly record struct BaselinePart(SequenceDataset Train, SequenceDataset Test, IReadOnlyList<int>? Places = null);

/// <summary>The predictions of a method.</summary>
/// <param name="Name">The name of the method, with properties of the data such as a period.</param>
/// <param name="Rows">
/// For each sequence: probabilities of the classes <c>[C]</c>, of each step <c>[steps, C]</c>, targets, or forecasts of each step
/// <c>[steps, horizon, channels]</c>. May be computed again in each enumeration.
/// </param>
/// <param name="SkippedBecause">The reason why there are no predictions, if there are none.</param>
internal readonly record struct BaselineAnswers(string Name, IEnumerable<float[]> Rows, string? SkippedBecause = null);
