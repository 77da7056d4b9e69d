using Microsoft.ML;

namespace Elman.MachineLearning.Views;

/// <summary>
/// A table of steps as a table of sequences: consecutive rows with the same key are one row. Computed when it is read.
/// </summary>
/// <param name="steps">The table of steps.</param>
/// <param name="schema">Its columns.</param>
internal sealed class GroupedView(IDataView steps, GroupedSchema schema) : IDataView
{
    /// <summary>Shuffled steps would be no sequences.</summary>
    public bool CanShuffle => false;

    public DataViewSchema Schema => schema.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        ArgumentNullException.ThrowIfNull(columnsNeeded);
        HashSet<int> active = [.. columnsNeeded.Select(column => column.Index)];
        IEnumerable<DataViewSchema.Column> needed = active.Append(schema.Group.Index).Append(schema.Steps.Column.Index).Distinct()
            .Select(index => steps.Schema[index]);
        return new GroupedCursor(steps.GetRowCursor(needed), schema, active);
    }

    /// <summary>The sequences are read by one cursor, since they begin and end where the keys change.</summary>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];
}
