using Microsoft.ML;

namespace Elman.MachineLearning.Columns;

/// <summary>Reads keys, which are unsigned integers of four widths.</summary>
internal static class KeyColumn
{
    /// <summary>Returns a function that reads the key of the current row: the number of its value from 1; 0 if it is missing.</summary>
    public static Func<ulong> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        Type type = column.Type.RawType;
        return type == typeof(byte) ? Reader<byte>(row, column)
            : type == typeof(ushort) ? Reader<ushort>(row, column)
            : type == typeof(uint) ? Reader<uint>(row, column)
            : Reader<ulong>(row, column);
    }

    private static Func<ulong> Reader<T>(DataViewRow row, DataViewSchema.Column column)
        where T : struct, IConvertible
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            get(ref value);
            return value.ToUInt64(null);
        };
    }
}
