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

    /// <summary>A nested table: in the files of the UEA archive, a row for each channel with a value for each step.</summary>
    Relational,
}

/// <summary>A column declared in the header of an <c>.arff</c> file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
/// <param name="Line">The line of its declaration.</param>
internal sealed record ArffAttribute(string Name, ArffKind Kind, long Line)
{
    /// <summary>Of a nominal attribute, the names in the order of the file.</summary>
    public NameTable? Classes { get; init; }

    /// <summary>Of a relational attribute, the attributes within.</summary>
    public List<ArffAttribute> Inner { get; } = [];

    /// <summary>The type as text.</summary>
    public string KindInWords => Kind switch
    {
        ArffKind.Text => "a string",
        ArffKind.Date => "a date",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
