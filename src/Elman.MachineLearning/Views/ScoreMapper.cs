using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>Predicts single rows, as a PredictionEngine needs it.</summary>
internal sealed class ScoreMapper(ScoreBinding binding) : IRowToRowMapper
{
    public DataViewSchema InputSchema => binding.Input;

    public DataViewSchema OutputSchema => binding.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns) =>
        binding.Needed(dependingColumns);

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Schema != InputSchema)
            throw new ArgumentException("The row has other columns than those the mapper was created for.", nameof(input));
        return new ScoredRow(input, binding, activeColumns);
    }
}
