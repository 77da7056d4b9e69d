namespace Elman.Data;

/// <summary>Checks that names and ids in written tables are read back unchanged.</summary>
internal static class CsvNames
{
    /// <summary>The name of the group column.</summary>
    public const string Group = "group";

    /// <summary>The name of the time column.</summary>
    public const string Time = "time";

    /// <summary>Whether times are written, which requires that all sequences have them.</summary>
    public static bool HasTimes(SequenceDataset data) => data.All(sequence => sequence.Times is not null);

    /// <summary>Whether ids can be written: each sequence has one, they are all different, and none begins or ends with blanks.</summary>
    public static bool AreWritableIds(SequenceDataset data) =>
        Labelling.HasDistinctIds(data) && data.All(sequence => IsKept(sequence.Id!));

    /// <summary>Returns the headings: of the id, the group and the labels, if there are any, then of the channels.</summary>
    /// <exception cref="ArgumentException">A column would be read with another role.</exception>
    public static string[] Headings(SequenceDataset data, bool hasGroups, bool isLabelled, bool hasTargets)
    {
        string[] channels = data.ChannelNames.Count > 0
            ? [.. data.ChannelNames]
            : [.. Enumerable.Range(1, data.Channels).Select(c => FormattableString.Invariant($"x{c}"))];
        string[] headings =
        [
            "id", .. HasTimes(data) ? (string[])[Time] : [], .. hasGroups ? (string[])[Group] : [],
            .. isLabelled ? (string[])["label"] : [], .. hasTargets ? data.TargetNames : [],
            .. channels,
        ];
        string? twice = headings.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (twice is not null)
            throw new ArgumentException($"Two columns of '{data.Name}' would be called {Quoted(twice)}; rename the channel or target.",
                nameof(data));
        foreach (string name in channels)
            if (!IsKept(name) || ColumnNames.IsRowIndex(name) || ColumnNames.IsTime(name) || ColumnNames.IsLabel(name)
                || ColumnNames.RankOfId(name) > 0)
                throw new ArgumentException($"The channel {Quoted(name)} of '{data.Name}' has the name of a table column without values; "
                    + "rename it, or write .jsonl.", nameof(data));
        return headings;
    }

    /// <summary>Checks that classes are read back unchanged.</summary>
    /// <exception cref="ArgumentException">A class is not.</exception>
    public static void CheckClasses(SequenceDataset data, bool areSets)
    {
        var names = new LabelColumn(LabelKind.Class);
        foreach (string name in data.ClassLabels)
        {
            byte[] text = System.Text.Encoding.UTF8.GetBytes(name);
            names.Add(text);
            if (!IsKept(name) || LabelColumn.IsUnknown(text) || (areSets && name.Contains('|', StringComparison.Ordinal)))
                throw new ArgumentException($"The class {Quoted(name)} of '{data.Name}' would be read as something else from a table; "
                    + "rename it, or write .jsonl.", nameof(data));
        }
        if (!areSets && names.FindSameNumber() is var (one, other))
            throw new ArgumentException($"The classes {Quoted(one)} and {Quoted(other)} of '{data.Name}' are two spellings of the same "
                + "number, which readers refuse; rename one.", nameof(data));
    }

    private static bool IsKept(string text) => text.Length > 0 && text.Trim() == text && !text.Contains('\0', StringComparison.Ordinal);
}
