using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>A row with its prediction.</summary>
/// <param name="input">The row; it is disposed with this one.</param>
/// <param name="binding">The columns.</param>
/// <param name="active">The columns that the caller reads.</param>
internal sealed class ScoredRow(DataViewRow input, ScoreBinding binding, IEnumerable<DataViewSchema.Column> active) : DataViewRow
{
    private readonly HashSet<int> _active = [.. active.Select(column => column.Index)];
    private Func<float[]>? _answers;

    /// <inheritdoc/>
    public override long Position => input.Position;

    /// <inheritdoc/>
    public override long Batch => input.Batch;

    /// <inheritdoc/>
    public override DataViewSchema Schema => binding.Output;

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
            throw new InvalidOperationException($"The column {Quoted(column.Name)} was not asked for when the row was created.");
        return binding.IsOutput(column)
            ? binding.Getter<TValue>(column, _answers ??= binding.Answers(input))
            : input.GetGetter<TValue>(binding.Input[column.Index]);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            input.Dispose();
        base.Dispose(disposing);
    }
}
