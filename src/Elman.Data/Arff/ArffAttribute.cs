namespace Elman.Data;

/// <summary>What the values of an attribute are.</summary>
internal enum ArffKind
{
    /// <summary>Numbers.</summary>
    Numeric,

    /// <summary>One of the names that are declared.</summary>
    Nominal,

    /// <summary>Any text.</summary>
    Text,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A table of its own: in the files of the UEA archive, a row for each channel with a value for each step.</summary>
    Relational,
}

/// <summary>A column that the header of an <c>.arff</c> file declares.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Line">Where it is declared.</param>
internal sealed record ArffAttribute(string Name, ArffKind Kind, long Line)
{
    /// <summary>Of a nominal attribute, the names in the order of the file.</summary>
    public NameTable? Classes { get; init; }

    /// <summary>Of a relational attribute, the attributes within.</summary>
    public List<ArffAttribute> Inner { get; } = [];

    /// <summary>What kind it is, in words.</summary>
    public string KindInWords => Kind switch
    {
        ArffKind.Text => "a string",
        ArffKind.Date => "a date",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}
