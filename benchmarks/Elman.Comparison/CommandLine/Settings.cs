namespace Elman.Comparison.CommandLine;

/// <summary>The settings of the command line.</summary>
internal sealed record Settings
{
    /// <summary>Whether to measure the whole grid with little time for each row.</summary>
    public bool Quick { get; init; }

    /// <summary>A part of the names of the rows to measure, or <see langword="null"/> for all rows.</summary>
    public string? Only { get; init; }

    /// <summary>The number of rounds per row, or <see langword="null"/> for the number that the time allows.</summary>
    public int? Rounds { get; init; }

    /// <summary>The file for the results as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>The file for the results as Markdown.</summary>
    public string? Markdown { get; init; }

    /// <summary>The document in which to replace the results.</summary>
    public string? Docs { get; init; }

    /// <summary>The Python interpreter that has NumPy.</summary>
    public required string Python { get; init; }

    /// <summary>Whether to print only the names of the rows.</summary>
    public bool List { get; init; }
}
