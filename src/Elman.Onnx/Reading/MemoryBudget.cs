namespace Elman.Onnx.Reading;

/// <summary>Bounds the memory that a file can make the import allocate, in proportion to its length.</summary>
internal sealed class MemoryBudget
{
    /// <summary>What any file may take, so that small ones with large zero states are read.</summary>
    private const long FreeBytes = 8 << 20;

    private readonly long _most;
    private long _left;

    /// <summary>Creates a budget.</summary>
    /// <param name="fileBytes">The length of the file.</param>
    /// <param name="factor">How many times the length may be taken.</param>
    public MemoryBudget(long fileBytes, int factor)
    {
        _most = FreeBytes + (factor * fileBytes);
        _left = _most;
    }

    /// <summary>Adds to the budget: a further file was read.</summary>
    public void Add(long bytes) => _left += bytes;

    /// <summary>Takes memory.</summary>
    /// <param name="count">The number of elements.</param>
    /// <param name="size">The bytes of an element.</param>
    /// <param name="what">What it is for, as the subject of a sentence.</param>
    /// <exception cref="GraphException">The budget is used up.</exception>
    public void Take(long count, int size, string what)
    {
        if (count < 0 || count > _left / size)
            throw new GraphException($"{what} would have {count} numbers; with all before, that is more memory than {_most >> 20} MB, "
                + "which a file of this length may take.");
        _left -= count * size;
    }
}
