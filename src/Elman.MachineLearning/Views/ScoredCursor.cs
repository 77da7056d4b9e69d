using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>A cursor over rows with their predictions.</summary>
/// <param name="input">The cursor over the rows; it is disposed with this one.</param>
/// <param name="row">Its row with the prediction.</param>
internal sealed class ScoredCursor(DataViewRowCursor input, ScoredRow row) : DataViewRowCursor
{
    /// <inheritdoc/>
    public override long Position => row.Position;

    /// <inheritdoc/>
    public override long Batch => row.Batch;

    /// <inheritdoc/>
    public override DataViewSchema Schema => row.Schema;

    /// <inheritdoc/>
    public override bool MoveNext() => input.MoveNext();

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            row.Dispose();
        base.Dispose(disposing);
    }
}
