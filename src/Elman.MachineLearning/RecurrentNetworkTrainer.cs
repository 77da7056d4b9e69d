using Elman.MachineLearning.Columns;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace Elman.MachineLearning;

/// <summary>
/// A trainer of ML.NET that trains a model of Elman; see <see cref="RecurrentNetworkCatalog"/>. It has no state: the same data and options
/// give the same model, bit for bit, and several threads may fit at the same time. <see cref="MLContext.Log"/> gets a message at the end of
/// a training, and a warning if it diverged or the model has not learned.
/// </summary>
public sealed class RecurrentNetworkTrainer : IEstimator<RecurrentNetworkTransformer>
{
    private readonly IHostEnvironment _environment;
    private readonly PredictionTask _task;
    private readonly ColumnNames _columns;

    internal RecurrentNetworkTrainer(IHostEnvironment environment, PredictionTask task, ColumnNames columns, TrainingOptions? options)
    {
        _environment = environment;
        _task = task;
        _columns = columns;
        Options = options ?? TrainingOptions.Auto;
        task.CreateEstimator(Options).Dispose(); // refuses wrong options now rather than after the data were read
    }

    /// <summary>The options of training.</summary>
    public TrainingOptions Options { get; }

    /// <summary>Trains a model. The data are read once, row by row; the sequences are kept in memory until training ends.</summary>
    /// <param name="input">The training data.</param>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type, or the data are not suitable for training; the
    /// message names the column, and the row where there is one.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    public RecurrentNetworkTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains a model, with validation data and progress reports.</summary>
    /// <param name="input">The training data.</param>
    /// <param name="validation">
    /// The validation data, with the same columns: the weights of the epoch with the lowest loss on them are kept. By default the share
    /// <see cref="TrainingOptions.Validation"/> of the training data.
    /// </param>
    /// <param name="progress">Receives progress reports.</param>
    /// <param name="cancellationToken">Stops training early; the weights trained so far are kept.</param>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type, or the data are not suitable for training; the
    /// message names the column, and the row where there is one.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the first step of training.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight stopped being finite.</exception>
    public RecurrentNetworkTransformer Fit(IDataView input, IDataView? validation, IProgress<TrainingProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        TrainingTable data = TrainingTable.Read(input, _columns, _task, null, cancellationToken);
        TrainingTable? held = validation is null ? null : TrainingTable.Read(validation, _columns, _task, data, cancellationToken);
        SequenceEstimator estimator = _task.CreateEstimator(Options);
        try
        {
            TrainingLog.Write(_environment, estimator.Fit(data.Sequences, held?.Sequences, progress, cancellationToken));
            return new(new(_task, _columns with { Channels = data.Sequences.Channels }, data.FeatureSize, data.Classes, estimator));
        }
        catch
        {
            estimator.Dispose();
            throw;
        }
    }

    /// <summary>Returns the columns of the transformed data.</summary>
    /// <param name="inputSchema">The columns of the training data.</param>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new ShapeOfColumns(inputSchema).After(_columns, _task);
    }
}
