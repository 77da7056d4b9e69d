namespace Elman;

/// <summary>
/// The columns of the table from which a data set was read. A model stores them, so that other tables are read like its training data.
/// </summary>
/// <remarks>A column is identified by its header, or in a table without a header by its number from 1.</remarks>
public sealed record TableColumns
{
    /// <summary>Whether a row was a step of a sequence; otherwise it was a sequence.</summary>
    public required bool IsLong { get; init; }

    /// <summary>The column that distinguishes sequences, if there was one.</summary>
    public string? Id { get; init; }

    /// <summary>The column that orders the steps, if there was one.</summary>
    public string? Time { get; init; }

    /// <summary>The date format of the time column, if it was given: a .NET or strftime format string.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The resampling of the rows, if there was one.</summary>
    public Resampling? Resampled { get; init; }

    /// <summary>The windowing of the recordings, if there was one.</summary>
    public Windowing? Windowing { get; init; }

    /// <summary>The column of the groups of sequences, if there was one.</summary>
    public string? Group { get; init; }

    /// <summary>The columns of labels; empty if there were none, or if <see cref="LabelIsLast"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The columns of text; empty if there were none. If a row was a sequence, there is one, and its text was split into
    /// steps.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether numbers had a decimal comma.</summary>
    public bool HasDecimalComma { get; init; }

    /// <summary>Whether the label was the last field of each row, for any length of the row.</summary>
    public bool LabelIsLast { get; init; }
}
