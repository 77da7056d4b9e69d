using System.Globalization;
using System.Text;

namespace Elman.Data;

/// <summary>The declarations in the header of a <c>.ts</c> file; undeclared ones are <see langword="null"/>.</summary>
internal sealed class TsHeader
{
    /// <summary>Whether every case has one channel.</summary>
    public bool? Univariate { get; private set; }

    /// <summary>The number of channels of every case.</summary>
    public int? Dimensions { get; private set; }

    /// <summary>Whether values have time stamps.</summary>
    public bool HasTimes { get; private set; }

    /// <summary>Whether all cases have the same length.</summary>
    public bool? EqualLength { get; private set; }

    /// <summary>The length of every case.</summary>
    public int? SeriesLength { get; private set; }

    /// <summary>The declared classes in their order, or <see langword="null"/> if cases have no label.</summary>
    public NameTable? Classes { get; private set; }

    /// <summary>Whether cases end with a target number.</summary>
    public bool HasTarget { get; private set; }

    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads up to and including <c>@data</c>.</summary>
    public static TsHeader Read(TsScanner scanner, string path, LabelKind labels)
    {
        var header = new TsHeader();
        while (scanner.Peek() >= 0)
        {
            long line = scanner.Line;
            string text = Encoding.UTF8.GetString(scanner.ReadLine());
            string trimmed = text.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
                continue;
            int column = text.Length - text.TrimStart().Length + 1;
            if (trimmed[0] != '@')
                throw new DataFileException(path, $"{NumberText.Quote(Encoding.UTF8.GetBytes(trimmed))} comes before @data; "
                    + "the header of a .ts file consists of @ tags and # comments, then @data. Put the line behind @data, or remove "
                    + "it.", line, column);
            string[] words = trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words[0].Equals("@data", StringComparison.OrdinalIgnoreCase))
            {
                if (words.Length > 1)
                    throw new DataFileException(path, $"there is text after @data, {NumberText.Quote(Encoding.UTF8.GetBytes(words[1]))}; "
                        + "put the first case on a line of its own.", line, column);
                header.CheckComplete(path, line);
                header.CheckLabels(path, line, labels);
                return header;
            }
            header.Take(words, new Place(path, line, column), labels);
        }
        throw new DataFileException(path, header._seen.Count == 0
            ? "the file has neither a header nor data; a .ts file has @ tags, then @data and one case per line."
            : "there is no @data; put it between the header and the cases.");
    }

    private void Take(string[] words, Place place, LabelKind labels)
    {
        if (!_seen.Add(words[0]))
            throw place.Error($"{words[0]} is declared twice; keep one of the two.");
        switch (words[0].ToUpperInvariant())
        {
            case "@TIMESTAMPS":
                HasTimes = Flag(words, place);
                break;
            case "@MISSING":
                // Missing values are detected when values are read.
                _ = Flag(words, place);
                break;
            case "@UNIVARIATE":
                Univariate = Flag(words, place);
                break;
            case "@DIMENSION" or "@DIMENSIONS":
                int dimensions = Count(words, place);
                if (dimensions != (Dimensions ??= dimensions))
                    throw place.Error($"{words[0]} is {dimensions}, but {Dimensions} dimensions were declared before; correct one of "
                        + "them.");
                break;
            case "@EQUALLENGTH":
                EqualLength = Flag(words, place);
                break;
            case "@SERIESLENGTH":
                SeriesLength = Count(words, place);
                break;
            case "@CLASSLABEL":
                TakeClasses(words, place);
                break;
            case "@TARGETLABEL":
                HasTarget = Flag(words, place);
                if (HasTarget && labels == LabelKind.Class)
                    throw place.Error("@targetLabel true declares a regression problem, but classes are needed; use --task regress.");
                break;
            default:
                // @problemName and tags of later versions don't change how cases are read.
                break;
        }
    }

    private void TakeClasses(string[] words, Place place)
    {
        if (!Flag(words, place))
            return;
        if (words.Length == 2)
            throw place.Error("@classLabel true must be followed by the labels, as in '@classLabel true up down'.");
        Classes = new NameTable();
        foreach (string label in words.AsSpan(2))
        {
            byte[] name = Encoding.UTF8.GetBytes(label);
            if (Classes.Find(name) >= 0)
                throw place.Error($"class label {Quoted(label)} is declared twice; list every label once.");
            Classes.FindOrAdd(name);
        }
    }

    private void CheckLabels(string path, long line, LabelKind labels)
    {
        if (HasTarget && Classes is not null)
            throw new DataFileException(path, "the header declares both @classLabel true and @targetLabel true; a case has only one of "
                + "them. Remove one.", line);
        if (labels is LabelKind.Classes or LabelKind.Steps)
            throw new DataFileException(path,
                $"a .ts file has one label per case; {(labels == LabelKind.Steps ? "labels of steps" : "several classes of one sequence")} "
                    + "are read from .csv, .tsv and .jsonl files; write one of those.", line);
        if (Classes is not null && labels == LabelKind.Numbers)
            throw new DataFileException(path, "@classLabel true declares a classification problem, but numbers are needed; use --task "
                + "classify.", line);
    }

    private void CheckComplete(string path, long line)
    {
        if (!_seen.Contains("@classLabel") && !_seen.Contains("@targetLabel"))
            throw new DataFileException(
                path, "the header has no @classLabel; declare '@classLabel true' with the labels, or '@classLabel false'.", line);
        if (Univariate == true && Dimensions > 1)
            throw new DataFileException(
                path, $"the header declares @univariate true and {Dimensions} dimensions; correct one of them.", line);
        if (Univariate == false && Dimensions == 1)
            throw new DataFileException(path, "the header declares @univariate false and 1 dimension; correct one of them.", line);
        // If cases may differ in length, a series length is not a constraint.
        if (EqualLength == false)
            SeriesLength = null;
    }

    private static bool Flag(string[] words, Place place)
    {
        if (words.Length >= 2 && bool.TryParse(words[1], out bool value))
            return value;
        throw place.Error($"{words[0]} must be followed by true or false{Instead(words)}.");
    }

    private static int Count(string[] words, Place place)
    {
        if (words.Length >= 2 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value > 0)
            return value;
        throw place.Error($"{words[0]} must be followed by a whole number of at least 1{Instead(words)}.");
    }

    private static string Instead(string[] words) => words.Length < 2 ? "" : $", not {NumberText.Quote(Encoding.UTF8.GetBytes(words[1]))}";

    private readonly record struct Place(string Path, long Line, int Column)
    {
        public DataFileException Error(string problem) => new(Path, problem, Line, Column);
    }
}
