namespace Elman.Data.Columnar;

/// <summary>What a column of a columnar file holds.</summary>
internal enum ColumnKind
{
    /// <summary>Numbers or truth values.</summary>
    Number,

    /// <summary>Texts.</summary>
    Text,

    /// <summary>Times, dates or durations.</summary>
    Time,

    /// <summary>Lists.</summary>
    List,

    /// <summary>What no rule of tables is for, such as structures and bytes.</summary>
    Other,
}

/// <summary>A column of a columnar file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="What">What messages call that, in the plural.</param>
/// <param name="Items">What its lists hold.</param>
internal sealed record Column(string Name, ColumnKind Kind, string What, Column? Items = null)
{
    /// <summary>Whether it holds lists of single items.</summary>
    public bool IsList => Kind == ColumnKind.List && Items!.Kind != ColumnKind.List;

    /// <summary>Whether it holds lists of lists of single items.</summary>
    public bool IsListOfLists => Kind == ColumnKind.List && Items!.IsList;

    /// <summary>A column of lists of others.</summary>
    public static Column ListOf(string name, Column items) => new(name, ColumnKind.List, $"lists of {items.What}", items);
}
