using System.Buffers.Binary;

namespace Elman.Data.Columnar;

/// <summary>
/// Traverses tables of FlatBuffers by a description of them: every referenced table and vector must lie within the bytes.
/// </summary>
internal sealed class FlatTables(byte[] bytes)
{
    private const int MostDepth = 64;

    private int _visited;

    /// <summary>Checks the table at the beginning of the bytes.</summary>
    /// <returns>The position of the table.</returns>
    /// <exception cref="UnreadableException">A reference points out of the bytes, or references form a cycle.</exception>
    public int CheckRoot(FlatTable description)
    {
        int table = Follow(0);
        Check(table, description, 0);
        return table;
    }

    /// <summary>Returns the position of a field of a table; 0 if it is absent.</summary>
    public int Field(int table, int field)
    {
        int offsets = checked(table - Int(table));
        int place = 4 + (2 * field);
        int offset = place + 2 <= Short(offsets) ? Short(offsets + place) : 0;
        return offset == 0 ? 0 : table + offset;
    }

    /// <summary>Returns the position of the table, text or vector that a field refers to.</summary>
    public int Follow(int place)
    {
        long target = place + (long)(uint)Int(place);
        return target <= bytes.Length - 4 ? (int)target : throw Damaged();
    }

    public byte Byte(int place) => place >= 0 && place < bytes.Length ? bytes[place] : throw Damaged();

    public int Int(int place) => BinaryPrimitives.ReadInt32LittleEndian(Part(place, 4));

    public long Long(int place) => BinaryPrimitives.ReadInt64LittleEndian(Part(place, 8));

    private int Short(int place) => BinaryPrimitives.ReadUInt16LittleEndian(Part(place, 2));

    private void Check(int table, FlatTable description, int depth)
    {
        // Limits visits to the number of bytes, in case tables are shared.
        if (depth > MostDepth || _visited++ > bytes.Length)
            throw Damaged();
        foreach (FlatField field in description.Fields)
        {
            int place = Field(table, field.Number);
            if (place == 0)
                continue;
            if (field.Size == FlatField.IsTable)
            {
                int type = field.Selector is { } selector && Field(table, selector) is > 0 and var at ? Byte(at) : 0;
                if (field.TargetOf(type) is { } target)
                    Check(Follow(place), target, depth + 1);
                continue;
            }
            int vector = Follow(place);
            long count = (uint)Int(vector);
            if (count * field.Size > bytes.Length - 4 - vector)
                throw Damaged();
            for (int i = 0; field.Items is { } items && i < count; i++)
                Check(Follow(vector + 4 + (4 * i)), items, depth + 1);
        }
    }

    private ReadOnlySpan<byte> Part(int place, int length) =>
        place >= 0 && place <= bytes.Length - length ? bytes.AsSpan(place, length) : throw Damaged();

    private static UnreadableException Damaged() => new("its metadata is damaged");
}

/// <summary>The fields of a table that refer to other data.</summary>
internal sealed class FlatTable
{
    public FlatField[] Fields { get; set; } = [];
}

/// <summary>A field that refers to a table or a vector.</summary>
/// <param name="Number">The number of the field in its table.</param>
/// <param name="Size">The number of bytes of an item of the vector; <see cref="IsTable"/> for a table.</param>
internal sealed record FlatField(int Number, int Size)
{
    /// <summary>The value for a field that refers to a table.</summary>
    public const int IsTable = 0;

    /// <summary>The type of the items of the vector, if they are tables.</summary>
    public FlatTable? Items { get; init; }

    /// <summary>The field that selects the type of the table, if there are several types.</summary>
    public int? Selector { get; init; }

    /// <summary>Returns the type of the table by the value of the selector; <see langword="null"/> if it has no references.</summary>
    public Func<int, FlatTable?> TargetOf { get; init; } = _ => null;
}
