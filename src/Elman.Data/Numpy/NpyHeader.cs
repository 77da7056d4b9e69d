using System.Buffers.Binary;
using System.Text;

namespace Elman.Data;

/// <summary>The header of an array, in versions 1 to 3 of the format of NumPy (NEP 1).</summary>
/// <param name="Type">The type of the items.</param>
/// <param name="IsFortran">Whether the first index changes fastest.</param>
/// <param name="Shape">The number of items along each axis.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortran, long[] Shape)
{
    /// <summary>The maximum length. Headers have a few hundred bytes; NumPy itself refuses longer ones.</summary>
    private const int MaxLength = 10_000;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>The shape in Python notation.</summary>
    public string ShapeText => $"({string.Join(", ", Shape)}{(Shape.Length == 1 ? "," : "")})";

    /// <summary>Reads the header, up to the first item.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="error">Creates an exception from a message.</param>
    /// <exception cref="DataFileException">It is not a valid header, or the type of the items is not supported.</exception>
    /// <exception cref="EndOfStreamException">The header is truncated.</exception>
    public static NpyHeader Read(Stream stream, Func<string, DataFileException> error)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (!start.StartsWith(Magic))
            throw error("this is not a NumPy array: its first bytes are wrong. Save it with np.save or np.savez.");
        if (start[6] is < 1 or > 3)
            throw error($"the array has format version {start[6]}; 1 to 3 are supported.");
        Span<byte> size = stackalloc byte[4];
        size.Clear();
        stream.ReadExactly(size[..(start[6] == 1 ? 2 : 4)]);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(size);
        if (length > MaxLength)
            throw error($"the header of the array would have {Amount.Of(length, "byte")}, more than the allowed {MaxLength}; the file is "
                + "damaged, or its items have many fields.");
        byte[] text = new byte[length];
        stream.ReadExactly(text);
        return Parse(start[6] == 3 ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text), error);
    }

    /// <summary>Reads <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.</summary>
    private static NpyHeader Parse(string text, Func<string, DataFileException> error)
    {
        var cursor = new PythonLiteral(text);
        NpyType? type = null;
        bool? isFortran = null;
        long[]? shape = null;
        bool isRight = cursor.TryTake('{');
        while (isRight && !cursor.TryTake('}'))
        {
            isRight = cursor.TryText(out string key) && cursor.TryTake(':');
            switch (key)
            {
                case "descr" when isRight && cursor.Next == '[':
                    throw error("the items of the array are records with several fields; save an array of numbers for each field.");
                case "descr" when isRight && cursor.TryText(out string descr):
                    type = NpyType.Parse(descr, error);
                    break;
                case "fortran_order" when isRight && cursor.TryBoolean(out bool order):
                    isFortran = order;
                    break;
                case "shape" when isRight && cursor.TryTuple(out long[] axes):
                    shape = axes;
                    break;
                default:
                    isRight = false;
                    break;
            }
            isRight &= cursor.TryTake(',') || cursor.Next == '}';
        }
        if (!isRight || !cursor.IsAtEnd || type is null || isFortran is null || shape is null)
            throw error("the header of the array is damaged; it must have descr, fortran_order and shape.");
        decimal items = 1;
        foreach (long axis in shape)
            if ((items *= axis) > Array.MaxLength)
                throw error($"the array has the shape ({string.Join(", ", shape)}), but at most {Array.MaxLength} items are supported; "
                    + "split it into several files.");
        return new NpyHeader(type, isFortran.Value, shape);
    }
}
