namespace Elman.Data;

/// <summary>An array of NumPy while it is read: the header is read by the constructor, the items on demand, once.</summary>
internal sealed class NpyArray
{
    private const int ChunkBytes = 1 << 16;

    private readonly Stream _stream;
    private readonly string _file;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="file">The file name for messages.</param>
    /// <param name="name">The name of the array in a file with several arrays.</param>
    /// <param name="length">The number of bytes of the array including its header, if it is known.</param>
    /// <exception cref="DataFileException">It is not an array of a supported type, or is truncated.</exception>
    public NpyArray(Stream stream, string file, string? name, long? length)
    {
        (_stream, _file, Name) = (stream, file, name);
        try
        {
            Header = NpyHeader.Read(stream, Error);
        }
        catch (EndOfStreamException e)
        {
            throw BreaksOff(e);
        }
        Count = Header.Shape.Aggregate(1L, (product, axis) => product * axis);
        // The header is usually a multiple of 16 bytes, and has at most 10,000 bytes.
        if (length is { } bytes && Count * Header.Type.Size > bytes)
            throw BreaksOff(null);
    }

    /// <summary>The name of the array; <see langword="null"/> if the file contains only one array.</summary>
    public string? Name { get; }

    /// <summary>The header.</summary>
    public NpyHeader Header { get; }

    /// <summary>The number of items.</summary>
    public long Count { get; }

    /// <summary>The description for messages.</summary>
    public string Description => $"{(Name is null ? "the array" : Quoted(Name))} of shape {Header.ShapeText}";

    /// <summary>Creates an exception about the array.</summary>
    public DataFileException Error(string problem) => new(_file, Name is null ? problem : $"array {Quoted(Name)}: {problem}");

    /// <summary>Reads all items as floats, in the order in which they are stored.</summary>
    /// <param name="columnOf">Returns the channel of an item.</param>
    /// <param name="rounding">Converts numbers to floats.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="DataFileException">Items are not numbers, one is not finite, or the array is truncated.</exception>
    public float[] ReadNumbers(Func<long, int> columnOf, RoundingWatch rounding, CancellationToken cancellation = default)
    {
        if (!Header.Type.IsNumber)
            throw Error("the items are texts, but numbers are needed; convert them with array.astype('float32').");
        // The buffer grows with the bytes that are read, so that a damaged header can't make it large.
        var values = new ValueBuffer((int)Math.Min(Count, 1 << 16));
        ForEach(item =>
        {
            double exact = Header.Type.Number(item);
            float value = (float)exact;
            if (float.IsInfinity(value))
                throw Error($"the item at {Place(values.Count)} is {(double.IsInfinity(exact) ? "not finite" : "outside the range of "
                    + "32-bit floats, ±3.4e38")}; replace it by a number, or by NaN if it is missing.");
            values.Add(float.IsNaN(value) ? value : rounding.Keep(columnOf(values.Count), exact, value));
        }, cancellation);
        return values.Detach();
    }

    /// <summary>Reads all items as text, in the order in which they are stored.</summary>
    /// <exception cref="DataFileException">The array is truncated.</exception>
    public List<string> ReadTexts()
    {
        var texts = new List<string>();
        ForEach(item => texts.Add(Header.Type.Text(item)), default);
        return texts;
    }

    /// <summary>Reads all items as integers.</summary>
    /// <exception cref="DataFileException">An item is not a valid number, or the array is truncated.</exception>
    public long[] ReadWholeNumbers()
    {
        var numbers = new List<long>();
        ForEach(item =>
        {
            double number = Header.Type.IsNumber ? Header.Type.Number(item) : double.NaN;
            if (!(Math.Abs(number) <= Array.MaxLength) || number != Math.Floor(number))
                throw Error($"{Quoted(Header.Type.Text(item))} at {Place(numbers.Count)} is not a whole number of steps; save integers.");
            numbers.Add((long)number);
        }, default);
        return [.. numbers];
    }

    private void ForEach(ItemAction take, CancellationToken cancellation)
    {
        int size = Header.Type.Size;
        if (size == 0)
        {
            for (long i = 0; i < Math.Min(Count, 1 << 20); i++)
                take([]);
            return;
        }
        byte[] chunk = new byte[Math.Max(size, ChunkBytes / size * size)];
        for (long left = Count; left > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            int items = (int)Math.Min(left, chunk.Length / size);
            try
            {
                _stream.ReadExactly(chunk, 0, items * size);
            }
            catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
            {
                throw BreaksOff(e);
            }
            for (int i = 0; i < items; i++)
                take(chunk.AsSpan(i * size, size));
            left -= items;
        }
    }

    /// <summary>Returns the index of an item in Python notation.</summary>
    private string Place(long item)
    {
        long[] index = new long[Header.Shape.Length];
        for (int i = 0; i < index.Length; i++)
        {
            int axis = Header.IsFortran ? i : index.Length - 1 - i;
            index[axis] = item % Header.Shape[axis];
            item /= Header.Shape[axis];
        }
        return $"[{string.Join(", ", index)}]";
    }

    private DataFileException BreaksOff(Exception? inner) => new(_file,
        $"{(Name is null ? "" : $"array {Quoted(Name)}: ")}the file is damaged, or truncated within the array; copy or save it again.",
        innerException: inner);

    private delegate void ItemAction(ReadOnlySpan<byte> item);
}
