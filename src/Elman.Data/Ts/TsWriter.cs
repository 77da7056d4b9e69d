using System.Globalization;

namespace Elman.Data;

/// <summary>Writes data sets in the <c>.ts</c> format of sktime and aeon.</summary>
/// <remarks>
/// Values are written with the fewest digits that read back as the same <see langword="float"/>, missing values (NaN) as <c>?</c>. A single
/// target is written with the tag <c>@targetLabel true</c>. Ids, groups and names of channels are not written.
/// </remarks>
public static class TsWriter
{
    /// <summary>
    /// Writes a file, compressed if its name ends with <c>.gz</c>. The file is written atomically: it replaces an existing file only when
    /// it is complete.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The sequences: at least one; all with a class, all with a number or all without labels; without infinite
    /// values.</param>
    /// <param name="problemName">The problem name in the file: one word.</param>
    /// <exception cref="ArgumentException">The format can't express the data set or the name.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Writing is not permitted.</exception>
    public static void Write(string path, SequenceDataset data, string problemName)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Check(data, problemName);
        TextFile.Write(path, writer => WriteChecked(writer, data, problemName));
    }

    /// <summary>Writes to a text writer; lines end with a line feed.</summary>
    /// <param name="writer">The output; it is neither flushed nor closed.</param>
    /// <param name="data">The sequences: at least one; all with a class, all with a number or all without labels; without infinite
    /// values.</param>
    /// <param name="problemName">The problem name in the text: one word.</param>
    /// <exception cref="ArgumentException">The format can't express the data set or the name.</exception>
    public static void Write(TextWriter writer, SequenceDataset data, string problemName)
    {
        ArgumentNullException.ThrowIfNull(writer);
        Check(data, problemName);
        WriteChecked(writer, data, problemName);
    }

    private static void WriteChecked(TextWriter writer, SequenceDataset data, string problemName)
    {
        LabelKind kind = Labelling.Of(data);
        WriteHeader(writer, data, problemName, kind);
        var numbers = new NumberWriter(writer, data, missing: "?");
        foreach (Sequence s in data)
        {
            ReadOnlySpan<float> values = s.Values.Span; // [T, C]
            for (int c = 0; c < s.Channels; c++)
            {
                if (c > 0)
                    writer.Write(':');
                for (int t = 0; t < s.Steps; t++)
                {
                    if (t > 0)
                        writer.Write(',');
                    numbers.WriteValue(c, values[(t * s.Channels) + c]);
                }
            }
            if (kind != LabelKind.None)
                writer.Write(':');
            if (kind == LabelKind.Class)
                writer.Write(data.ClassLabels[s.Label]);
            if (kind == LabelKind.Numbers)
                numbers.WriteTarget(s, 0);
            writer.Write('\n');
        }
    }

    private static void WriteHeader(TextWriter writer, SequenceDataset data, string problemName, LabelKind kind)
    {
        bool equalLength = data.MinSteps == data.MaxSteps;
        writer.Write($"@problemName {problemName}\n@timeStamps false\n@missing {(data.CountMissing() > 0 ? "true" : "false")}\n");
        writer.Write(data.Channels == 1
            ? "@univariate true\n"
            : string.Create(CultureInfo.InvariantCulture, $"@univariate false\n@dimensions {data.Channels}\n"));
        writer.Write(equalLength
            ? string.Create(CultureInfo.InvariantCulture, $"@equalLength true\n@seriesLength {data.MaxSteps}\n")
            : "@equalLength false\n");
        writer.Write(kind switch
        {
            LabelKind.Class => $"@classLabel true {string.Join(' ', data.ClassLabels)}\n@data\n",
            LabelKind.Numbers => "@targetLabel true\n@data\n",
            _ => "@classLabel false\n@data\n",
        });
    }

    private static void Check(SequenceDataset data, string problemName)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(problemName);
        if (problemName.Length == 0 || problemName.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
            throw new ArgumentException(
                $"{Quoted(problemName)} is not a valid problem name in a .ts file: use one word without blanks.", nameof(problemName));
        TextFile.Check(data, "a .ts file");
        Labelling.CheckOneEach(data, "a .ts file");
        if (data.TargetNames.Count > 1)
            throw new ArgumentException(
                $"'{data.Name}' has {Amount.Of(data.TargetNames.Count, "target")}; a .ts file holds one. Write .jsonl, .csv or "
                    + ".arff.", nameof(data));
        foreach (string label in data.ClassLabels)
            if (label.Length == 0 || label.Any(c => c is ',' or ':' || char.IsWhiteSpace(c) || char.IsControl(c)))
                throw new ArgumentException(
                    $"Class label {Quoted(label)} can't be written to a .ts file: write words without blanks, ',' and "
                        + "':'.", nameof(data));

        if (Labelling.Of(data) != LabelKind.Class)
            return;
        bool labelled = data[0].Label != Sequence.NoLabel;
        for (int i = 0; i < data.Count; i++)
            if (data[i].Label != Sequence.NoLabel != labelled)
                throw new ArgumentException($"Sequence {i + 1} of '{data.Name}' is {(labelled ? "not labelled" : "labelled")}, "
                    + "unlike sequence 1; in a .ts file all sequences have labels or none. Label all of them.", nameof(data));
    }
}
