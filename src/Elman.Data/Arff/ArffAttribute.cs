namespace Elman.Data;

/// <summary>The type of an attribute.</summary>
internal enum ArffKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>One of the declared names.</summary>
    Nominal,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A nested table: in the files of the UEA archive, one row for each channel with one value for each step.</summary>
    Relational,
}

/// <summary>A column declared in the header of an <c>.arff</c> file.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">The type.</param>
/// <param name="Line">The line of the declaration.</param>
internal sealed record ArffAttribute(string Name, ArffKind Kind, long Line)
{
    /// <summary>The names of a nominal attribute, in the order of the file.</summary>
    public NameTable? Classes { get; init; }

    /// <summary>The nested attributes of a relational attribute.</summary>
    public List<ArffAttribute> Inner { get; } = [];

    /// <summary>The type as text.</summary>
    public string KindInWords => Kind switch
    {
        ArffKind.Text => "a string",
        ArffKind.Date => "a date",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
