namespace Elman.Data;

/// <summary>Finds the attributes of an <c>.arff</c> file by options or by common names.</summary>
internal sealed class ArffFinder(IReadOnlyList<ArffAttribute> attributes, DataFileOptions options, string path)
{
    /// <summary>Returns the attribute of groups: by the options, else a string attribute called group.</summary>
    public int? FindGroup()
    {
        if (options.GroupColumn is { } name)
            return Find(name, ColumnFinder.Group);
        return FindKnown(options.Known?.Group) ?? Only(
            i => attributes[i].Kind == ArffKind.Text && attributes[i].Name.Equals("group", StringComparison.OrdinalIgnoreCase),
            ColumnFinder.Group, "--group-column");
    }

    /// <summary>Returns the attribute that names the sequences: by the options, else by its name.</summary>
    public int? FindId(int? group)
    {
        if (options.IdColumn is { } name)
            return Find(name, ColumnFinder.Id);
        if (FindKnown(options.Known?.Id) is { } known)
            return known;
        int[] ranks = [.. attributes.Select((attribute, i) =>
            i == group || attribute.Kind == ArffKind.Relational ? 0 : ColumnNames.RankOfId(attribute.Name))];
        int best = ranks.Max();
        return best == 0 ? null : Only(i => ranks[i] == best, ColumnFinder.Id, "--id-column");
    }

    /// <summary>
    /// Returns the attributes of labels: by the options, else the one called label, class or target, else the last one if it is nominal,
    /// else the only nominal one.
    /// </summary>
    public int[] FindLabels(int? id, int? group)
    {
        if (options.LabelColumn == DataFileOptions.NoLabelColumn)
            return [];
        if (options.LabelColumn is { } names)
            return FindAll(names);
        if (options.UsualLabelColumn is { } usual && (Has(usual) || Split(usual).All(Has)))
            return FindAll(usual);
        int?[] known = [.. (options.Known?.Labels ?? []).Select(FindKnown)];
        if (known.Length > 0 && !known.Contains(null))
            return [.. known.Select(i => i!.Value)];
        bool IsFree(int i) => i != id && i != group;
        bool IsNominal(int i) => IsFree(i) && attributes[i].Kind == ArffKind.Nominal;
        if (Only(i => IsFree(i) && attributes[i].Kind != ArffKind.Relational && ColumnNames.IsLabel(attributes[i].Name),
            ColumnFinder.Label, "--label-column") is { } named)
            return [named];
        int last = attributes.Count - 1;
        return IsNominal(last) ? [last]
            : Only(IsNominal, ColumnFinder.Label, "--label-column") is { } only ? [only] : [];
    }

    private int[] FindAll(string names)
    {
        bool mayBeMany = options.Labels == LabelKind.Numbers || (options.Labels is LabelKind.Any or LabelKind.None && !Has(names));
        int[] found = [.. (mayBeMany ? Split(names) : [names]).Select(name => Find(name, ColumnFinder.Label))];
        return found.Distinct().Count() == found.Length
            ? found
            : throw new DataFileException(path, $"{Quoted(names)} names a label column twice; name every column once.");
    }

    private int Find(string name, string role)
    {
        if (FindName(name) is { } found)
            return found;
        if (Header.Number(name) is { } number && number >= 1 && number <= attributes.Count)
            return number - 1;
        throw new DataFileException(path, $"there is no attribute {Quoted(name)}, given as {role}; the file has the {attributes.Count} "
            + "attributes "
            + $"{string.Join(", ", attributes.Take(12).Select(attribute => attribute.Name))}{(attributes.Count > 12 ? ", …" : "")}.");
    }

    private int? FindKnown(string? name) => name is null ? null : FindName(name);

    private bool Has(string name) => FindName(name) is not null;

    // Names differ by more than case.
    private int? FindName(string name)
    {
        for (int i = 0; i < attributes.Count; i++)
            if (attributes[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return i;
        return null;
    }

    private int? Only(Predicate<int> isIt, string role, string option)
    {
        int[] found = [.. Enumerable.Range(0, attributes.Count).Where(i => isIt(i))];
        return found.Length switch
        {
            0 => null,
            1 => found[0],
            _ => throw new DataFileException(path, $"both attribute {Quoted(attributes[found[0]].Name)} and attribute "
                + $"{Quoted(attributes[found[1]].Name)} could be {role}; name one ({option}).", attributes[found[1]].Line),
        };
    }

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.TrimEntries);
}
