namespace Elman.Data.Columnar;

/// <summary>The kind of values in a column of a columnar file.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers or Booleans.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Times, dates or durations.</summary>
    Time,

    /// <summary>Lists.</summary>
    List,

    /// <summary>Types that are not supported in tables, such as structures and bytes.</summary>
    Other,
}

/// <summary>A column of a columnar file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The kind of values.</param>
/// <param name="What">The name of the values in messages, in the plural.</param>
/// <param name="Items">The items of the lists.</param>
internal sealed record Column(string Name, ColumnKind Kind, string What, Column? Items = null)
{
    /// <summary>Whether the column holds lists of single items.</summary>
    public bool IsList => Kind == ColumnKind.List && Items!.Kind != ColumnKind.List;

    /// <summary>Whether the column holds lists of lists of single items.</summary>
    public bool IsListOfLists => Kind == ColumnKind.List && Items!.IsList;

    /// <summary>Returns a column of lists with given items.</summary>
    public static Column ListOf(string name, Column items) => new(name, ColumnKind.List, $"lists of {items.What}", items);
}
