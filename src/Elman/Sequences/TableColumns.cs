namespace Elman;

/// <summary>
/// In which columns of a table a data set was found. A model keeps it, so that other tables are read as the one that it was trained on.
/// </summary>
/// <remarks>A column is named by its header, or in a table without one by its number from 1.</remarks>
public sealed record TableColumns
{
    /// <summary>Whether a row was a step of a sequence; otherwise it was a sequence.</summary>
    public required bool IsLong { get; init; }

    /// <summary>The column that distinguishes sequences, if there was one.</summary>
    public string? Id { get; init; }

    /// <summary>The column that orders the steps, if there was one.</summary>
    public string? Time { get; init; }

    /// <summary>How the time column wrote dates, where that was said: a .NET format string, or one of strftime.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>The steps that took the place of the rows, where that was chosen.</summary>
    public Resampling? Resampled { get; init; }

    /// <summary>The windows that took the place of recordings, where that was chosen.</summary>
    public Windowing? Windowing { get; init; }

    /// <summary>The column whose values sequences of a group have in common, if there was one.</summary>
    public string? Group { get; init; }

    /// <summary>The columns of labels; empty if there were none, or where <see cref="LabelIsLast"/>.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The columns of text; empty if there were none. Where a row was a sequence, there is one, and it was divided.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>Whether numbers had a decimal comma.</summary>
    public bool HasDecimalComma { get; init; }

    /// <summary>Whether the label was the last field of each row, however long the row was.</summary>
    public bool LabelIsLast { get; init; }
}
