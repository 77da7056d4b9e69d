using Elman.MachineLearning.Columns;
using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;

namespace Elman.MachineLearning;

/// <summary>The trainers of Elman in the catalogs of ML.NET.</summary>
/// <remarks>
/// <para>
/// Without <c>groupColumnName</c> a row is a sequence: its feature column is a vector of <see cref="float"/> of fixed or variable size,
/// [steps, channels], all channels of the first step, then those of the second, and so on.
/// </para>
/// <para>
/// With it a row is a step: consecutive rows with the same key are a sequence, and the feature column is a number or a vector with a value
/// for each channel. Transformed data then have one row for each sequence, so that metrics count each sequence once. In this row the
/// feature column is the whole sequence, and the other columns have the values of the first step.
/// </para>
/// <para>
/// All options are those of <see cref="TrainingOptions"/>; the seed is <see cref="TrainingOptions.Seed"/>, not that of the
/// <see cref="MLContext"/>. Without options, the model is chosen automatically (<see cref="TrainingOptions.Auto"/>), as by
/// <c>elman train</c>. Weights of rows are not supported; see <see cref="TrainingOptions.ClassWeights"/>.
/// </para>
/// </remarks>
public static class RecurrentNetworkCatalog
{
    /// <summary>Creates a trainer that classifies sequences into two or more classes.</summary>
    /// <remarks>
    /// Outputs: <c>PredictedLabel</c>, a key with the key values of the label; <c>Score</c>, a vector of the probabilities of the classes
    /// in the order of the key, with the classes as slot names.
    /// </remarks>
    /// <param name="trainers">The catalog.</param>
    /// <param name="labelColumnName">The label, a key column (<c>MapValueToKey</c>).</param>
    /// <param name="featureColumnName">The column of the sequences.</param>
    /// <param name="channels">The number of channels; by default 1, or with a group column the size of the feature column.</param>
    /// <param name="groupColumnName">The column that says to which sequence a row belongs; by default a row is a sequence.</param>
    /// <param name="options">The options of training; by default the model is chosen automatically.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the name of a column is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public static RecurrentNetworkTrainer RecurrentNetwork(this MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers,
        string labelColumnName = "Label", string featureColumnName = "Features", int? channels = null, string? groupColumnName = null,
        TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return Create(trainers, PredictionTask.Multiclass, featureColumnName, labelColumnName, groupColumnName, channels, options);
    }

    /// <summary>Creates a trainer that classifies sequences into two classes, false and true.</summary>
    /// <remarks>
    /// Outputs: <c>PredictedLabel</c>, a <see cref="bool"/>; <c>Score</c>, the log-odds of true, ln(p / (1 − p)); <c>Probability</c>, p.
    /// A probability too small for a <see cref="float"/> counts as the smallest positive one in the score.
    /// </remarks>
    /// <param name="trainers">The catalog.</param>
    /// <param name="labelColumnName">The label, a column of <see cref="bool"/>.</param>
    /// <param name="featureColumnName">The column of the sequences.</param>
    /// <param name="channels">The number of channels; by default 1, or with a group column the size of the feature column.</param>
    /// <param name="groupColumnName">The column that says to which sequence a row belongs; by default a row is a sequence.</param>
    /// <param name="options">The options of training; by default the model is chosen automatically.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the name of a column is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public static RecurrentNetworkTrainer RecurrentNetwork(this BinaryClassificationCatalog.BinaryClassificationTrainers trainers,
        string labelColumnName = "Label", string featureColumnName = "Features", int? channels = null, string? groupColumnName = null,
        TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return Create(trainers, PredictionTask.Binary, featureColumnName, labelColumnName, groupColumnName, channels, options);
    }

    /// <summary>Creates a trainer that predicts a number for each sequence.</summary>
    /// <remarks>Output: <c>Score</c>, a <see cref="float"/> in the units of the label.</remarks>
    /// <param name="trainers">The catalog.</param>
    /// <param name="labelColumnName">The label, a column of <see cref="float"/>.</param>
    /// <param name="featureColumnName">The column of the sequences.</param>
    /// <param name="channels">The number of channels; by default 1, or with a group column the size of the feature column.</param>
    /// <param name="groupColumnName">The column that says to which sequence a row belongs; by default a row is a sequence.</param>
    /// <param name="options">The options of training; by default the model is chosen automatically.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the name of a column is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public static RecurrentNetworkTrainer RecurrentNetwork(this RegressionCatalog.RegressionTrainers trainers,
        string labelColumnName = "Label", string featureColumnName = "Features", int? channels = null, string? groupColumnName = null,
        TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return Create(trainers, PredictionTask.Regression, featureColumnName, labelColumnName, groupColumnName, channels, options);
    }

    /// <summary>
    /// Creates a trainer that forecasts the steps after the end of each sequence, <see cref="ForecastOptions.Horizon"/> of them.
    /// </summary>
    /// <remarks>
    /// Output: <c>Score</c>, a vector [horizon, channels], all channels of the first step after the end, then those of the second, with
    /// slot names such as <c>load+1</c>.
    /// </remarks>
    /// <param name="trainers">The catalog.</param>
    /// <param name="featureColumnName">The column of the sequences.</param>
    /// <param name="channels">The number of channels; by default 1, or with a group column the size of the feature column.</param>
    /// <param name="groupColumnName">The column that says to which sequence a row belongs; by default a row is a sequence.</param>
    /// <param name="options">The options of training; by default the model is chosen automatically.</param>
    /// <exception cref="ArgumentException">An option is out of its range, or the name of a column is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="channels"/> is below 1.</exception>
    public static RecurrentNetworkTrainer RecurrentNetwork(this ForecastingCatalog.Forecasters trainers,
        string featureColumnName = "Features", int? channels = null, string? groupColumnName = null, TrainingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainers);
        return Create(trainers, PredictionTask.Forecast, featureColumnName, null, groupColumnName, channels, options);
    }

    private static RecurrentNetworkTrainer Create(TrainCatalogBase.CatalogInstantiatorBase trainers, PredictionTask task, string features,
        string? label, string? group, int? channels, TrainingOptions? options) => new(
            MachineLearningInternals.EnvironmentOf(trainers), task, ColumnNames.Of(task, features, label, group, channels), options);
}
