namespace Elman;

/// <summary>
/// How the outputs f and r of two layers that read the same sequence, one from its start and one from its end, become one output.
/// </summary>
public enum DirectionMerge
{
    /// <summary>One beside the other, <c>[f r]</c>: twice as wide.</summary>
    Concatenate,

    /// <summary><c>f + r</c>.</summary>
    Sum,

    /// <summary><c>(f + r)/2</c>.</summary>
    Mean,

    /// <summary><c>f∘r</c>, element by element.</summary>
    Product,
}
