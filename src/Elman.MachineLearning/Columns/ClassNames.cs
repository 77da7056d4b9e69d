using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Elman.MachineLearning.Columns;

/// <summary>The classes of a label that is a key, in the order of the key.</summary>
/// <param name="Names">The names of the classes.</param>
/// <param name="ValueType">The type of the key values; <see langword="null"/> if the key has none, so that the names are numbers.</param>
internal sealed record ClassNames(IReadOnlyList<string> Names, PrimitiveDataViewType? ValueType)
{
    public const string KeyValues = "KeyValues";

    /// <summary>The types of key values whose text form can be read again.</summary>
    private static readonly PrimitiveDataViewType[] _valueTypes =
    [
        TextDataViewType.Instance, BooleanDataViewType.Instance, NumberDataViewType.Single, NumberDataViewType.Double,
        NumberDataViewType.SByte, NumberDataViewType.Int16, NumberDataViewType.Int32, NumberDataViewType.Int64,
        NumberDataViewType.Byte, NumberDataViewType.UInt16, NumberDataViewType.UInt32, NumberDataViewType.UInt64,
    ];

    /// <summary>Returns the classes of a label column.</summary>
    /// <exception cref="ArgumentException">It is no key, or its key values have a type that a model can't keep.</exception>
    public static ClassNames Of(DataViewSchema.Column label)
    {
        if (label.Type is not KeyDataViewType key)
            throw new ArgumentException($"The label column {Quoted(label.Name)} has the type {label.Type}; it must be a key. Put "
                + $"mlContext.Transforms.Conversion.MapValueToKey(\"{MessageText.Visible(label.Name)}\") before the trainer.");
        if (key.Count > (ulong)Array.MaxLength)
            throw new ArgumentException($"The label column {Quoted(label.Name)} has {key.Count} key values; a model has at most "
                + $"{Array.MaxLength} classes.");
        int count = (int)key.Count;
        if (label.Annotations.Schema.GetColumnOrNull(KeyValues)?.Type is not VectorDataViewType { ItemType: var item })
            return new([.. Enumerable.Range(0, count).Select(i => i.ToString(CultureInfo.InvariantCulture))], null);
        PrimitiveDataViewType type = Array.Find(_valueTypes, known => known.Equals(item))
            ?? throw new ArgumentException($"The key values of the label column {Quoted(label.Name)} have the type {item}; a model keeps "
                + "texts, numbers and Booleans. Convert the label with ConvertType to DataKind.String before MapValueToKey.");
        return new(TypedCall.Of<IReadOnlyList<string>>(typeof(ClassNames), nameof(Read), type.RawType, label), type);
    }

    /// <summary>Returns the type of key values by its name in a model.</summary>
    public static PrimitiveDataViewType? FindType(string name) => Array.Find(_valueTypes, type => type.ToString() == name);

    /// <summary>Adds the key values as an annotation, with their type; nothing if the key has none.</summary>
    public void AddTo(DataViewSchema.Annotations.Builder annotations, string kind)
    {
        if (ValueType is not null)
            TypedCall.Of<object?>(typeof(ClassNames), nameof(Add), ValueType.RawType, annotations, kind, Names, ValueType);
    }

    /// <summary>Checks that a label column of other data has the same classes, as far as it has any.</summary>
    /// <exception cref="ArgumentException">A class differs.</exception>
    public void CheckSame(DataViewSchema.Column label)
    {
        IReadOnlyList<string> others = Of(label).Names;
        for (int i = 0; i < others.Count; i++)
            if (i >= Names.Count || others[i] != Names[i])
                throw new ArgumentException($"Key {i + 1} of the label column {Quoted(label.Name)} is {Quoted(others[i])}; in the training "
                    + $"data it was {(i < Names.Count ? Quoted(Names[i]) : "no class")}, so predictions would be compared with the wrong "
                    + "classes. Use the MapValueToKey that was fitted on the training data, in the same pipeline as the trainer.");
    }

    private static string[] Read<T>(DataViewSchema.Column label)
    {
        VBuffer<T> values = default;
        label.Annotations.GetValue(KeyValues, ref values);
        return [.. values.DenseValues().Select(value => Convert.ToString(value is ReadOnlyMemory<char> text ? text.ToString() : value,
            CultureInfo.InvariantCulture)!)];
    }

    private static object? Add<T>(
        DataViewSchema.Annotations.Builder annotations, string kind, IReadOnlyList<string> names, PrimitiveDataViewType type)
    {
        T[] values = [.. names.Select(name => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (T)(object)name.AsMemory()
            : (T)Convert.ChangeType(name, typeof(T), CultureInfo.InvariantCulture))];
        annotations.Add(kind, new VectorDataViewType(type, values.Length),
            (ref VBuffer<T> target) => TextAnnotation.CopyTo(values, ref target));
        return null;
    }
}
