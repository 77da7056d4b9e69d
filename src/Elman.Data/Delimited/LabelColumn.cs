using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>The labels in a column of a delimited file: each distinct text is stored once.</summary>
internal sealed class LabelColumn(LabelKind kind, RoundingWatch? rounding = null)
{
    private readonly NameTable _labels = new();
    private readonly List<float> _numbers = [];
    private int _last = -1;

    /// <summary>The number of different labels.</summary>
    public int Count => _labels.Count;

    /// <summary>
    /// Returns the label in a field of the current row, as the index of its text, or <see cref="Sequence.NoLabel"/> if it is not known.
    /// </summary>
    /// <remarks>If a label is a set of classes, an empty field is a known label: no class applies.</remarks>
    public int Read(TableRows table, int field)
    {
        // Blanks within quotes are kept, although they are invisible.
        ReadOnlySpan<byte> text = NumberText.TrimBlanks(
            field >= table.FieldCount ? [] : kind == LabelKind.Numbers ? table.Number(field) : table.Label(field));
        // Most rows of a sequence have the same label as the previous row.
        if (_last >= 0 && !text.IsEmpty && _labels[_last].SequenceEqual(text))
            return _last;
        bool isOpen = IsUnknown(text) && !(kind == LabelKind.Classes && text.IsEmpty);
        if (kind == LabelKind.Class && text.IsEmpty)
            throw table.Error(field, "the class label is missing; add it, or give --label-column none if the file has no labels.");
        if (isOpen && kind is not (LabelKind.Numbers or LabelKind.Classes))
            return Sequence.NoLabel;
        int index = _labels.FindOrAdd(text);
        if (kind == LabelKind.Numbers && index == _numbers.Count)
            _numbers.Add(isOpen ? float.NaN : NumberOf(table, field, text));
        _last = index;
        return index;
    }

    /// <summary>Reports a large rounding loss of labels that are numbers.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="remarks">Receives the warning.</param>
    public void Report(string name, Remarks remarks) => rounding?.Report(_ => $"the labels {Quoted(name)}", remarks);

    private float NumberOf(TableRows table, int field, ReadOnlySpan<byte> text)
    {
        if (!NumberText.TryParse(text, out float number, out double exact))
            throw table.NoNumber(field);
        return rounding?.Keep(0, exact, number) ?? number;
    }

    /// <summary>Returns the index of a label that needs no conversion.</summary>
    public int Add(ReadOnlySpan<byte> name) => _labels.FindOrAdd(name);

    /// <summary>Whether a text means an unknown label: the same texts as for values, except <c>none</c>, which may be a class.</summary>
    public static bool IsUnknown(ReadOnlySpan<byte> text) => NumberText.IsMissing(text) && !Ascii.EqualsIgnoreCase(text, "none"u8);

    /// <summary>Returns a label as written in the file.</summary>
    public string Name(int label) => label < 0 ? "" : _labels.Names[label];

    /// <summary>Returns a label that is a number.</summary>
    public float Number(int label) => _numbers[label];

    /// <summary>
    /// Returns the classes in an order that doesn't depend on the rows: by number if all are numbers, else alphabetically.
    /// </summary>
    /// <param name="rank">The position in that order of each label index that <see cref="Read"/> returned.</param>
    public string[] Sort(out int[] rank)
    {
        string[] names = [.. _labels.Names], sorted = Sorted(names);
        Dictionary<string, int> places = PlacesOf(sorted);
        rank = [.. names.Select(name => places[name])];
        return sorted;
    }

    /// <summary>
    /// Returns the classes if a label may be a set of several classes, and for each label which classes apply, as ones and zeros; NaN if it
    /// is not known.
    /// </summary>
    /// <param name="file">The file name for messages.</param>
    /// <param name="sets">The set of each label index that <see cref="Read"/> returned.</param>
    /// <exception cref="DataFileException">There are too many labels or classes.</exception>
    public string[] SortSets(string file, out float[][] sets)
    {
        string[][] parts = [.. _labels.Names.Select(
            name => IsOpen(name) ? [] : name.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))];
        string[] sorted = Sorted([.. parts.SelectMany(part => part).Distinct(StringComparer.Ordinal)]);
        CheckSets(parts.Length, sorted.Length, file);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string name in sorted)
            places.Add(name, places.Count);
        sets = new float[parts.Length][];
        for (int i = 0; i < sets.Length; i++)
        {
            sets[i] = new float[sorted.Length];
            if (IsOpen(_labels.Names[i]))
                sets[i].AsSpan().Fill(float.NaN);
            foreach (string name in parts[i])
                sets[i][places[name]] = 1;
        }
        return sorted;
    }

    /// <summary>Checks that sets of classes fit into memory, because even a short text needs a vector over all classes.</summary>
    /// <exception cref="DataFileException">The check fails.</exception>
    public static void CheckSets(long sets, long classes, string file)
    {
        const long Most = 1 << 27;
        if (sets * classes > Most)
            throw new DataFileException(file, $"{sets} sets of {Amount.Of(classes, "class")} are more than {Most} marks, more than memory "
                + "allows; use fewer classes, or split the file.");
    }

    /// <summary>
    /// Returns two labels that are different spellings of the same number, if there are any; they are never meant as two classes.
    /// </summary>
    public (string One, string Other)? FindSameNumber()
    {
        var seen = new Dictionary<double, string>();
        foreach (string name in _labels.Names)
        {
            if (!double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
                continue;
            if (!seen.TryAdd(number, name))
                return (seen[number], name);
        }
        return null;
    }

    private static bool IsOpen(string name) => name.Length > 0 && IsUnknown(Encoding.UTF8.GetBytes(name));

    private static Dictionary<string, int> PlacesOf(string[] sorted)
    {
        var places = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (int place = 0; place < sorted.Length; place++)
            places[sorted[place]] = place;
        return places;
    }

    private static string[] Sorted(string[] names)
    {
        double[] numbers = new double[names.Length];
        bool numeric = true;
        for (int i = 0; i < names.Length && numeric; i++)
            numeric = double.TryParse(names[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                && double.IsFinite(numbers[i]);
        int[] order = [.. Enumerable.Range(0, names.Length)];
        Array.Sort(order, (a, b) =>
        {
            int byNumber = numeric ? numbers[a].CompareTo(numbers[b]) : 0;
            return byNumber != 0 ? byNumber : string.CompareOrdinal(names[a], names[b]);
        });
        return [.. order.Select(i => names[i])];
    }
}
