using Elman.MachineLearning.Columns;
using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Views;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning;

/// <summary>A trained model of Elman as a transformer of ML.NET, which adds its predictions to data.</summary>
/// <remarks>
/// Predictions are computed when they are read, one sequence at a time; they have the same bits as those of the model itself. Several
/// threads may use the transformer at the same time. <c>mlContext.Model.Save</c> and <c>Load</c> keep it; a program that loads it only
/// needs this assembly beside it. It owns native memory: <see cref="Dispose"/> frees it, as the chain of transformers and the
/// <c>PredictionEngine</c> do when they are disposed.
/// </remarks>
public sealed class RecurrentNetworkTransformer
    : ISingleFeaturePredictionTransformer<SequenceEstimator>, ISingleFeaturePredictionTransformer, IDisposable
{
    private readonly TransformerState _state;

    internal RecurrentNetworkTransformer(TransformerState state) => _state = state;

    /// <summary>The model: a <see cref="SequenceClassifier"/>, <see cref="SequenceRegressor"/> or <see cref="SequenceForecaster"/>. It
    /// belongs to the transformer.</summary>
    public SequenceEstimator Model => _state.Model;

    /// <summary>The name of the feature column.</summary>
    public string FeatureColumnName => _state.Columns.Features;

    /// <summary>The type of the feature column of the sequences: a vector, of fixed size if the training data had one.</summary>
    public DataViewType FeatureColumnType => new VectorDataViewType(NumberDataViewType.Single, _state.FeatureSize);

    /// <summary>Whether each row of the input gives one row of the output: unless rows are steps that a group column
    /// combines.</summary>
    public bool IsRowToRowMapper => _state.Columns.Group is null;

    /// <summary>Returns the columns of the transformed data.</summary>
    /// <param name="inputSchema">The columns of the data.</param>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type, or channels or classes are not those of the
    /// training data.</exception>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (IsRowToRowMapper)
            return BindingOf(inputSchema).Output;
        var grouped = new GroupedSchema(inputSchema, _state.Columns);
        return new ScoreBinding(_state, grouped.Schema, grouped.Features).Output;
    }

    /// <summary>Returns a mapper for single rows.</summary>
    /// <param name="inputSchema">The columns of the rows.</param>
    /// <exception cref="InvalidOperationException">Rows are steps that a group column combines.</exception>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type, or classes are not those of the training
    /// data.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!IsRowToRowMapper)
            throw new InvalidOperationException($"A row is one step of a sequence (group column {Quoted(_state.Columns.Group)}), so a "
                + "single row can't be predicted. Use Transform, or train on a vector column without a group column.");
        return new ScoreMapper(BindingOf(inputSchema));
    }

    /// <summary>Returns the data with predictions; with a group column, one row for each sequence.</summary>
    /// <param name="input">The data.</param>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type, or channels or classes are not those of the
    /// training data. The same exception comes later, from the cursor, if a sequence is not suitable.</exception>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        SequenceTable table = SequenceTable.Of(input, _state.Columns);
        return new ScoredView(table.View, new ScoreBinding(_state, table.View.Schema, table.Features));
    }

    /// <summary>Frees the model.</summary>
    public void Dispose() => _state.Model.Dispose();

    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        ArgumentNullException.ThrowIfNull(ctx);
        MachineLearningInternals.Save(ctx, _state);
    }

    private ScoreBinding BindingOf(DataViewSchema inputSchema) =>
        new(_state, inputSchema, FeatureColumn.OfSequences(inputSchema, _state.Columns));
}
