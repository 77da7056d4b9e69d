using Elman.MachineLearning.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Views;

/// <summary>The columns of a table of steps, and of the same table with a sequence in each row. They have the same indices.</summary>
internal sealed class GroupedSchema
{
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type.</exception>
    public GroupedSchema(DataViewSchema steps, ColumnNames columns)
    {
        Steps = FeatureColumn.OfSteps(steps, columns);
        Group = FeatureColumn.Find(steps, columns.Group!, "group");
        Label = columns.Label is null ? null : steps.GetColumnOrNull(columns.Label);
        if (Group.Type is not PrimitiveDataViewType)
            throw new ArgumentException($"The group column {Quoted(Group.Name)} has the type {Group.Type}; it must hold one value in each "
                + "row, such as a text, a number or a key.");
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in steps)
        {
            if (column.Index == Steps.Column.Index)
                builder.AddColumn(column.Name, new VectorDataViewType(NumberDataViewType.Single));
            else
                builder.AddColumn(column.Name, column.Type, column.Annotations);
        }
        Schema = builder.ToSchema();
        Features = Steps with { Column = Schema[Steps.Column.Index], Size = 0 };
    }

    /// <summary>The feature column of the steps.</summary>
    public FeatureColumn Steps { get; }

    /// <summary>The column that tells the sequences apart, in the table of steps.</summary>
    public DataViewSchema.Column Group { get; }

    /// <summary>The label column in the table of steps, if it has one.</summary>
    public DataViewSchema.Column? Label { get; }

    /// <summary>The columns of the table of sequences.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>The feature column of the sequences.</summary>
    public FeatureColumn Features { get; }
}
