using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Columns;

/// <summary>Annotations of a column that are lists of texts.</summary>
internal static class TextAnnotation
{
    /// <summary>Returns the texts of an annotation; none if the column has no such annotation.</summary>
    public static string[] Read(DataViewSchema.Column column, string kind)
    {
        if (column.Annotations.Schema.GetColumnOrNull(kind)?.Type is not VectorDataViewType { ItemType: TextDataViewType })
            return [];
        VBuffer<ReadOnlyMemory<char>> texts = default;
        column.Annotations.GetValue(kind, ref texts);
        return [.. texts.DenseValues().Select(text => text.ToString())];
    }

    /// <summary>Adds a list of texts.</summary>
    public static void Add(DataViewSchema.Annotations.Builder annotations, string kind, IReadOnlyList<string> texts)
    {
        ReadOnlyMemory<char>[] values = [.. texts.Select(text => text.AsMemory())];
        annotations.Add(kind, new VectorDataViewType(TextDataViewType.Instance, values.Length),
            (ref VBuffer<ReadOnlyMemory<char>> target) => CopyTo(values, ref target));
    }

    /// <summary>Copies values to a buffer of ML.NET.</summary>
    public static void CopyTo<T>(ReadOnlySpan<T> values, ref VBuffer<T> target)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref target, values.Length);
        values.CopyTo(editor.Values);
        target = editor.Commit();
    }
}
