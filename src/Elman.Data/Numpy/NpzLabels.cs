using System.Text;

namespace Elman.Data;

/// <summary>Reads the array of labels of a <c>.npz</c> file, by the kind of labels.</summary>
internal static class NpzLabels
{
    /// <summary>Returns the data set of sequences with their labels.</summary>
    /// <param name="npz">The arrays.</param>
    /// <param name="sequences">The sequences.</param>
    /// <param name="lengths">The number of steps of each sequence, if the file has lengths.</param>
    /// <param name="file">The file name for messages.</param>
    /// <param name="options">The options, with the kind of labels.</param>
    /// <param name="remarks">Receives warnings.</param>
    /// <exception cref="DataFileException">The labels are of another kind, or don't match the sequences.</exception>
    public static SequenceDataset Attach(
        NpzFile npz, Sequence[] sequences, long[]? lengths, string file, DataFileOptions options, Remarks remarks)
    {
        LabelKind kind = options.Labels;
        int channels = sequences[0].Channels;
        if (npz.Find(NpzFile.Labels) is null && kind is not (LabelKind.None or LabelKind.Any))
            remarks.AddOnce("No array is named y, labels or target, so the sequences have no labels.");
        if (npz.Find(NpzFile.Labels) is null || kind == LabelKind.None)
            return new SequenceDataset(channels, [], sequences, file);
        return npz.Read(NpzFile.Labels, array => kind switch
        {
            LabelKind.Numbers => Numbers(npz, array, sequences, file, options, remarks),
            LabelKind.Classes => Sets(npz, array, sequences, file),
            LabelKind.Steps => OfSteps(array, sequences, lengths, file),
            LabelKind.Any when !IsOneEach(array, sequences) => new SequenceDataset(channels, [], sequences, file),
            _ => OneEach(array, sequences, file, kind),
        });
    }

    private static bool IsOneEach(NpyArray array, Sequence[] sequences) =>
        array.Count == sequences.Length && array.Header.Shape is [_] or [_, 1];

    private static SequenceDataset OneEach(NpyArray array, Sequence[] sequences, string file, LabelKind kind)
    {
        if (!IsOneEach(array, sequences))
            throw array.Error($"it has the shape {array.Header.ShapeText}, but one class for each of the "
                + $"{Amount.Of(sequences.Length, "sequence")} is "
                + (array.Header.Shape.Length == 2
                    ? "needed; convert one-hot rows with np.argmax(y, axis=1), or use --multi-label for several classes, --task tag for "
                        + "labels of steps, or --task regress for numbers."
                    : "needed."));
        var names = new LabelColumn(kind);
        int[] labels = [.. array.ReadTexts().Select(text => Add(names, text))];
        string[] classes = Sort(names, file, out int[] rank);
        return new SequenceDataset(sequences[0].Channels, classes,
            sequences.Select((sequence, i) => labels[i] < 0 ? sequence : sequence.WithLabel(rank[labels[i]])), file);
    }

    private static SequenceDataset OfSteps(NpyArray array, Sequence[] sequences, long[]? lengths, string file)
    {
        long[] shape = array.Header.Shape;
        bool areJoined = lengths is not null && shape.Length == 1 && shape[0] == lengths.Sum();
        int longest = sequences.Max(sequence => sequence.Steps);
        if (!areJoined && (shape.Length != 2 || shape[0] != sequences.Length || shape[1] < longest
            || (lengths is null && shape[1] != longest)))
            throw array.Error($"it has the shape {array.Header.ShapeText}, but a label for each step of "
                + $"{Amount.Of(sequences.Length, "sequence")} of up to {longest} steps is needed; save it as [sequences, steps].");
        var names = new LabelColumn(LabelKind.Steps);
        int[] labels = [.. array.ReadTexts().Select(text => Add(names, text))];
        string[] classes = Sort(names, file, out int[] rank);
        int start = 0;
        var labelled = new Sequence[sequences.Length];
        for (int i = 0; i < labelled.Length; i++)
        {
            int[] steps = new int[sequences[i].Steps];
            for (int t = 0; t < steps.Length; t++)
            {
                int label = labels[areJoined ? start + t
                    : array.Header.IsFortran ? (t * sequences.Length) + i : (int)((i * shape[1]) + t)];
                steps[t] = label < 0 ? label : rank[label];
            }
            start += steps.Length;
            labelled[i] = sequences[i].WithStepLabels(steps);
        }
        return new SequenceDataset(sequences[0].Channels, classes, labelled, file);
    }

    private static SequenceDataset Sets(NpzFile npz, NpyArray array, Sequence[] sequences, string file)
    {
        float[][] rows = Rows(array, sequences.Length, RoundingWatch.OfChannels(null));
        foreach (float[] row in rows)
            if (row.Any(mark => mark is not (0 or 1) && !float.IsNaN(mark)))
                throw array.Error("for several classes it must be [sequences, classes], 1 if the class applies, else 0.");
        string[] names = TargetNames(npz, rows[0].Length, "");
        LabelColumn.CheckSets(rows.Length, names.Length, file);
        return new SequenceDataset(sequences[0].Channels, names, sequences.Select((s, i) => s.WithTargets(rows[i])), file, names);
    }

    private static SequenceDataset Numbers(
        NpzFile npz, NpyArray array, Sequence[] sequences, string file, DataFileOptions options, Remarks remarks)
    {
        string[] names = TargetNames(npz, Columns(array, sequences.Length), "target");
        var rounding = RoundingWatch.OfTargets(options.OffsetTable, column => names[column]);
        float[][] rows = Rows(array, sequences.Length, rounding);
        rounding.Report(column => $"the labels {Quoted(names[column])}", remarks);
        return new SequenceDataset(sequences[0].Channels, [], sequences.Select((s, i) => s.WithTargets(rows[i])), file, names);
    }

    /// <summary>Returns the numbers of each sequence.</summary>
    private static float[][] Rows(NpyArray array, int sequences, RoundingWatch rounding)
    {
        int columns = Columns(array, sequences);
        bool byColumn = array.Header.IsFortran;
        float[] numbers = array.ReadNumbers(item => (int)(byColumn ? item / sequences : item % columns), rounding);
        return [.. Enumerable.Range(0, sequences).Select(i => byColumn
            ? [.. Enumerable.Range(0, columns).Select(c => numbers[(c * sequences) + i])]
            : numbers[(i * columns)..((i + 1) * columns)])];
    }

    /// <summary>Returns the number of values of each sequence.</summary>
    private static int Columns(NpyArray array, int sequences)
    {
        long[] shape = array.Header.Shape;
        if (shape is not ([_] or [_, > 0]) || shape[0] != sequences)
            throw array.Error($"it has the shape {array.Header.ShapeText}, but one or more numbers for each of the {sequences} "
                + "sequences are needed; save it as [sequences, numbers].");
        return shape.Length == 1 ? 1 : (int)shape[1];
    }

    private static string[] TargetNames(NpzFile npz, int count, string stem)
    {
        string[] names = npz.Find(NpzFile.Targets) is null
            ? count == 1 && stem.Length > 0
                ? [stem]
                : [.. Enumerable.Range(stem.Length > 0 ? 1 : 0, count).Select(i => FormattableString.Invariant($"{stem}{i}"))]
            : npz.Read<string[]>(NpzFile.Targets, array => NpzReader.OneAxis(array).Count == count
                ? [.. array.ReadTexts()]
                : throw array.Error($"{Amount.Of(array.Count, "name")} for {count} targets or classes; give one for each."));
        return names.Distinct().Count() == count
            ? names
            : throw new DataFileException(npz.File, "two targets or classes have the same name; give them different names.");
    }

    /// <summary>Returns the index of a label, or that of an unknown label.</summary>
    private static int Add(LabelColumn names, string text)
    {
        byte[] name = Encoding.UTF8.GetBytes(text.Trim());
        return LabelColumn.IsUnknown(name) ? Sequence.NoLabel : names.Add(name);
    }

    private static string[] Sort(LabelColumn names, string file, out int[] rank) => names.FindSameNumber() is var (one, other)
        ? throw new DataFileException(file, $"the labels {Quoted(one)} and {Quoted(other)} are two spellings of the same number; use one "
            + "spelling.")
        : names.Sort(out rank);
}
