namespace Elman.Comparison.CommandLine;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    /// <summary>The whole grid with little time for each row.</summary>
    public bool Quick { get; init; }

    /// <summary>A part of a row's name, or <see langword="null"/> for all rows.</summary>
    public string? Only { get; init; }

    /// <summary>Rounds a row, or <see langword="null"/> for as many as the time allows.</summary>
    public int? Rounds { get; init; }

    /// <summary>Where to write the results as JSON.</summary>
    public string? Json { get; init; }

    /// <summary>Where to write the results as Markdown.</summary>
    public string? Markdown { get; init; }

    /// <summary>The document in which to replace the results.</summary>
    public string? Docs { get; init; }

    /// <summary>The Python interpreter that has NumPy.</summary>
    public required string Python { get; init; }

    /// <summary>Only print the names of the rows.</summary>
    public bool List { get; init; }
}
