namespace Elman.Data;

/// <summary>
/// Reports an id that several sequences have: results that refer to ids, such as predictions, can't distinguish these sequences.
/// </summary>
internal sealed class RepeatedIds
{
    private string? _id;
    private int _first, _second, _count;

    /// <summary>Checks all sequences of a file.</summary>
    public static void Report(IReadOnlyList<Sequence> sequences, Remarks remarks)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var repeated = new RepeatedIds();
        for (int i = 0; i < sequences.Count; i++)
            if (sequences[i].Id is { } id && !seen.TryAdd(id, i) && repeated.Add())
                repeated.SetFirst(id, seen[id], i);
        repeated.Report(remarks);
    }

    /// <summary>Counts a sequence that has the id of an earlier one.</summary>
    /// <returns>Whether it is the first such sequence.</returns>
    public bool Add() => _count++ == 0;

    /// <summary>Sets the first repeated id and the positions of its sequences, from 0.</summary>
    public void SetFirst(string id, int first, int second) => (_id, _first, _second) = (id, first, second);

    /// <summary>Adds a warning if there were repeated ids.</summary>
    public void Report(Remarks remarks)
    {
        if (_count == 0)
            return;
        string others = _count == 1 ? "" : _count == 2 ? ", and 1 more sequence has the id of an earlier one"
            : $", and {_count - 1} more sequences have the ids of earlier ones";
        remarks.Add("ids that come back", $"Sequences {_first + 1} and {_second + 1} have the id {Quoted(_id)}{others}; they are read as "
            + "separate sequences. Give them different ids; if they are parts of one sequence, join them, or use long form, a row for "
            + "each step.");
    }
}
