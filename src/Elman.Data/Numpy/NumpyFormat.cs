namespace Elman.Data;

/// <summary>The formats of NumPy: <c>.npy</c>, a single array, and <c>.npz</c>, several named arrays.</summary>
internal sealed class NumpyFormat : DataFormat
{
    public override IReadOnlyList<string> Extensions { get; } = [".npy", ".npz"];

    internal override OptionUse Use { get; } = new(".npy and .npz files, whose arrays have fixed names", "--axes");

    public override SequenceDataset Read(
        Stream stream, string name, DataFileOptions options, IProgress<ReadProgress>? progress, CancellationToken cancellationToken)
    {
        using var bytes = new ReportingStream(stream, progress, cancellationToken);
        // Both are recognised by their first bytes, whatever the file name.
        SequenceDataset data = bytes.First == 'P'
            ? NpzReader.Read(bytes, name, options, cancellationToken)
            : ReadOne(bytes, name, options, cancellationToken);
        bytes.ReportEnd(data.Count);
        return data;
    }

    public override bool CanWrite(string extension) => extension == ".npz";

    public override IReadOnlyList<string> Write(Stream stream, string extension, SequenceDataset data) => NpzWriter.Write(stream, data);

    private static SequenceDataset ReadOne(ReportingStream bytes, string name, DataFileOptions options, CancellationToken cancellation)
    {
        var remarks = new Remarks();
        var array = new NpyArray(bytes, name, name: null, bytes.CanSeek ? bytes.Length : null);
        string axes = NumpyAxes.Of(array, options, longest: null, remarks);
        Sequence[] sequences = NumpySequences.Read(array, axes, lengths: null, options.OffsetTable, remarks, cancellation);
        if (options.Labels is not (LabelKind.None or LabelKind.Any))
            remarks.AddOnce("The file has only an array of values, so the sequences have no labels; save values and labels together "
                + "with np.savez('data.npz', X=X, y=y).");
        return new SequenceDataset(sequences[0].Channels, [], sequences, name) { Warnings = remarks.Texts };
    }
}
