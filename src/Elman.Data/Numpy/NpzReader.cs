namespace Elman.Data;

/// <summary>Reads <c>.npz</c> files: values, labels and further information in arrays with usual names.</summary>
internal static class NpzReader
{
    /// <summary>Reads all sequences.</summary>
    /// <exception cref="DataFileException">The file is damaged, or holds something that is not supported.</exception>
    public static SequenceDataset Read(Stream stream, string file, DataFileOptions options, CancellationToken cancellation)
    {
        var remarks = new Remarks();
        using var npz = new NpzFile(stream, file, remarks);
        if (options.Axes is null && npz.Find(NpzFile.Axes) is not null)
            options = options with
            {
                Axes = npz.Read(NpzFile.Axes, array => array.Count == 1
                ? array.ReadTexts()[0]
                : throw array.Error("it must be one text, such as 'ntc'."))
            };
        long[]? lengths = npz.Find(NpzFile.Lengths) is null
            ? null
            : npz.Read(NpzFile.Lengths, array => OneAxis(array).ReadWholeNumbers());
        Sequence[] sequences = npz.Read(NpzFile.Values, array => NumpySequences.Read(
            array, AxesOf(array, lengths, options, remarks), lengths, options.OffsetTable, remarks, cancellation));
        List<string>? ids = Texts(npz, NpzFile.Ids, sequences.Length), groups = Texts(npz, NpzFile.Groups, sequences.Length);
        for (int i = 0; i < sequences.Length; i++)
            sequences[i] = sequences[i] with { Id = NotEmpty(ids?[i]), Group = NotEmpty(groups?[i]) };
        RepeatedIds.Report(sequences, remarks);
        List<string> channels = Texts(npz, NpzFile.Channels, sequences[0].Channels) ?? [];
        if (channels.Distinct().Count() < channels.Count)
            throw new DataFileException(file, "two channels have the same name; give them different names.");
        SequenceDataset data = NpzLabels.Attach(npz, sequences, lengths, file, options, remarks);
        return new SequenceDataset(data.Channels, data.ClassLabels, data, file, data.TargetNames)
        {
            ChannelNames = channels,
            Warnings = remarks.Texts,
        };
    }

    /// <summary>Checks that an array has one axis, such as that of sequences.</summary>
    /// <exception cref="DataFileException">The array has other axes.</exception>
    public static NpyArray OneAxis(NpyArray array) => array.Header.Shape.Length == 1 || array.Header.Shape is [_, 1]
        ? array
        : throw array.Error($"it has the shape {array.Header.ShapeText}, but must have one axis, with an item for each sequence.");

    /// <summary>Returns the axes of the values; if there are lengths, all steps may be stored one after the other.</summary>
    private static string AxesOf(NpyArray array, long[]? lengths, DataFileOptions options, Remarks remarks)
    {
        long[] shape = array.Header.Shape;
        if (lengths is null || options.Axes is not null || shape.Length > 2 || shape.Length == 0)
            return NumpyAxes.Of(array, options, lengths?.DefaultIfEmpty().Max(), remarks);
        bool arePadded = lengths.Length == shape[0] && shape.Length == 2, areJoined = lengths.Sum() == shape[0];
        return (arePadded, areJoined) switch
        {
            (true, false) => "nt",
            (false, true) => shape.Length == 1 ? "t" : "tc",
            (true, true) => throw array.Error($"with {lengths.Length} lengths of 1, the shape {array.Header.ShapeText} may be "
                + "[sequences, steps] or [steps of all sequences, channels]; give --axes nt or --axes tc."),
            _ => throw array.Error($"{Amount.Of(lengths.Length, "length")}, {lengths.Sum()} steps in all, but the array has the shape "
                + $"{array.Header.ShapeText}; its first axis must be the sequences, or the steps of all sequences, one after the other."),
        };
    }

    private static List<string>? Texts(NpzFile npz, string role, int count) => npz.Find(role) is null ? null : npz.Read(role, array =>
        OneAxis(array).Count == count
            ? array.ReadTexts()
            : throw array.Error($"there are {array.Count} items, but there must be {count} {role}."));

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
