using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>The type of the items of an array.</summary>
/// <param name="Kind"><c>f</c>, <c>i</c>, <c>u</c>, <c>b</c> (Booleans), <c>U</c> (text) or <c>S</c> (bytes, as text).</param>
/// <param name="Size">The number of bytes of an item.</param>
/// <param name="IsBig">Whether the most significant byte comes first.</param>
internal sealed record NpyType(char Kind, int Size, bool IsBig)
{
    // Limits the memory that a damaged header can request.
    private const int MaxTextSize = 1 << 20;

    /// <summary>Whether items are numbers.</summary>
    public bool IsNumber => Kind is 'f' or 'i' or 'u' or 'b';

    /// <summary>Whether every item can be converted to <see langword="float"/> without loss.</summary>
    public bool FitsFloat => Kind == 'b' || Size <= (Kind == 'f' ? 4 : 2);

    /// <summary>Parses a type such as <c>&lt;f4</c>.</summary>
    /// <exception cref="DataFileException">Items of this kind are not supported.</exception>
    public static NpyType Parse(string descr, Func<string, DataFileException> error)
    {
        bool hasOrder = descr.Length > 0 && descr[0] is '<' or '>' or '|' or '=';
        string rest = hasOrder ? descr[1..] : descr;
        char kind = rest.Length > 0 ? rest[0] : '\0';
        if (kind == 'O')
            throw error("the items of the array are Python objects (pickle), which are never loaded because that would run code; save "
                + "numbers instead: sequences of different lengths as one array of all steps and 'lengths', texts as np.array(texts, "
                + "dtype=str).");
        bool isRight = int.TryParse(rest.AsSpan(Math.Min(1, rest.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        if (kind == 'U' && isRight && size <= MaxTextSize / 4)
            return new NpyType('U', 4 * size, hasOrder && descr[0] == '>');
        bool isKnown = isRight && (kind, size) is ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) or ('b', 1) or ('S', <= MaxTextSize);
        return isKnown ? new NpyType(kind, size, hasOrder && descr[0] == '>') : throw error(
            $"the items of the array are of the type {NumberText.Quote(Encoding.UTF8.GetBytes(descr))}, which is not supported; save it "
                + "as float32 (array.astype('float32')) or, if it is text, as str.");
    }

    /// <summary>Returns an item as a number.</summary>
    public double Number(ReadOnlySpan<byte> item) => (Kind, Size, IsBig) switch
    {
        ('f', 4, false) => BinaryPrimitives.ReadSingleLittleEndian(item),
        ('f', 8, false) => BinaryPrimitives.ReadDoubleLittleEndian(item),
        ('f', 4, true) => BinaryPrimitives.ReadSingleBigEndian(item),
        ('f', 8, true) => BinaryPrimitives.ReadDoubleBigEndian(item),
        ('f', _, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(item),
        ('f', _, true) => (double)BinaryPrimitives.ReadHalfBigEndian(item),
        ('b', _, _) => item[0] == 0 ? 0 : 1,
        ('u', _, _) => (ulong)Integer(item),
        _ => (double)Integer(item),
    };

    /// <summary>Returns an item as text: numbers with the fewest digits that distinguish them.</summary>
    public string Text(ReadOnlySpan<byte> item)
    {
        switch (Kind)
        {
            case 'U':
                return (IsBig ? _bigEndian : Encoding.UTF32).GetString(item).TrimEnd('\0');
            case 'S':
                return Encoding.UTF8.GetString(item).TrimEnd('\0');
            case 'f':
                double number = Number(item);
                return Size switch
                {
                    2 => ((Half)number).ToString(CultureInfo.InvariantCulture),
                    4 => ((float)number).ToString(CultureInfo.InvariantCulture),
                    _ => number.ToString(CultureInfo.InvariantCulture),
                };
            case 'b':
                return item[0] == 0 ? "false" : "true";
            default:
                return Integer(item).ToString(CultureInfo.InvariantCulture);
        }
    }

    private static readonly UTF32Encoding _bigEndian = new(bigEndian: true, byteOrderMark: false);

    /// <summary>Returns an integer of any size, signed or unsigned.</summary>
    private Int128 Integer(ReadOnlySpan<byte> item)
    {
        ulong bits = 0;
        for (int i = 0; i < Size; i++)
            bits = (bits << 8) | item[IsBig ? i : Size - 1 - i];
        int unused = 64 - (8 * Size);
        return Kind == 'i' ? (long)(bits << unused) >> unused : bits;
    }
}
