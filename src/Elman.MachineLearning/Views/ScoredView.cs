using Microsoft.ML;

namespace Elman.MachineLearning.Views;

/// <summary>A table of sequences with their predictions, which are computed when they are read.</summary>
/// <param name="input">The table.</param>
/// <param name="binding">The columns.</param>
internal sealed class ScoredView(IDataView input, ScoreBinding binding) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => binding.Output;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return Scored(input.GetRowCursor(binding.Needed(columns), rand), columns);
    }

    /// <summary>Returns cursors over parts of the rows: several threads may predict with a model at the same time.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return [.. input.GetRowCursorSet(binding.Needed(columns), n, rand).Select(cursor => Scored(cursor, columns))];
    }

    private ScoredCursor Scored(DataViewRowCursor cursor, DataViewSchema.Column[] columns) =>
        new(cursor, new ScoredRow(cursor, binding, columns));
}
