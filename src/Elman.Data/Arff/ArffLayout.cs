namespace Elman.Data;

/// <summary>The roles of the attributes of an <c>.arff</c> file, counted from 0.</summary>
/// <param name="Labels">The attributes of labels; several only if labels are numbers.</param>
/// <param name="Id">The attribute that names the sequences.</param>
/// <param name="Group">The attribute of groups.</param>
/// <param name="Values">The attributes of values, in the order of the steps; a relational one is the only one.</param>
/// <param name="IsRelational">Whether the values are one relational attribute.</param>
/// <param name="Channels">The number of interleaved channels, if the values are not relational.</param>
internal sealed record ArffLayout(int[] Labels, int? Id, int? Group, int[] Values, bool IsRelational, int Channels)
{
    /// <summary>Determines the roles of the attributes.</summary>
    /// <exception cref="DataFileException">The roles can't be determined, or the labels are of the wrong kind.</exception>
    public static ArffLayout Resolve(IReadOnlyList<ArffAttribute> attributes, DataFileOptions options, string path, Remarks remarks)
    {
        var finder = new ArffFinder(attributes, options, path);
        int? group = finder.FindGroup(), id = finder.FindId(group);
        int[] labels = finder.FindLabels(id, group);
        CheckLabels(attributes, labels, options.Labels, path, remarks);
        int[] values = [.. Enumerable.Range(0, attributes.Count).Where(i => i != id && i != group && !labels.Contains(i))];
        if (values.Length == 0)
            throw new DataFileException(path, "no attribute is left for values; a sequence needs at least one value.");
        bool isRelational = attributes[values[0]].Kind == ArffKind.Relational;
        foreach (int i in values)
            CheckValue(attributes, i, path, isRelational && values.Length == 1);
        int channels = 1;
        if (!isRelational && options.Channels is { } text && (Header.Number(text) is not { } number || (channels = number) < 1))
            throw new DataFileException(
                path, $"in an .arff file, the number of channels must be a whole number from 1 to {int.MaxValue}, not {Quoted(text)}.");
        if (!isRelational && options.Channels is null)
            DoubtNames([.. values.Select(i => attributes[i].Name)], remarks);
        return new ArffLayout(labels, id, group, values, isRelational, channels);
    }

    private static void CheckLabels(
        IReadOnlyList<ArffAttribute> attributes, int[] labels, LabelKind kind, string path, Remarks remarks)
    {
        if (labels.Length == 0 && kind == LabelKind.Numbers)
            throw new DataFileException(path,
                "no attribute is named label, class or target; name the one with the target numbers (--label-column).");
        if (labels.Length == 0 && kind == LabelKind.Class)
            remarks.Add("labels", "No attribute is nominal or named label, class or target, so the sequences have no labels; name the "
                + "label attribute (--label-column) if there is one.");
        foreach (ArffAttribute label in labels.Select(i => attributes[i]))
        {
            if (kind == LabelKind.Class && label.Kind != ArffKind.Nominal)
                throw new DataFileException(path, $"attribute {Quoted(label.Name)} is {label.KindInWords}, but classes are needed; declare "
                    + "them in braces, as in {up, down}, or predict numbers (--task regress).", label.Line);
            if (kind == LabelKind.Numbers && label.Kind != ArffKind.Numeric)
                throw new DataFileException(path, $"attribute {Quoted(label.Name)} is {label.KindInWords}, but numbers are needed; "
                    + "declare it as numeric, or predict classes.", label.Line);
            if (kind == LabelKind.None && label.Kind == ArffKind.Numeric)
                remarks.Add("labels", $"Attribute {Quoted(label.Name)} is ignored, because its name is that of labels; give --label-column "
                    + "none if it holds values.");
        }
    }

    private static void CheckValue(IReadOnlyList<ArffAttribute> attributes, int i, string path, bool isOnly)
    {
        ArffAttribute attribute = attributes[i];
        if (attribute.Kind == ArffKind.Relational && !isOnly)
            throw new DataFileException(path, $"attribute {Quoted(attribute.Name)} is relational, but other attributes hold values too; "
                + "use one relational attribute for all values, or one attribute for each value.", attribute.Line);
        if (attribute.Kind is not (ArffKind.Numeric or ArffKind.Relational))
            throw new DataFileException(path, $"attribute {Quoted(attribute.Name)} is {attribute.KindInWords}, which can't hold values; "
                + "remove it, or declare it (--label-column, --id-column, --group-column).", attribute.Line);
        if (attributes.Count > 1 && ColumnNames.IsTime(attribute.Name) && attribute.Kind == ArffKind.Numeric)
            throw new DataFileException(path, $"attribute {Quoted(attribute.Name)} has the name of a time column, so rows seem to be "
                + "steps, but in an .arff file a row is a sequence; write steps as rows of a .csv file, or rename or remove the "
                + "attribute.", attribute.Line);
    }

    private static void DoubtNames(string[] names, Remarks remarks)
    {
        int uncounted = names.Count(name => !char.IsAsciiDigit(name.LastOrDefault()));
        if (names.Length > 1 && uncounted > 0)
            remarks.Add("attributes", $"A row is read as one sequence of {Amount.Of(names.Length, "step")}, but the names of the "
                + $"attributes, such as '{names.First(name => !char.IsAsciiDigit(name.LastOrDefault()))}', do not number steps; if the "
                + "attributes are channels, write the steps as rows of a .csv file.");
        else
            Interleaving.Report(names, [], remarks);
    }
}
