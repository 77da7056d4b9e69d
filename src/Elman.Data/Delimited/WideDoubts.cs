using System.Globalization;

namespace Elman.Data;

/// <summary>
/// Looks for signs of a misread table in wide form: labels in the first field, as in the files of the UCR archive; a column that counts
/// rows; interleaved channels.
/// </summary>
internal sealed class WideDoubts(TableRows table, WideLayout layout, DataFileOptions options, Remarks remarks)
{
    /// <summary>With fewer rows, nothing can be concluded about a column.</summary>
    private const int EnoughRows = 4;

    /// <summary>With at least this many sequences of at most this many steps, rows are more likely the steps of one sequence.</summary>
    private const int ManySequences = 20, FewSteps = 8;

    private readonly LabelColumn _first = new(LabelKind.Any);
    private readonly HashSet<float> _lastNumbers = [];
    private readonly ChunkList<int> _firstLabels = new();
    private bool _firstIsWhole = true, _lastIsNumber = true, _lastAreDifferent = true, _lastHasFraction, _firstCounts = true;
    private float _start, _before;
    private int _rows, _shortest = int.MaxValue, _longest;
    private bool _firstRises = true;

    /// <summary>
    /// Whether the label may be in the first field: the last field was chosen only because it is the last, for classes in a file without a
    /// header.
    /// </summary>
    private bool MayBeFirst => layout.IsGuessed && table.Names is null && layout.Id is null && layout.Group is null
        && layout.Channels == 1 && options.Labels is LabelKind.Class or LabelKind.Any;

    /// <summary>Checks the current row.</summary>
    /// <param name="first">The first value of the row, as in the file.</param>
    /// <param name="values">The number of values.</param>
    /// <param name="labelFields">The label fields of the row.</param>
    public void Look(float first, int values, ReadOnlySpan<int> labelFields)
    {
        if (_rows == 0)
            _start = first;
        _firstCounts &= first == _start + _rows && values > 1;
        _firstRises &= _rows == 0 || first > _before;
        (_before, _shortest, _longest) = (first, Math.Min(_shortest, values), Math.Max(_longest, values));
        if (layout.IsGuessed && labelFields.Length == 1)
            LookAtLabel(first, labelFields[0]);
        _rows++;
    }

    /// <summary>Whether the labels are in the first field. Adds other warnings.</summary>
    /// <exception cref="DataFileException">The roles of the columns can't be determined.</exception>
    public bool Settle(IReadOnlyList<Sequence> sequences)
    {
        bool countsRows = _firstCounts && _rows >= EnoughRows && _start is 0 or 1 && layout.Id is null;
        bool lastIsNoLabel = layout.IsGuessed && _rows > 1 && _lastIsNumber && _lastHasFraction && _lastAreDifferent
            && options.Labels is LabelKind.Class or LabelKind.Any;
        // Some values may occur twice.
        bool firstIsLabel = MayBeFirst && _lastIsNumber && _lastHasFraction && _lastNumbers.Count > _rows / 2
            && _firstIsWhole && !_firstCounts && _first.Count > 1 && _first.Count <= _rows / 2;
        if (firstIsLabel)
        {
            string last = _lastAreDifferent ? "is different in each row" : $"{_lastNumbers.Count} different values";
            remarks.Add("labels", $"The first field of each row is read as the label; it has {_first.Count} different whole "
                + $"numbers; the last has a fraction and {last}.");
            return true;
        }
        if (lastIsNoLabel)
        {
            string way = table.Names is null
                ? "the label column (--label-column 1 if it is the first)"
                : "the label column (--label-column)";
            if (options.Labels == LabelKind.Class)
                throw new DataFileException(table.Source,
                    "the last field of each row would be its class, but it is a fraction and different in each of the "
                        + $"{Amount.Of(_rows, "row")}; give {way}, or --label-column none if there are no labels, or --task regress to "
                        + "predict numbers.");
        }
        if (countsRows)
        {
            string name = table.Names is null ? "" : $" ({Quoted(table.Names[0])})";
            throw new DataFileException(table.Source, $"the first column{name} counts the rows, "
                + $"{_start.ToString(CultureInfo.InvariantCulture)}, {(_start + 1).ToString(CultureInfo.InvariantCulture)}, …, so it "
                + $"can't be a value; give --id-column 1, or remove it{AsTime(name)}.");
        }
        DoubtForm();
        DoubtOrder();
        if (layout.Channels == 1 && options.Channels is null)
            Interleaving.Report(table.Names, sequences, remarks);
        return false;
    }

    /// <summary>Returns advice for a first column that counts the rows and may be the time, if rows are short.</summary>
    private string AsTime(string name) => _longest > FewSteps || table.Names is null || layout.Channels > 1 ? ""
        : $"; if each row is a step and it has the times, give --time-column {table.NameOf(0)}, and --id-column if there are several "
            + "sequences";

    /// <summary>Reports column names with numbers that are not in ascending order: x3, x1, x2.</summary>
    private void DoubtOrder()
    {
        (string Stem, long Number)? before = null;
        for (int column = 0; layout.Channels == 1 && column < table.Names?.Length; column++)
        {
            string name = table.Names[column], stem = name.TrimEnd("0123456789".ToCharArray());
            if (column == layout.Id || column == layout.Group || layout.Labels.Contains(column) || layout.Aside.Contains(column))
                continue;
            if (!long.TryParse(name.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                || (before is { } last && last.Stem != stem))
                return;
            if (before is { } earlier && number < earlier.Number)
            {
                string first = string.Create(CultureInfo.InvariantCulture, $"{stem}{earlier.Number}");
                remarks.Add("order of columns", "The fields of a row are its steps in the order of the file, but column "
                    + $"{Quoted(first)} comes before {Quoted(name)}; sort the columns.");
                return;
            }
            before = (stem, number);
        }
    }

    /// <summary>Reports rows that are so short that they may be the steps of one series.</summary>
    private void DoubtForm()
    {
        int steps = _longest / layout.Channels;
        bool isOneStep = steps == 1, hasLabel = !layout.IsGuessed && (layout.LabelIsLast || layout.Labels.Length > 0);
        bool hasTime = table.Names is { Length: > 1 } names && layout.Id != 0 && !layout.Labels.Contains(0)
            && ColumnNames.IsPartOfTime(names[0]);
        bool wasLabelled = options.Known is { IsLong: false } known && (known.LabelIsLast || known.Labels.Count > 0);
        if (options.Format == DelimitedForm.Wide || wasLabelled || options.Channels is not null || steps > FewSteps
            || (hasLabel && !isOneStep)
            || _rows < (hasTime ? EnoughRows : ManySequences) || !(isOneStep || hasTime || layout.Labels.Length == 0))
            return;
        string[] parts = [.. (table.Names ?? []).Where(ColumnNames.IsPartOfTime)];
        string lengths = _shortest == _longest ? $"{steps}" : $"{_shortest / layout.Channels} to {steps}";
        string first = table.NameOf(0);
        remarks.Add("short rows", $"The table is read as {Amount.Of(_rows, "sequence")} of {lengths} step{(isOneStep ? "" : "s")}, one per "
            + "row; if the rows are the steps of one sequence, give --format long, and "
            + (parts.Length > 1 ? $"join {string.Join(", ", parts)} into one column of dates, such as 2024-05-31, if they are parts of "
            + "dates."
                : hasTime || (_firstRises && table.Names is not null && layout.Id != 0 && !layout.Labels.Contains(0))
                ? $"--time-column {first} if {Quoted(first)} has their times."
                : "--time-column if a column has their times.")
            + (options.Labels is LabelKind.None or LabelKind.Any ? ""
                : layout.IsGuessed ? " Use --task forecast for forecasts, --task tag for labels of steps."
                : " Use --task tag for labels of steps."));
    }

    /// <summary>Returns the data set with the labels of the first field: the supposed labels are the last values.</summary>
    /// <param name="found">The content of the table.</param>
    /// <param name="sequences">The sequences, whose first value is the label.</param>
    /// <param name="last">The distinct texts of the last fields.</param>
    /// <param name="lastFields">For each row, the index of its last field among these.</param>
    public SequenceDataset WithFirstAsLabel(Found found, IReadOnlyList<Sequence> sequences, LabelColumn last, ChunkList<int> lastFields)
    {
        string[] classes = _first.Sort(out int[] rank);
        return new SequenceDataset(1, classes, sequences.Select((sequence, i) =>
        {
            Span<float> values = System.Runtime.InteropServices.MemoryMarshal.AsMemory(sequence.Values).Span;
            values[1..].CopyTo(values);
            values[^1] = float.Parse(last.Name(lastFields[i]), CultureInfo.InvariantCulture);
            return sequence.WithLabel(rank[_firstLabels[i]]);
        }), found.Name)
        {
            Columns = found.Columns,
            Warnings = remarks.Texts,
        };
    }

    private void LookAtLabel(float first, int labelField)
    {
        bool isNumber = NumberText.TryParse(table.Number(labelField), out float number);
        _lastIsNumber &= isNumber;
        _lastHasFraction |= isNumber && number != MathF.Floor(number);
        if (_lastIsNumber && (_lastAreDifferent || MayBeFirst) && !_lastNumbers.Add(number))
            _lastAreDifferent = false;
        if (!_lastIsNumber || (!_lastAreDifferent && !MayBeFirst))
            _lastNumbers.Clear();
        _firstIsWhole &= first == MathF.Floor(first);
        if (MayBeFirst && _firstIsWhole && _lastIsNumber)
            _firstLabels.Add(_first.Read(table, 0));
    }
}
