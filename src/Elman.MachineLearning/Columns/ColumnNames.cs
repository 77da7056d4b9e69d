using Elman.MachineLearning.Tasks;

namespace Elman.MachineLearning.Columns;

/// <summary>The columns that a trainer or transformer reads.</summary>
/// <param name="Features">The column of the sequences or of their steps.</param>
/// <param name="Label">The column of the labels; <see langword="null"/> for a forecast.</param>
/// <param name="Group">The column that is the same for all steps of a sequence; <see langword="null"/> if a row is a sequence.</param>
/// <param name="Channels">The number of channels, if it was given or is known from training.</param>
internal sealed record ColumnNames(string Features, string? Label, string? Group, int? Channels)
{
    /// <summary>Checks what a caller gave.</summary>
    /// <exception cref="ArgumentException">A name is empty, or two are the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no channel.</exception>
    public static ColumnNames Of(
        PredictionTask task, string featureColumnName, string? labelColumnName, string? groupColumnName, int? channels)
    {
        ArgumentException.ThrowIfNullOrEmpty(featureColumnName);
        if (task.HasLabel)
            ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        if (groupColumnName is { Length: 0 })
            throw new ArgumentException("The name of the group column is empty; leave it out if a row is a sequence.",
                nameof(groupColumnName));
        if (channels < 1)
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "There must be at least one channel.");
        CheckDifferent(featureColumnName, labelColumnName, "feature", "label");
        CheckDifferent(featureColumnName, groupColumnName, "feature", "group");
        CheckDifferent(labelColumnName, groupColumnName, "label", "group");
        return new(featureColumnName, labelColumnName, groupColumnName, channels);
    }

    private static void CheckDifferent(string? one, string? other, string oneRole, string otherRole)
    {
        if (one is not null && one == other)
            throw new ArgumentException($"The {oneRole} column and the {otherRole} column are both {Quoted(one)}; they must differ.");
    }
}
