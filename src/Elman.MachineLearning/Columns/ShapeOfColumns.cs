using Elman.MachineLearning.ModelFiles;
using Elman.MachineLearning.Tasks;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Columns;

/// <summary>The columns of a table before it is read: their kinds, but not their sizes.</summary>
internal sealed class ShapeOfColumns(SchemaShape shape)
{
    /// <summary>Returns the columns after training and transformation.</summary>
    /// <exception cref="ArgumentException">A column is missing or has an unsuitable type.</exception>
    public SchemaShape After(ColumnNames names, PredictionTask task)
    {
        SchemaShape.Column features = Find(names.Features, "feature");
        bool isVector = features.Kind != SchemaShape.Column.VectorKind.Scalar;
        if (!features.ItemType.Equals(NumberDataViewType.Single) || features.IsKey || (names.Group is null && !isVector))
            throw new ArgumentException($"The feature column {Quoted(names.Features)} has the type {Described(features)}; it must be "
                + (names.Group is null ? "a vector of Single, with one sequence in each row." : "a Single or a vector of Single.")
                + " ConvertType changes other numbers, Concatenate makes one vector of several columns.");
        if (names.Group is not null)
            Find(names.Group, "group");
        SchemaShape.Column? label = null;
        if (task.HasLabel)
        {
            label = Find(names.Label!, "label");
            task.CheckLabel(label.Value);
        }
        IReadOnlyList<OutputShape> outputs = task.OutputShapes(label);
        HashSet<string> replaced = [.. outputs.Select(output => output.Name)];
        return new SchemaShape([.. shape.Where(column => !replaced.Contains(column.Name)).Select(column => Grouped(column, names)),
            .. outputs.Select(MachineLearningInternals.ShapeOf)]);
    }

    private static SchemaShape.Column Grouped(SchemaShape.Column column, ColumnNames names) =>
        names.Group is not null && column.Name == names.Features
            ? MachineLearningInternals.ShapeOf(
                new(column.Name, SchemaShape.Column.VectorKind.VariableVector, NumberDataViewType.Single))
            : column;

    private static string Described(SchemaShape.Column column) => (column.Kind, column.IsKey) switch
    {
        (SchemaShape.Column.VectorKind.Scalar, false) => column.ItemType.ToString()!,
        (SchemaShape.Column.VectorKind.Scalar, true) => $"key of {column.ItemType}",
        _ => $"vector of {column.ItemType}",
    };

    private SchemaShape.Column Find(string name, string role)
    {
        foreach (SchemaShape.Column column in shape)
            if (column.Name == name)
                return column;
        throw new ArgumentException($"The data have no {role} column {Quoted(name)}; their columns are "
            + $"{string.Join(", ", shape.Select(column => Quoted(column.Name)))}.");
    }
}
