namespace Elman;

/// <summary>The folds of a <see cref="CrossValidation"/>.</summary>
public sealed record CrossValidationOptions
{
    /// <summary>The number of folds, at least 2; at most one for each sequence or group. No effect with
    /// <see cref="LeaveOneGroupOut"/>. Default 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How often the data are divided anew, at least 1. Default 1.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Whether each fold is a group of sequences (<see cref="Sequence.Group"/>), so that there is one for each. Default
    /// false.</summary>
    public bool LeaveOneGroupOut { get; init; }

    /// <summary>The seed of the division. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>All problems of these options, one sentence each; empty if there are none.</summary>
    public IReadOnlyList<string> FindProblems()
    {
        var problems = new List<string>();
        if (Folds < 2)
            problems.Add(FormattableString.Invariant($"Folds is {Folds}; it must be at least 2."));
        if (Repeats < 1)
            problems.Add(FormattableString.Invariant($"Repeats is {Repeats}; it must be at least 1."));
        if (LeaveOneGroupOut && Repeats > 1)
            problems.Add("LeaveOneGroupOut has the same folds in every repeat; leave Repeats at 1.");
        return problems;
    }
}
