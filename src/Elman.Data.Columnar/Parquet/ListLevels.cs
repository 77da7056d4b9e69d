namespace Elman.Data.Columnar;

/// <summary>
/// Converts the levels of a Parquet column to lists. A repetition level tells which list is continued, a definition level how many levels
/// of a row are present (S. Melnik et al., Dremel, 2010).
/// </summary>
/// <param name="levels">The minimum definition level of an item in each list, starting with the outer list; empty for a column without
/// lists.</param>
/// <param name="full">The definition level of an item that is not missing.</param>
/// <param name="rows">The number of rows.</param>
internal sealed class ListLevels(IReadOnlyList<int> levels, int full, int rows)
{
    private readonly List<int>[] _offsets = [.. levels.Select(_ => new List<int>())];
    private readonly List<bool>[] _nulls = [.. levels.Select(_ => new List<bool>())];
    private readonly List<bool> _leafNulls = [];
    private bool _hasNulls;

    /// <summary>Returns the values of a column.</summary>
    /// <param name="count">The number of levels.</param>
    /// <param name="definitions">The definition levels; empty if all have the maximum.</param>
    /// <param name="repetitions">The repetition levels; empty if there are no lists.</param>
    /// <param name="itemsOf">Creates the items from their number and from which of them are missing.</param>
    /// <exception cref="UnreadableException">The levels contradict each other.</exception>
    public ColumnValues Build(
        int count, ReadOnlySpan<int> definitions, ReadOnlySpan<int> repetitions, Func<int, bool[]?, ColumnValues> itemsOf)
    {
        if ((!definitions.IsEmpty && definitions.Length != count) || (levels.Count > 0 && repetitions.Length != count))
            throw new UnreadableException("the numbers of repetition and definition levels differ");
        int items = 0;
        for (int i = 0; i < count; i++)
            if (Take(definitions.IsEmpty ? full : definitions[i], levels.Count == 0 ? 0 : repetitions[i], isFirst: i == 0))
                items++;
        if (levels.Count > 0 && _offsets[0].Count != rows)
            throw new UnreadableException($"it has {_offsets[0].Count} lists for {Amount.Of(rows, "row")}");
        ColumnValues values = itemsOf(items, _hasNulls ? [.. _leafNulls] : null);
        for (int level = levels.Count - 1; level >= 0; level--)
        {
            _offsets[level].Add(values.Count);
            values = new ListValues([.. _offsets[level]], values, [.. _nulls[level]]);
        }
        return values;
    }

    /// <summary>Processes an entry; returns whether it is an item, including a missing one.</summary>
    private bool Take(int definition, int repetition, bool isFirst)
    {
        if (repetition < 0 || repetition > levels.Count || (isFirst && repetition > 0))
            throw new UnreadableException("a repetition level is out of range");
        for (int level = repetition; level < levels.Count; level++)
        {
            _offsets[level].Add(level + 1 < levels.Count ? _offsets[level + 1].Count : _leafNulls.Count);
            // One level below an item the list is empty; at lower levels it is missing.
            _nulls[level].Add(definition < levels[level] - 1);
            if (definition < levels[level])
                return false;
        }
        if (levels.Count > 0 && definition < levels[^1])
            throw new UnreadableException("a list without items is continued");
        _leafNulls.Add(definition < full);
        _hasNulls |= definition < full;
        return true;
    }
}
