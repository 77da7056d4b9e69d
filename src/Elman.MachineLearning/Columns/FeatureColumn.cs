using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Columns;

/// <summary>The column of the sequences, or of their steps.</summary>
/// <param name="Column">The column.</param>
/// <param name="Size">The number of values in a row; 0 if rows differ.</param>
/// <param name="Channels">The number of channels.</param>
/// <param name="ChannelNames">The names of the channels; empty if they have none.</param>
internal sealed record FeatureColumn(DataViewSchema.Column Column, int Size, int Channels, IReadOnlyList<string> ChannelNames)
{
    private const string Conversion = "ConvertType changes other numbers, Concatenate makes one vector of several columns.";

    /// <summary>Returns the column of a table whose rows are sequences.</summary>
    /// <exception cref="ArgumentException">It is missing, has an unsuitable type, or no whole number of steps.</exception>
    public static FeatureColumn OfSequences(DataViewSchema schema, ColumnNames names)
    {
        DataViewSchema.Column column = Find(schema, names.Features, "feature");
        int channels = names.Channels ?? 1;
        if (column.Type is not VectorDataViewType { ItemType: NumberDataViewType { RawType: var item } } vector || item != typeof(float))
            throw new ArgumentException($"The feature column {Quoted(names.Features)} has the type {column.Type}; it must be a vector of "
                + $"Single, with one sequence in each row. {Conversion} If each row is one step, name the column that tells the sequences "
                + "apart as groupColumnName.");
        if (vector.Size % channels != 0)
            throw new ArgumentException($"The feature column {Quoted(names.Features)} has {Amount.Of(vector.Size, "value")} in each row, "
                + $"which is no multiple of {Amount.Of(channels, "channel")}. A row holds all channels of the first step, then those of "
                + "the second, and so on.");
        return new(column, vector.Size, channels, []);
    }

    /// <summary>Returns the column of a table whose rows are steps.</summary>
    /// <exception cref="ArgumentException">It is missing, has an unsuitable type, or another size than there are channels.</exception>
    public static FeatureColumn OfSteps(DataViewSchema schema, ColumnNames names)
    {
        DataViewSchema.Column column = Find(schema, names.Features, "feature");
        int size = column.Type switch
        {
            NumberDataViewType { RawType: var type } when type == typeof(float) => 1,
            VectorDataViewType { ItemType: NumberDataViewType { RawType: var type }, Size: > 0 } vector when type == typeof(float) =>
                vector.Size,
            _ => throw new ArgumentException($"The feature column {Quoted(names.Features)} has the type {column.Type}; with the group "
                + $"column {Quoted(names.Group)}, each row is one step, so it must be a Single, or a vector of Single of fixed size with a "
                + $"value for each channel. {Conversion}"),
        };
        if (names.Channels is { } channels && channels != size)
            throw new ArgumentException($"The feature column {Quoted(names.Features)} has {Amount.Of(size, "value")} in each row; a step "
                + $"has {Amount.Of(channels, "channel")}.");
        return new(column, size, size, column.Type is VectorDataViewType ? SlotNames(column, size) : [column.Name]);
    }

    /// <summary>Finds a column by its name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name, string role) => schema.GetColumnOrNull(name)
        ?? throw new ArgumentException($"The data have no {role} column {Quoted(name)}; their columns are "
            + $"{string.Join(", ", schema.Where(column => !column.IsHidden).Select(column => Quoted(column.Name)))}.");

    /// <summary>Returns a function that copies the values of the current row: ML.NET uses its buffers again for the next.</summary>
    /// <exception cref="ArgumentException">The function: the row has no value, or a part of a step.</exception>
    public Func<float[]> Reader(DataViewRow row)
    {
        ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(Column);
        VBuffer<float> buffer = default;
        return () =>
        {
            get(ref buffer);
            if (buffer.Length == 0)
                throw new ArgumentException($"{Place(row)} is empty; a sequence needs at least one step. Remove such rows.");
            if (buffer.Length % Channels != 0)
                throw new ArgumentException($"{Place(row)} has {Amount.Of(buffer.Length, "value")}, which is no multiple of "
                    + $"{Amount.Of(Channels, "channel")}.");
            float[] values = new float[buffer.Length];
            buffer.CopyTo(values);
            return values;
        };
    }

    private string Place(DataViewRow row) => $"Row {row.Position + 1} of the feature column {Quoted(Column.Name)}";

    /// <summary>Returns the slot names, if all slots have different ones.</summary>
    private static string[] SlotNames(DataViewSchema.Column column, int size)
    {
        string[] names = TextAnnotation.Read(column, "SlotNames");
        return names.Length == size && names.All(name => name.Length > 0) && names.Distinct(StringComparer.Ordinal).Count() == size
            ? names
            : [];
    }
}
