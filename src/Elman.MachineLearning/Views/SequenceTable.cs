using Elman.MachineLearning.Columns;
using Microsoft.ML;

namespace Elman.MachineLearning.Views;

/// <summary>A table with a sequence in each row.</summary>
/// <param name="View">The table.</param>
/// <param name="Features">The column of the sequences, a vector.</param>
internal sealed record SequenceTable(IDataView View, FeatureColumn Features)
{
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type.</exception>
    public static SequenceTable Of(IDataView input, ColumnNames columns)
    {
        if (columns.Group is null)
            return new(input, FeatureColumn.OfSequences(input.Schema, columns));
        var schema = new GroupedSchema(input.Schema, columns);
        return new(new GroupedView(input, schema), schema.Features);
    }
}
